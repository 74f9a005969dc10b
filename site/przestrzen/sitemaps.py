"""The sitemap, in both languages, from the one predicate of what is public."""

from collections import defaultdict
from typing import Any

from django.contrib.sitemaps import Sitemap as DjangoSitemap
from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.models import Page

from directory.views import places, terms


class LanguageSitemap(Sitemap):
    """Every live public page with its addresses in the other languages."""

    def items(self) -> Any:
        root = self.get_wagtail_site().root_page
        below = Q()
        for translation in root.get_translations(inclusive=True).live():
            below |= Q(path__startswith=translation.path)
        return Page.objects.filter(below).live().public().order_by("path").defer_streamfields().specific()

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        shown: list[Page] = list(self.paginator.page(page).object_list)
        languages: dict[Any, list[dict[str, str]]] = defaultdict(list)
        for item in shown:
            languages[item.translation_key].append(
                {"location": item.get_full_url(self.request), "lang_code": item.locale.language_code}
            )
        urls = []
        for item in shown:
            for url in item.get_sitemap_urls(self.request):
                own = url["location"] == item.get_full_url(self.request)
                alternates = languages[item.translation_key] if own else []
                urls.append({"item": item, "alternates": alternates if len(alternates) > 1 else [], **url})
        return urls


class OutsideTheTree(DjangoSitemap):
    """Pages of places, methods and topics, and their lists, in every language."""

    i18n = alternates = True

    def items(self) -> list[str | Model]:
        return ["municipalities", "methods", "topics", *terms.told_of(), *places.told_of()]

    def location(self, item: Any) -> str:
        return reverse(item) if isinstance(item, str) else str(item.get_absolute_url())


def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    maps = {"pages": LanguageSitemap(request), "words": OutsideTheTree()}
    return sitemap(request, sitemaps=maps, **kwargs)
