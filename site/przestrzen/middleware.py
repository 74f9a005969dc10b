from collections.abc import Callable
from typing import cast

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

Handler = Callable[[HttpRequest], HttpResponse]


def admin_policy(get_response: Handler) -> Handler:
    """Give the Wagtail admin a content policy of its own; the public site keeps the strict one."""
    relaxed = cast(Handler, csp_update(settings.ADMIN_CONTENT_SECURITY_POLICY)(get_response))

    def handle(request: HttpRequest) -> HttpResponse:
        return (relaxed if request.path.startswith("/admin/") else get_response)(request)

    return handle


OPEN_IN_MAINTENANCE = ("/admin/", "/health/", settings.STATIC_URL)


def maintenance(get_response: Handler) -> Handler:
    def handle(request: HttpRequest) -> HttpResponse:
        if not settings.MAINTENANCE or request.path.startswith(OPEN_IN_MAINTENANCE):
            return get_response(request)
        response = HttpResponse(render_to_string("maintenance.html"), status=503)
        response["Retry-After"] = "600"
        return response

    return handle
