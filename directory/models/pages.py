"""The base as a page of the tree: the finder, and below it a page for each person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from home import navigation
from home.models import BasePage
from home.models.base import tabbed
from home.privacy.pace import Pace, too_fast
from home.querysets import SOURCE_LANGUAGE
from search import query_log

if TYPE_CHECKING:
    from .practitioners import Practitioner

#: People look at the first pages of a list; further ones are counted, and so are the pages of people.
SHALLOW = 5
DEEP = Pace("deep", "60/h")
PROFILES = Pace("profiles", "300/h")


class DirectoryPage(RoutablePageMixin, BasePage):
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    edit_handler = tabbed(BasePage.content_panels)

    class Meta:
        verbose_name = _("baza praktyków")
        verbose_name_plural = _("bazy praktyków")

    @path("")
    def index_route(self, request: HttpRequest) -> HttpResponse:
        from directory.asking import Asked
        from directory.finder import Found

        asked = Asked.read(request.GET)
        if asked.page > SHALLOW and (wait := DEEP.wait(request)):
            return too_fast(request, wait)
        found = Found(asked)
        if found.asked.page > found.pages:
            return redirect(f"{self.get_url(request)}{found.asked.paged(found.pages)}")
        if found.asked.page == 1 and not found.asked.choice:
            query_log.note(request, found.asked.text, found.results.total)
        return self.render(
            request,
            context_overrides={
                "found": found,
                "asked": found.asked,
                "crumbs": [navigation.Link("", navigation.home_url())],
            },
        )

    # Before the addresses of people, of whom nobody gets these (`OWN_SLUGS`).
    @path("opisz/", name="need")
    def need(self, request: HttpRequest) -> HttpResponse:
        from directory.needs import views

        return views.describe(self, request)

    @path("a-z/", name="a_to_z")
    @path("a-z/<str:letter>/", name="a_to_z_letter")
    def a_to_z(self, request: HttpRequest, letter: str = "") -> HttpResponse:
        from directory.views import a_to_z

        return a_to_z.index(self, request, letter)

    @path("<slug:slug>/", name="practitioner")
    def practitioner(self, request: HttpRequest, slug: str) -> HttpResponse:
        """A person's page; 301 from an address that the person had, 410 where the person asked to be taken out."""
        from directory.standing import Moved, Withdrawn, person_at

        if wait := PROFILES.wait(request):
            return too_fast(request, wait)
        try:
            person = person_at(slug)
        except Moved as moved:
            return redirect(moved.person.get_absolute_url(), permanent=True)
        except Withdrawn:
            response = self.render(
                request,
                template="directory/withdrawn.html",
                context_overrides={"canonical": request.path, "language_links": []},
            )
            response.status_code = 410
            return response
        return self.render(
            request, template="directory/practitioner.html", context_overrides=self.about(request, person)
        )

    @path("<slug:slug>/kontakt/", name="contact")
    def contact(self, request: HttpRequest, slug: str) -> HttpResponse:
        from directory.contact import views

        return views.write(self, request, slug)

    @path("<slug:slug>/kontakt/<slug:outcome>/", name="contact_outcome")
    def contact_outcome(self, request: HttpRequest, slug: str, outcome: str) -> HttpResponse:
        from directory.contact import views

        return views.written(self, request, slug, outcome)

    @path("<slug:slug>/nieaktualne/", name="outdated")
    def outdated(self, request: HttpRequest, slug: str) -> HttpResponse:
        from directory.outdated import views

        return views.write(self, request, slug)

    @path("<slug:slug>/nieaktualne/wyslano/", name="outdated_reported")
    def outdated_reported(self, request: HttpRequest, slug: str) -> HttpResponse:
        from directory.outdated import views

        return views.written(self, request, slug)

    def about(self, request: HttpRequest, person: Practitioner) -> dict[str, Any]:
        """Polish text under an English address belongs to the Polish page: that one is canonical, this one not indexed."""
        from directory.profiles import Profile

        profile = Profile(person)
        here = person.get_absolute_url()
        switch, alternates = [], [(get_language(), here)]
        for other in navigation.languages(request, self):
            url = f"{other.url}{person.slug}/" if other.translated else other.url
            switch.append(replace(other, url=url))
            if other.translated and (other.code == SOURCE_LANGUAGE or person.speaks(other.code)):
                alternates.append((other.code, url))
        addresses_by_language = dict(alternates)
        canonical = addresses_by_language.get(profile.lang, here)
        return {
            "profile": profile,
            "person": person,
            "canonical": canonical,
            "crumbs": [
                navigation.Link("", navigation.home_url()),
                navigation.Link(self.title, self.get_url(request) or ""),
            ],
            "language_links": switch,
            "alternates": alternates if len(alternates) > 1 and not profile.lang else [],
            "json_ld": profile.json_ld(request.build_absolute_uri(canonical)),
        }

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The base and everybody in it whose text is in this page's language; two queries more for all of them."""
        from directory.models import Practitioner

        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        from directory.views import a_to_z

        own = self.locale.language_code
        bases = {own: self.get_full_url(request)}
        spoken: dict[str, set[Any]] = {}
        for page in self.get_translations().live().select_related("locale"):
            code = page.locale.language_code
            bases[code] = page.get_full_url(request)
            spoken[code] = set(
                Practitioner.objects.visible(code)
                .filter(locale__language_code=code)
                .values_list("translation_key", flat=True)
            )
        for path_below in a_to_z.paths():
            alternates = [
                {"location": f"{base}{path_below}", "lang_code": code} for code, base in bases.items()
            ]
            urls.append(
                {
                    "location": f"{bases[own]}{path_below}",
                    "alternates": alternates if len(alternates) > 1 else [],
                }
            )
        people = Practitioner.objects.visible(own).filter(locale__language_code=own).order_by("pk")
        for slug, key, changed in people.values_list("slug", "translation_key", "last_published_at"):
            codes = [own, *(code for code in spoken if key in spoken[code])]
            alternates = [{"location": f"{bases[code]}{slug}/", "lang_code": code} for code in codes]
            urls.append(
                {
                    "location": f"{bases[own]}{slug}/",
                    "lastmod": changed,
                    "alternates": alternates if len(alternates) > 1 else [],
                }
            )
        return urls
