"""Addresses. Polish stands without a prefix, English under /en/; pages of the tree come last."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home import routing
from przestrzen import api, health, sitemaps
from przestrzen.robots import robots

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("dokumenty/", include(wagtaildocs_urls)),
    path("api/v1/", api.api.urls),
    path("api/<path:rest>", api.missing),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("sitemap.xml", sitemaps.view, name="sitemap"),
    path("robots.txt", robots),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *i18n_patterns(
        path("", include("home.urls")),
        path("", include("search.urls")),
        path("", include("directory.urls")),
        path("", include("directory.joining.urls")),
        path("", include("directory.self_service.urls")),
        path("", include("directory.contact.urls")),
        path("", include("directory.saved.urls")),
        path("", include("events.registration.urls")),
        path("", include("events.urls")),
        path("", include([p for p in wagtail_urls.urlpatterns if p.name != "wagtail_serve"])),
        re_path(wagtail_urls.serve_pattern, routing.serve, name="wagtail_serve"),
        prefix_default_language=False,
    ),
]
