"""The addresses of this room."""

from django.urls import path

from gongxue.stages.applying.overseeing import bundle_views, deciding, late, reminder_views, views

app_name = "overseeing"
urlpatterns = [
    path("applications/", views.applications, name="applications"),
    path("applications.<slug:kind>", views.export, name="export"),
    path("schools/", views.schools, name="schools"),
    path("schools.<slug:kind>", views.export_schools, name="export_schools"),
    path("applications/<uuid:application>/", deciding.application, name="application"),
    path("applications/<uuid:application>/completion/", deciding.ask_completion, name="ask_completion"),
    path("applications/<uuid:application>/ineligible/", deciding.mark_ineligible, name="mark_ineligible"),
    path("applications/<uuid:application>/reinstate/", deciding.reinstate, name="reinstate"),
    path("applications/<uuid:application>/withdraw/", deciding.withdraw, name="withdraw"),
    path("bundles/new/", bundle_views.pack, name="pack"),
    path("bundles/<int:bundle>/", bundle_views.bundle, name="bundle"),
    path("bundles/<int:bundle>/cancel/", bundle_views.cancel_bundle, name="cancel_bundle"),
    path("bundles/<int:bundle>/papers.zip", bundle_views.fetch_bundle, name="fetch_bundle"),
    path("openings/", late.openings, name="openings"),
    path("openings.<slug:kind>", late.export_openings, name="export_openings"),
    path("openings/new/", late.open_late, name="open_late"),
    path("openings/<int:opening>/end/", late.end_opening, name="end_opening"),
    path("reminders/", reminder_views.sent_reminders, name="reminders"),
    path("reminders.<slug:kind>", reminder_views.export_reminders, name="export_reminders"),
    path("reminders/new/", reminder_views.remind, name="remind"),
    path("reminders/send/", reminder_views.send_reminders, name="send_reminders"),
]
