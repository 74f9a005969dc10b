"""Template tags that `base.html` needs on every page."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import NoReverseMatch, reverse

from home import navigation
from home.models import SiteSettings
from home.pagination import PagerLink, pager_links

register = template.Library()


@register.simple_tag(takes_context=True)
def menus(context: Context) -> navigation.Menus:
    """`{% menus as menu %}`: menu.main and menu.rest, lists of Link."""
    return navigation.menus(context["request"])


@register.simple_tag(takes_context=True)
def breadcrumbs(context: Context) -> list[navigation.Link]:
    """`{% breadcrumbs as crumbs %}`: the pages above the current page."""
    return navigation.breadcrumbs(context["request"], _tree_page(context))


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[navigation.LanguageLink]:
    """`{% language_links as languages %}`; a view may say otherwise with `language_links` in its context."""
    given: list[navigation.LanguageLink] | None = context.get("language_links")
    return navigation.languages(context["request"], _tree_page(context)) if given is None else given


@register.simple_tag
def site_settings() -> SiteSettings:
    """`{% site_settings as site %}`: what editors set for the whole site, in the reader's language."""
    return SiteSettings.current()


@register.simple_tag
def home_url() -> str:
    return navigation.home_url()


@register.simple_tag
def address(name: str, *args: Any) -> str:
    """Like `{% url %}`, but empty when no part of the site answers to that name."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str) -> str:
    """The path with scheme and host, for canonical links, feeds and previews."""
    request: HttpRequest = context["request"]
    return request.build_absolute_uri(path) if path else ""


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, number: int, total: int, parameter: str = "strona") -> dict[str, list[PagerLink] | str]:
    """`{% pager page.number page.paginator.num_pages %}` keeps the rest of the address."""
    request: HttpRequest = context["request"]
    links = pager_links(number, total, request.path, request.GET, parameter)
    previous = next((link.url for link in links if link.number == number - 1), "")
    following = next((link.url for link in links if link.number == number + 1), "")
    return {"links": links, "previous_url": previous, "next_url": following}


def _tree_page(context: Context) -> Any:
    page = context.get("page")
    return page if hasattr(page, "get_ancestors") else None
