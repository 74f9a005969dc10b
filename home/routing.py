"""From an address to a page in two queries, however deep it lies: Wagtail's own way asks two a level."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Exists, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from home.frame import remembered
from home.navigation import Tree, only_site, tree


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
    page: Any = leaf(start, parts[0], tree(site)) if parts else None
    if page is not None:
        return routed(page, request, parts[1:])
    addresses = ["/".join([start.strip("/"), *parts[:depth]]) for depth in range(len(parts) + 1)]
    nearest = (
        Page.objects.filter(url_path__in=[f"/{address}/" for address in addresses])
        .order_by("-depth")
        .annotate(any_restricted=Exists(PageViewRestriction.objects.all()))
        .values_list("pk", "content_type__app_label", "content_type__model", "url_path", "any_restricted")
        .first()
    )
    if nearest is None:
        return None
    pk, app, name, url_path, any_restricted = nearest
    try:
        model: Any = apps.get_model(app, name)
    except LookupError:  # an app that is installed no more has left a page
        model = Page
    page = served(model).get(pk=pk)
    page.any_restricted = any_restricted
    return routed(page, request, parts[url_path.strip("/").count("/") - start.strip("/").count("/") :])


def leaf(start: str, slug: str, known: Tree) -> Any:
    """The page of that slug right below the home page, if nothing may lie below it: one query finds it. None for all others."""
    for link in (*known.main, *known.rest):
        if link.url.rstrip("/").rpartition("/")[2] == slug:
            model: Any = apps.get_model(link.kind)
            if model.allowed_subpage_models():
                return None
            rows = served(model).annotate(any_restricted=Exists(PageViewRestriction.objects.all()))
            return rows.filter(url_path=f"{start}{slug}/").first()
    return None


def served(model: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.select_related("locale", *getattr(model, "served_with", ()))
    return rows


def routed(page: Any, request: HttpRequest, rest: list[str]) -> RouteResult | None:
    try:
        found: RouteResult | None = page.route(request, rest)
    except Http404:
        found = None
    return found


def site_for(request: HttpRequest) -> Site | None:
    """As Wagtail finds it, once in a while instead of once a request."""
    host = request.get_host()
    request._wagtail_site = only_site() or remembered(f"site-{host}", lambda: Site.find_for_request(request))  # type: ignore[attr-defined]
    return request._wagtail_site  # type: ignore[attr-defined]
