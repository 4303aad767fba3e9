"""Headers that Django and django-csp leave out: what the browser may use, and what it may keep."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "payment", "usb")
)


class Headers:
    """Adds Permissions-Policy everywhere, and `no-store` to whatever somebody who is logged in sees, or might."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer to a request."""
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-cache" if _anyones(request) else "no-store"
        return response


def _anyones(request: HttpRequest) -> bool:
    """Whether this is a public page, seen by nobody in particular."""
    declaration = getattr(getattr(request.resolver_match, "func", None), "declaration", None)
    user = getattr(request, "user", None)
    return declaration is not None and declaration.kind == "public" and user is not None and not user.is_authenticated
