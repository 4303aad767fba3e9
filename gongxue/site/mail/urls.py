"""The addresses of the outbox."""

from django.urls import path

from gongxue.site.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.outbox_page, name="outbox"),
    path("sheet.<str:kind>", views.outbox_sheet, name="sheet"),
    path("<int:message>/<str:name>/", views.act, name="act"),
]
