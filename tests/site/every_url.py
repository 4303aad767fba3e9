"""Every address that the app can have: those of the demo and of the city's own log-in service with the others."""

from django.urls import include, path

from gongxue import urls
from gongxue.site.accounts.urls import openid_addresses

urlpatterns = [
    *(each for each in urls.urlpatterns if str(each.pattern) != "demo/"),
    path("demo/", include("gongxue.site.demo.urls")),
    path("accounts/", include(openid_addresses())),
]
handler400, handler403, handler404, handler429, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler429,
    urls.handler500,
)
