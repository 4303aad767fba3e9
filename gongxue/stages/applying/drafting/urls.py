"""The addresses of this room."""

from django.urls import path

from gongxue.stages.applying.drafting import people_views, picking, sending_views, views

app_name = "drafting"
urlpatterns = [
    path("start/", views.start, name="start"),
    path("<uuid:application>/", views.draft, name="draft"),
    path("<uuid:application>/members/pick/", picking.pick, name="pick"),
    path("<uuid:application>/sections/schedule/laid/", views.laid, name="laid"),
    path("<uuid:application>/sections/<slug:section>/", views.section, name="section"),
    path("<uuid:application>/sections/<slug:section>/save/", views.save, name="save"),
    path("<uuid:application>/sections/<slug:section>/present/", views.present, name="present"),
    path("<uuid:application>/check/", sending_views.check, name="check"),
    path("<uuid:application>/send/", sending_views.send, name="send"),
    path("<uuid:application>/complete/", sending_views.complete, name="complete"),
    path("<uuid:application>/seals/", sending_views.ask_seals, name="ask_seals"),
    path("<uuid:application>/sent/", sending_views.sent, name="sent"),
    path("<uuid:application>/recall/", sending_views.recall, name="recall"),
    path("<uuid:application>/withdraw/", sending_views.withdraw, name="withdraw"),
    path("<uuid:application>/restore/", sending_views.restore, name="restore"),
    path("<uuid:application>/people/", people_views.people_page, name="people"),
    path("<uuid:application>/people/add/<int:user>/", people_views.add, name="add_person"),
    path("<uuid:application>/people/invite/", people_views.invite, name="invite"),
    path("<uuid:application>/people/invitations/<int:invitation>/withdraw/", people_views.withdraw_invitation, name="withdraw_invitation"),
    path("<uuid:application>/people/<int:user>/remove/", people_views.remove, name="remove_person"),
    path("<uuid:application>/people/<int:user>/hand-over/", people_views.hand_over, name="hand_over"),
]
