"""The addresses of the demo; in a real installation they are not there."""

from django.urls import path

from gongxue.site.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.cast, name="cast"),
    path("become/", views.become, name="become"),
    path("clock/", views.clock_page, name="clock"),
    path("start-over/", views.start_over, name="start_over"),
    path("letters/", views.letters, name="letters"),
]
