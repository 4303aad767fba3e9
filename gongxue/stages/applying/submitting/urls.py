"""The addresses of this room."""

from django.urls import path

from gongxue.stages.applying.submitting import views

app_name = "submitting"
urlpatterns = [
    path("schools/", views.schools, name="schools"),
    path("schools/<slug:school>/", views.school, name="school"),
    path("schools/<slug:school>/communities.<slug:kind>", views.export, name="export"),
    path("schools/<slug:school>/submit/", views.submit, name="submit"),
    path("applications/<uuid:application>/submission/", views.submit_one, name="submit_one"),
    path("applications/<uuid:application>/receipt/", views.receipt, name="receipt"),
    path("applications/<uuid:application>/receipt/<slug:number>.pdf", views.receipt_file, name="receipt_file"),
    path("applications/<uuid:application>/submission/recall/", views.recall_submission, name="recall_submission"),
    path("applications/<uuid:application>/submission/complete/", views.complete, name="complete"),
    path("applications/<uuid:application>/submission/withdraw/", views.withdraw, name="withdraw"),
]
