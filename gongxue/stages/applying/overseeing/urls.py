"""The addresses of this room."""

from django.urls import path

from gongxue.stages.applying.overseeing import views

app_name = "overseeing"
urlpatterns = [
    path("applications/", views.applications, name="applications"),
    path("applications.<slug:kind>", views.export, name="export"),
    path("schools/", views.schools, name="schools"),
    path("schools.<slug:kind>", views.export_schools, name="export_schools"),
]
