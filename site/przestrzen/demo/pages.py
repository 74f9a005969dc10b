"""The home page, the pages about the programme, the legal ones, the indexes, the settings."""

from __future__ import annotations

import json
from typing import Any

from wagtail.models import Page

from blog.models import ArticleIndexPage, CaseIndexPage
from budgets.models import BudgetIndexPage
from dialogues.models import DialogueIndexPage
from directory.models import DirectoryPage
from events.models import EventIndexPage
from home.models import ContentPage, SectionPage, SiteSettings
from mentoring.models import MentoringIndexPage

from .desk import Desk
from .source import read
from .streams import stream

INDEXES: dict[str, type[Page]] = {
    "artykuly": ArticleIndexPage,
    "przyklady-dzialan": CaseIndexPage,
    "wydarzenia": EventIndexPage,
    "baza-praktykow": DirectoryPage,
    "budzety-obywatelskie": BudgetIndexPage,
    "mentoring": MentoringIndexPage,
    "dialogi": DialogueIndexPage,
}
# In the main menu; the others are reached from the home page, the footer and each other.
IN_MENU = {"artykuly", "wydarzenia", "baza-praktykow", "budzety-obywatelskie", "mentoring", "dialogi"}


def settings(desk: Desk) -> None:
    translations: dict[str, Any] = {}
    for language, locale in (("pl", desk.polish), ("en", desk.english)):
        words = read(language, "pages").get("settings")
        if not words:
            continue
        links = {link["name"].lower() + "_url": link["url"] for link in words.get("social", [])}
        row = SiteSettings.objects.create(
            locale=locale,
            funder_sentence=words["funder"],
            funder_short=words["funder_short"],
            organisation=words["contact_name"],
            contact_address=words["contact_address"],
            contact_email=words["contact_email"],
            contact_phone=words["contact_phone"],
            footer_text=words["footer"],
            cookie_text=f"<p>{words['cookie_text']}</p>",
            facebook_url=links.get("facebook_url", ""),
            youtube_url=links.get("youtube_url", ""),
            linkedin_url=links.get("linkedin_url", ""),
            **translations,
        )
        translations = {"translation_key": row.translation_key}
        desk.mark(row)


def home_words(words: dict[str, Any]) -> dict[str, Any]:
    plain = (
        "title",
        "summary",
        "hero_title",
        "hero_lead",
        "paths_title",
        "mentoring_title",
        "mentoring_text",
        "mentoring_button",
    )
    found = {name: words[name] for name in plain if name in words}
    found["search_examples"] = ", ".join(words["search_examples"])
    found["paths"] = json.dumps([{"type": "path", "value": path} for path in words["paths"]])
    return found


def index_words(page: type[Page], words: dict[str, Any]) -> dict[str, Any]:
    found = {"title": words["title"], "summary": words["summary"]}
    if any(field.name == "intro" for field in page._meta.get_fields()):
        found["intro"] = words.get("intro", "")
    return found


def content_words(desk: Desk, words: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": words["title"],
        "summary": words["summary"],
        "body": stream(words.get("body", []), desk.people),
    }


def polish(desk: Desk) -> None:
    words = read("pl", "pages")
    for name, value in home_words(words["home"]).items():
        setattr(desk.home, name, value)
    for index in words["index"]:
        page = INDEXES[index["slug"]]
        made = desk.publish(
            desk.home,
            page(
                slug=index["slug"],
                cover_topic=index.get("cover_topic", "forum"),
                show_in_menus=index["slug"] in IN_MENU,
                **index_words(page, index),
            ),
        )
        if index["slug"] == "mentoring":
            desk.home.mentoring_page = made
    desk.home.save_revision().publish()
    parents: dict[str, Page] = {"": desk.home}
    for word in words["page"]:
        model = SectionPage if word.get("kind") == "section" else ContentPage
        extra = {"intro": word["intro"]} if model is SectionPage and "intro" in word else {}
        parents[word["slug"]] = desk.publish(
            parents[word.get("parent", "")],
            model(
                slug=word["slug"],
                cover_topic=word.get("cover_topic", "forum"),
                show_in_menus=word.get("show_in_menus", False),
                **content_words(desk, word),
                **extra,
            ),
        )


def english(desk: Desk) -> None:
    """The main pages; what has no English text stays Polish, and says so."""
    words = read("en", "pages")
    if not words:
        return
    translation = desk.translate(desk.home, home_words(words["home"]))
    mentoring = None
    for index in words["index"]:
        source = INDEXES[index["slug"]].objects.get(locale=desk.polish, slug=index["slug"])
        made = desk.translate(source.specific, index_words(INDEXES[index["slug"]], index))
        mentoring = made if index["slug"] == "mentoring" else mentoring
    translation.refresh_from_db()  # it has children now; saving the old count would lose them
    translation.mentoring_page = mentoring
    translation.save_revision().publish()
    for word in words["page"]:
        source = Page.objects.get(locale=desk.polish, slug=word["slug"]).specific
        extra = {"intro": word["intro"]} if "intro" in word else {}
        desk.translate(source, content_words(desk, word) | extra)
