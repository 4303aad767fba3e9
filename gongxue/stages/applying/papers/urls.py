"""The addresses of this room."""

from django.urls import path

from gongxue.stages.applying.papers import history_views, starting_views, views

app_name = "papers"
urlpatterns = [
    path("<uuid:application>/preview/", views.preview, name="preview"),
    path("<uuid:application>/print/<slug:kind>", views.print_paper, name="print"),
    path("<uuid:application>/history/", history_views.history_page, name="history"),
    path("<uuid:application>/history/compare/", history_views.compare, name="compare"),
    path("<uuid:application>/history/restore/<int:version>/", history_views.restore, name="restore"),
    path("<uuid:application>/history/timeline.<slug:kind>", history_views.timeline, name="timeline"),
    path("read-in/", starting_views.read_in, name="read_in"),
    path("read-in/start/", starting_views.start, name="start"),
    path("<uuid:application>/read-in/", starting_views.read_over, name="read_over"),
    path("<uuid:application>/read-in/replace/", starting_views.replace, name="replace"),
    path("copy/", starting_views.copy, name="copy"),
    path("copy.<slug:kind>", starting_views.copy_as, name="copy_as"),
]
