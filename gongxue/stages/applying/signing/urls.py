"""The addresses of this room."""

from django.urls import path

from gongxue.stages.applying.signing import other_views, views

app_name = "signing"
urlpatterns = [
    path("signing/", views.waiting, name="waiting"),
    path("signing/as/<slug:kind>", views.waiting_as, name="waiting_as"),
    path("partners/", other_views.partners, name="partners"),
    path("partners/as/<slug:kind>", other_views.partners_as, name="partners_as"),
    path("<uuid:application>/signing/", views.paper, name="paper"),
    path("<uuid:application>/signing/sign/", views.sign, name="sign"),
    path("<uuid:application>/signing/done/", views.signed, name="signed"),
    path("<uuid:application>/signing/return/", views.send_back, name="send_back"),
    path("<uuid:application>/signing/recall/", views.recall, name="recall"),
    path("<uuid:application>/signing/scan/", other_views.scan, name="scan"),
    path("<uuid:application>/signing/scan/<int:file>", other_views.scanned, name="scanned"),
    path("<uuid:application>/signing/stand-in/", other_views.stand_in, name="stand_in"),
    path("<uuid:application>/partner/", other_views.partner, name="partner"),
]
