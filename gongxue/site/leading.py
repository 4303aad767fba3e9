"""A script that sends a form is told where the answer leads: the browser would follow for it, and the page would be built twice."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

ASKS, LEADS = "X-Tell-Where", "X-Leads-To"
"""What such a script sends with its request, and the header of the answer that says where it leads."""


class Leading:
    """Makes a redirect an empty answer with the address in a header, for whoever asks for that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer to a request."""
        response = self.get_response(request)
        if ASKS in request.headers and "Location" in response.headers:
            response.headers[LEADS] = response.headers["Location"]
            del response.headers["Location"]
            response.status_code = 204
        return response
