"""The addresses of the shell."""

from django.urls import path

from gongxue.site import upkeep, views

urlpatterns = [
    path("", views.front, name="front"),
    path("home/", views.home, name="home"),
    path("language/", views.set_language, name="language"),
    path("verify/", views.verify, name="verify"),
    path("date/", views.date_words, name="date_words"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("style/", views.style, name="style"),
    path("upkeep/", views.upkeep, name="upkeep"),
    path("healthz", upkeep.healthz, name="healthz"),
    path("readyz", upkeep.readyz, name="readyz"),
    path("robots.txt", upkeep.robots, name="robots"),
    path("favicon.ico", upkeep.favicon, name="favicon"),
]
