"""Template tags that `base.html` needs on every page."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue

from home import navigation
from home.models import BasePage, SiteSettings
from home.pagination import PagerLink, pager_links

register = template.Library()


@register.simple_tag(takes_context=True)
def menus(context: Context) -> navigation.Tree:
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
def lang(page: BasePage, name: str) -> str:
    """`<div{% lang page "body" %}>`: the attribute, where a text of a translated page is still Polish."""
    language = page.language_of(name)
    return "" if language == page.locale.language_code else format_html(' lang="{}"', language)


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


@register.filter
def section_url(menu: navigation.Tree, kind: str) -> str:
    """`{{ menu|section_url:"events" }}`: the address of a part of the site, by app or app.model."""
    return menu.url_of(kind) if menu else ""


@register.filter
def last_url(links: list[navigation.Link]) -> str:
    """`{{ crumbs|last_url }}`: the address of the page above."""
    return links[-1].url if links else ""


@register.filter
def webcal(url: str) -> str:
    """The address of a calendar file as calendar programs take it to subscribe."""
    return f"webcal{url[url.index(':') :]}" if ":" in url else url


@register.filter
def contents(body: StreamValue) -> list[tuple[str, str]]:
    """The headings of a body for components/toc.html: (title, anchor)."""
    return [
        (block.value["text"], block.value.anchor)
        for block in body
        if block.block_type == "heading" and block.value["level"] == "h2"
    ]


@register.filter
def json_ld(data: object) -> SafeString:
    """Structured data (a dict or a list of dicts) as a data block that no policy needs to allow; nothing for nothing."""
    if not data:
        return SafeString()
    text = json.dumps(data, ensure_ascii=False, cls=DjangoJSONEncoder)
    for character, escaped in (("<", "\\u003C"), (">", "\\u003E"), ("&", "\\u0026")):
        text = text.replace(character, escaped)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # nosec B308 B703


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(
    context: Context, number: int, total: int, parameter: str = "strona"
) -> dict[str, list[PagerLink] | str]:
    """`{% pager page.number page.paginator.num_pages %}` keeps the rest of the address."""
    request: HttpRequest = context["request"]
    links = pager_links(number, total, request.path, request.GET, parameter)
    previous = next((link.url for link in links if link.number == number - 1), "")
    following = next((link.url for link in links if link.number == number + 1), "")
    return {"links": links, "previous_url": previous, "next_url": following}


def _tree_page(context: Context) -> Any:
    page = context.get("page")
    return page if hasattr(page, "get_ancestors") else None
