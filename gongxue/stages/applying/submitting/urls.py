"""The addresses of this room."""

from django.urls import path

from gongxue.stages.applying.submitting import summary_views, views

app_name = "submitting"
urlpatterns = [
    path("schools/", views.schools, name="schools"),
    path("schools/<slug:school>/", views.school, name="school"),
    path("schools/<slug:school>/communities.<slug:kind>", views.export, name="export"),
    path("schools/<slug:school>/submit/", views.submit, name="submit"),
    path("schools/<slug:school>/summary/", summary_views.summary, name="summary"),
    path("schools/<slug:school>/summary/paper.<slug:kind>", summary_views.summary_file, name="summary_file"),
    path("schools/<slug:school>/summary/facts/", summary_views.summary_facts, name="summary_facts"),
    path("schools/<slug:school>/summary/send-to-sign/", summary_views.summary_send_to_sign, name="summary_send_to_sign"),
    path("schools/<slug:school>/summary/sign/", summary_views.summary_sign, name="summary_sign"),
    path("schools/<slug:school>/summary/scan/", summary_views.summary_scan, name="summary_scan"),
    path("schools/<slug:school>/summary/scan/<int:file>", summary_views.summary_scanned, name="summary_scanned"),
    path("schools/<slug:school>/summary/send/", summary_views.summary_send, name="summary_send"),
    path("schools/<slug:school>/summary/recall/", summary_views.summary_recall, name="summary_recall"),
    path("schools/<slug:school>/summary/return/", summary_views.summary_return, name="summary_return"),
    path("applications/<uuid:application>/submission/", views.submit_one, name="submit_one"),
    path("applications/<uuid:application>/receipt/", views.receipt, name="receipt"),
    path("applications/<uuid:application>/receipt/<slug:number>.pdf", views.receipt_file, name="receipt_file"),
    path("applications/<uuid:application>/submission/recall/", views.recall_submission, name="recall_submission"),
    path("applications/<uuid:application>/submission/complete/", views.complete, name="complete"),
    path("applications/<uuid:application>/submission/withdraw/", views.withdraw, name="withdraw"),
]
