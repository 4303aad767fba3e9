"""The addresses of people and posts."""

from django.urls import path

from gongxue.site.people import account_views, views

app_name = "people"
urlpatterns = [
    path("", views.posts_page, name="posts"),
    path("sheet.<str:kind>", views.posts_sheet, name="sheet"),
    path("give/", views.give, name="give"),
    path("invite/", views.invite, name="invite"),
    path("posts/<int:post>/end/", views.end, name="end"),
    path("posts/<int:post>/stand-in/", views.stand_in, name="stand_in"),
    path("posts/<int:post>/hand-over/", views.hand_over, name="hand_over"),
    path("accounts/<int:person>/close/", account_views.close, name="close"),
    path("accounts/<int:person>/open/", account_views.reopen, name="open"),
    path("invitations/", views.invitations_page, name="invitations"),
    path("invitations/sheet.<str:kind>", views.invitations_sheet, name="invitation_sheet"),
    path("invitations/<int:invitation>/<str:name>/", views.act, name="act"),
]
