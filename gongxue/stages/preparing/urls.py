"""The addresses of the call."""

from django.urls import path

from gongxue.stages.preparing import views

app_name = "preparing"
urlpatterns = [
    path("", views.call, name="call"),
    path("clauses/", views.clauses, name="clauses"),
    path("forms/<slug:code>.<slug:kind>", views.form, name="form"),
]
