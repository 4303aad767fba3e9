"""The addresses of this room."""

from django.urls import path

from gongxue.stages.applying.papers import views

app_name = "papers"
urlpatterns = [
    path("<uuid:application>/preview/", views.preview, name="preview"),
    path("<uuid:application>/print/<slug:kind>", views.print_paper, name="print"),
]
