from collections.abc import Callable

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


def admin_policy(get_response: Handler) -> Handler:
    """Give the Wagtail admin a content policy of its own; the public site keeps the strict one."""
    relaxed = csp_update(settings.ADMIN_CONTENT_SECURITY_POLICY)(get_response)

    def handle(request: HttpRequest) -> HttpResponse:
        return (relaxed if request.path.startswith("/admin/") else get_response)(request)

    return handle
