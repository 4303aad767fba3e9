"""The addresses of this room."""

from django.urls import path

from gongxue.stages.applying.papers import history_views, views

app_name = "papers"
urlpatterns = [
    path("<uuid:application>/preview/", views.preview, name="preview"),
    path("<uuid:application>/print/<slug:kind>", views.print_paper, name="print"),
    path("<uuid:application>/history/", history_views.history_page, name="history"),
    path("<uuid:application>/history/compare/", history_views.compare, name="compare"),
    path("<uuid:application>/history/restore/<int:version>/", history_views.restore, name="restore"),
    path("<uuid:application>/history/timeline.<slug:kind>", history_views.timeline, name="timeline"),
]
