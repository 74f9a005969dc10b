"""From an address to a page in two queries, however deep it lies: Wagtail's own way asks two a level."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from home.frame import remembered
from home.navigation import tree


def serve(request: HttpRequest, path: str) -> HttpResponse:
    request._wagtail_route_for_request = route(request, path)  # type: ignore[attr-defined]
    return wagtail_serve(request, path)


def route(request: HttpRequest, path: str) -> RouteResult | None:
    """The nearest page above the address, and what it makes of the rest of it (its own sub-addresses, or 404)."""
    site = site_for(request)
    if site is None:
        return None
    parts = [part for part in path.split("/") if part]
    start = tree(site).start
    addresses = ["/".join([start.strip("/"), *parts[:depth]]) for depth in range(len(parts) + 1)]
    nearest = (
        Page.objects.filter(url_path__in=[f"/{address}/" for address in addresses])
        .order_by("-depth")
        .values_list("pk", "content_type_id", "url_path")
        .first()
    )
    if nearest is None:
        return None
    pk, kind, url_path = nearest
    model = ContentType.objects.get_for_id(kind).model_class() or Page
    page: Any = model._default_manager.select_related("locale", *getattr(model, "served_with", ())).get(pk=pk)
    used = url_path.strip("/").count("/") - start.strip("/").count("/")
    try:
        found: RouteResult | None = page.route(request, parts[used:])
    except Http404:
        found = None
    return found


def site_for(request: HttpRequest) -> Site | None:
    """As Wagtail finds it, once in a while instead of once a request."""
    key = f"site-{request.get_host()}"
    request._wagtail_site = remembered(key, lambda: Site.find_for_request(request))  # type: ignore[attr-defined]
    return request._wagtail_site  # type: ignore[attr-defined]
