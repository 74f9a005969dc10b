"""What stands around every page: menus and breadcrumbs out of the tree, and the language switch."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override
from wagtail.models import Page, Site

from home.querysets import SOURCE_LANGUAGE


@dataclass(frozen=True, slots=True)
class Link:
    """`current` is "page" (this very page), "true" (a page above it) or empty; `lang` only where it differs.

    `kind` is the page's app and model, such as "blog.articleindexpage".
    """

    title: str
    url: str
    current: str = ""
    lang: str = ""
    kind: str = ""
    children: list["Link"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Menus:
    """`main` are the children of the home shown in menus, `rest` its other children; both bear their own menu children."""

    main: list[Link]
    rest: list[Link]

    def url_of(self, kind: str) -> str:
        """The address of the first page of an app ("events") or a model ("blog.articleindexpage"); empty if none."""
        for link in (*self.main, *self.rest):
            if link.kind == kind or link.kind.startswith(f"{kind}."):
                return link.url
        return ""


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """Another language of this page; `translated` is False when `url` leads only to that language's home."""

    code: str
    name: str
    url: str
    translated: bool


def home_url(language: str | None = None) -> str:
    """The address of the home page in a language (the reader's when None)."""
    with override(language or get_language()):
        return reverse("wagtail_serve", args=("",))


def menus(request: HttpRequest) -> Menus:
    """The first level, and of the second what editors put into menus."""
    site = Site.find_for_request(request)
    if site is None:
        return Menus([], [])
    language = get_language() or SOURCE_LANGUAGE
    root_depth = site.root_page.depth
    chosen: dict[object, Page] = {}
    for page in _top_pages(request, root_depth):
        code = page.locale.language_code
        if code == language or (code == SOURCE_LANGUAGE and page.translation_key not in chosen):
            chosen[page.translation_key] = page
    below = defaultdict(list)
    for page in chosen.values():
        if page.depth == root_depth + 2:
            below[page.path[: -Page.steplen]].append(page)

    def link(page: Page) -> Link:
        url = page.get_url(request) or ""
        current = "page" if request.path == url else "true" if url and request.path.startswith(url) else ""
        lang = "" if page.locale.language_code == language else page.locale.language_code
        content_type = ContentType.objects.get_for_id(page.content_type_id)
        kind = f"{content_type.app_label}.{content_type.model}"
        return Link(page.title, url, current, lang, kind, [link(child) for child in below[page.path]])

    first = [page for page in chosen.values() if page.depth == root_depth + 1]
    return Menus(
        main=[link(page) for page in first if page.show_in_menus],
        rest=[link(page) for page in first if not page.show_in_menus],
    )


def _top_pages(request: HttpRequest, root_depth: int) -> list[Page]:
    """The live pages below the home pages of all languages: menus and the language switch need them. One query a request."""
    known: list[Page] | None = getattr(request, "_top_pages", None)
    if known is None:
        pages = Page.objects.live().filter(depth__in=(root_depth + 1, root_depth + 2))
        pages = pages.exclude(depth=root_depth + 2, show_in_menus=False)
        known = list(pages.select_related("locale").order_by("path"))
        request._top_pages = known  # type: ignore[attr-defined]
    return known


def breadcrumbs(request: HttpRequest, page: Page | None) -> list[Link]:
    """From the home page to the page above this one; nothing for the home page itself."""
    site = Site.find_for_request(request)
    if page is None or site is None or page.depth <= site.root_page.depth:
        return []
    above = page.get_ancestors().filter(depth__gte=site.root_page.depth).select_related("locale")
    return [Link(ancestor.title, ancestor.get_url(request) or "") for ancestor in above]


def languages(request: HttpRequest, page: Page | None) -> list[LanguageLink]:
    """The site's other languages, each with this page's translation where a live one exists.

    An address outside the tree (search, cookie settings) exists in every language.
    """
    current = get_language() or SOURCE_LANGUAGE
    others = [code for code, _name in settings.LANGUAGES if code != current]
    found: dict[str, str] = {}
    if page is not None and page.pk:
        for other in _translations(request, page):
            found[other.locale.language_code] = other.get_url(request) or ""
    else:
        found = {code: _same_address(request, code) for code in others}
    return [
        LanguageLink(code, NAMES.get(code, code), found.get(code) or home_url(code), bool(found.get(code)))
        for code in others
    ]


def _translations(request: HttpRequest, page: Page) -> list[Page]:
    """This page in every language it is live in, itself included; on the first level without a query."""
    site = Site.find_for_request(request)
    if site is not None and page.depth == site.root_page.depth + 1:
        found = [
            other
            for other in _top_pages(request, site.root_page.depth)
            if other.translation_key == page.translation_key
        ]
    else:
        found = list(page.get_translations(inclusive=True).live().select_related("locale"))
    for other in found:
        if other.pk == page.pk:
            page.locale = other.locale
    return found


def _same_address(request: HttpRequest, code: str) -> str:
    match = request.resolver_match
    if match is None or not match.url_name:
        return ""
    with override(code):
        return reverse(match.view_name, args=match.args, kwargs=match.kwargs)


# A language is named in itself: who looks for it reads it.
NAMES = {"pl": "Polski", "en": "English"}
