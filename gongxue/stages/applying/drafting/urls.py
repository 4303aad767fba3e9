"""The addresses of this room."""

from django.urls import path

from gongxue.stages.applying.drafting import picking, views

app_name = "drafting"
urlpatterns = [
    path("start/", views.start, name="start"),
    path("<uuid:application>/", views.draft, name="draft"),
    path("<uuid:application>/members/pick/", picking.pick, name="pick"),
    path("<uuid:application>/sections/schedule/laid/", views.laid, name="laid"),
    path("<uuid:application>/sections/<slug:section>/", views.section, name="section"),
    path("<uuid:application>/sections/<slug:section>/save/", views.save, name="save"),
    path("<uuid:application>/sections/<slug:section>/present/", views.present, name="present"),
]
