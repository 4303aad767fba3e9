"""Every address: the shell's, and a folder for each stage of the year."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("gongxue.site.urls")),
    path("accounts/", include("gongxue.site.accounts.urls")),
    path("people/", include("gongxue.site.people.urls")),
    path("upkeep/letters/", include("gongxue.site.mail.urls")),
    path("call/", include("gongxue.stages.preparing.urls")),
    path("applications/", include("gongxue.stages.applying.drafting.urls")),
    path("applications/", include("gongxue.stages.applying.papers.urls")),
    path("applications/", include("gongxue.stages.applying.signing.urls")),
    path("", include("gongxue.stages.applying.submitting.urls")),
    path("city/", include("gongxue.stages.applying.overseeing.urls")),
    *([path("demo/", include("gongxue.site.demo.urls"))] if settings.DEMO else []),
]
handler400 = "gongxue.site.errors.bad_request"
handler403 = "gongxue.site.errors.forbidden"
handler404 = "gongxue.site.errors.not_found"
handler429 = "gongxue.site.accounts.entrance.too_often"
handler500 = "gongxue.site.errors.server_error"
