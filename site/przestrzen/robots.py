from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

CLOSED = ("/admin/", "/health/", "/szukaj/", "/en/szukaj/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything that is published may be read by machines too; searches and the staff's side are not for them."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines.append(f"Sitemap: {settings.WAGTAILADMIN_BASE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
