"""What stands around every page: menus and breadcrumbs out of the tree, and the language switch."""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override
from wagtail.models import Page, Site
from wagtail.models.sites import (
    SITE_ROOT_PATHS_CACHE_KEY,
    SITE_ROOT_PATHS_CACHE_VERSION,
    SiteRootPath,
)

from home.frame import SECONDS, remembered
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
class Tree:
    """The site in one language: the path where it starts, and what lies under its home page.

    `main` are the children of the home shown in menus, `rest` its other children; both bear their own menu children.
    """

    start: str
    main: list[Link]
    rest: list[Link]
    #: Of the home page and those right below it: addresses by language, by translation key.
    addresses: dict[str, dict[str, str]] = field(default_factory=dict)

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


def only_site() -> Site | None:
    """The one site of this installation, which answers at every address; None where there are several. Remembered."""
    found = remembered("sites", lambda: list(Site.objects.select_related("root_page")[:2]))
    return found[0] if len(found) == 1 and found[0].is_default_site else None


def tree(site: Site | None = None) -> Tree:
    """Of the site (the usual one when None), in the reader's language; remembered for all readers of it."""
    site = site or only_site() or Site.objects.select_related("root_page").get(is_default_site=True)
    language = get_language() or SOURCE_LANGUAGE
    return remembered(f"tree-{site.pk}-{language}", lambda: _tree(site, language))


def menus(request: HttpRequest) -> Tree:
    """The tree with what is current marked for this reader."""
    site = Site.find_for_request(request)
    if site is None:
        return Tree("", [], [])
    found = tree(site)
    return replace(
        found,
        main=[_marked(link, request.path) for link in found.main],
        rest=[_marked(link, request.path) for link in found.rest],
    )


def _marked(link: Link, path: str) -> Link:
    current = "page" if path == link.url else "true" if link.url and path.startswith(link.url) else ""
    return replace(link, current=current, children=[_marked(child, path) for child in link.children])


def _tree(site: Site, language: str) -> Tree:
    """One query: the home page, the first level below it, and of the second what editors put into menus."""
    root = site.root_page
    pages = Page.objects.filter(
        Q(depth=root.depth, translation_key=root.translation_key)
        | Q(depth=root.depth + 1, live=True)
        | Q(depth=root.depth + 2, live=True, show_in_menus=True),
    )
    found = list(pages.select_related("locale", "content_type").order_by("path"))
    tell_roots(site, [page for page in found if page.depth == root.depth])
    chosen: dict[object, Page] = {}
    addresses: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for page in found:
        code = page.locale.language_code
        if page.live and page.depth <= root.depth + 1:
            addresses[str(page.translation_key)][code] = page.get_url() or ""
        if not page.live or code not in {language, SOURCE_LANGUAGE}:
            continue
        if page.translation_key not in chosen or code == language:
            chosen[page.translation_key] = page
    below = defaultdict(list)
    for page in chosen.values():
        if page.depth == root.depth + 2:
            below[page.path[: -Page.steplen]].append(page)

    def link(page: Page) -> Link:
        lang = "" if page.locale.language_code == language else page.locale.language_code
        kind = f"{page.content_type.app_label}.{page.content_type.model}"
        return Link(
            page.title, page.get_url() or "", "", lang, kind, [link(child) for child in below[page.path]]
        )

    home = chosen.get(root.translation_key)
    first = [page for page in chosen.values() if page.depth == root.depth + 1]
    return Tree(
        # A tree begins at its own live home page, else at the site's root.
        start=(home if home and home.locale.language_code == language else root).url_path,
        main=[link(page) for page in first if page.show_in_menus],
        rest=[link(page) for page in first if not page.show_in_menus],
        addresses=dict(addresses),
    )


def tell_roots(site: Site, homes: list[Page]) -> None:
    """Tell Wagtail, which would ask twice, where the trees of all languages begin, where the site is the only one. It forgets
    them with each change."""
    if only_site() == site:
        paths = [
            SiteRootPath(site.pk, home.url_path, site.root_url, home.locale.language_code) for home in homes
        ]
        cache.add(SITE_ROOT_PATHS_CACHE_KEY, paths, SECONDS, version=SITE_ROOT_PATHS_CACHE_VERSION)


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
        known = tree(Site.find_for_request(request)).addresses.get(str(page.translation_key))
        found = known or remembered(f"languages-{page.pk}", lambda: _translations(page))
    else:
        found = {code: _same_address(request, code) for code in others}
    return [
        LanguageLink(code, NAMES.get(code, code), found.get(code) or home_url(code), bool(found.get(code)))
        for code in others
    ]


def below(request: HttpRequest, page: Page, path: str) -> list[LanguageLink]:
    """The same of an address below a page that has it in every language."""
    return [
        replace(other, url=f"{other.url}{path}") if other.translated else other
        for other in languages(request, page)
    ]


def _translations(page: Page) -> dict[str, str]:
    """Addresses of this page's live translations by language."""
    others = page.get_translations().live().select_related("locale")
    return {other.locale.language_code: other.get_url() or "" for other in others}


def _same_address(request: HttpRequest, code: str) -> str:
    match = request.resolver_match
    if match is None or not match.url_name:
        return ""
    with override(code):
        return reverse(match.view_name, args=match.args, kwargs=match.kwargs)


# A language is named in itself: who looks for it reads it.
NAMES = {"pl": "Polski", "en": "English"}
