"""Articles, their series, cases."""

from __future__ import annotations

from typing import Any

from blog.models import ArticleIndexPage, ArticlePage, CaseIndexPage, CasePage, Series
from blog.models.cases import CostBand

from .desk import Desk
from .source import read
from .streams import single, stream


def articles(desk: Desk) -> None:
    index = ArticleIndexPage.objects.get(locale=desk.polish)
    series: dict[str, Series] = {}
    for word in read("pl", "articles")["article"]:
        name = word.get("series")
        if name and name not in series:
            series[name] = Series.objects.create(locale=desk.polish, name=name)
            desk.mark(series[name])
        page = ArticlePage(
            slug=word["slug"],
            kind=word.get("kind", "poradnik"),
            date=word["date"],
            cover_topic=word["cover_topic"],
            coauthors="\n".join(word.get("coauthors", [])),
            series=series.get(name) if name else None,
            series_order=word.get("series_order"),
            **article_words(desk, word),
        )
        page.authors = desk.persons(word.get("authors", []))
        page.methods = desk.chosen("methods", word.get("methods", []))
        page.topics = desk.chosen("topics", word.get("topics", []))
        desk.publish(index, page)
    for word in read("en", "articles").get("article", []):
        source = ArticlePage.objects.get(locale=desk.polish, slug=word["slug"])
        words = article_words(desk, word)
        if source.series and "series" in word:
            words["series"] = series_in_english(desk, source.series, word["series"])
        desk.translate(source, words)


def series_in_english(desk: Desk, source: Series, name: str) -> Series:
    series, new = Series.objects.get_or_create(
        locale=desk.english, translation_key=source.translation_key, defaults={"name": name}
    )
    if new:
        desk.mark(series)
    return series


def article_words(desk: Desk, word: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": word["title"],
        "summary": word["lead"],
        "body": stream(word["body"], desk.people),
        "notes": single("note", word.get("notes", [])),
    }


def cases(desk: Desk) -> None:
    index = CaseIndexPage.objects.get(locale=desk.polish)
    bands = {str(label): value for value, label in CostBand.choices}
    for word in read("pl", "cases").get("case", []):
        page = CasePage(
            slug=word["slug"],
            year=word["year"],
            date=word["date"],
            cover_topic=word["cover_topic"],
            municipality_id=word.get("municipality"),
            participants=word.get("participants"),
            cost_band=bands.get(word.get("cost_band", ""), ""),
            **case_words(word),
        )
        page.methods = desk.chosen("methods", word["methods"])
        page.topics = desk.chosen("topics", word["topics"])
        page.audiences = desk.chosen("audiences", word["audiences"])
        page.practitioners = desk.persons(word["practitioners"])
        desk.publish(index, page)
    for word in read("en", "cases").get("case", []):
        desk.translate(CasePage.objects.get(locale=desk.polish, slug=word["slug"]), case_words(word))


def case_words(word: dict[str, Any]) -> dict[str, Any]:
    names = {
        "title": "title", "summary": "summary", "initiator": "initiator", "place": "place", "time": "time",
        "essence": "essence", "context": "context_text", "course": "course", "results": "results",
    }  # fmt: skip
    return {field: word[key] for key, field in names.items() if key in word}
