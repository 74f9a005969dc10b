"""What is suggested while somebody types."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from blog.models import ArticleIndexPage, ArticlePage
from directory.models import Consent, DirectoryPage, Method, Municipality, Practitioner, Topic
from home.models import HomePage
from search import beginnings
from search.indexing import flush

URL = "/podpowiedzi/"
DAY = datetime.date(2026, 5, 1)


@pytest.fixture
def base(db: None) -> DirectoryPage:
    home = HomePage.objects.get(locale__language_code="pl")
    return home.add_child(instance=DirectoryPage(title="Baza praktyków", slug="baza-praktykow"))


@pytest.fixture
def add(base: DirectoryPage) -> Callable[..., Practitioner]:
    polish = Locale.objects.get(language_code="pl")

    def make(
        name: str, *, method: str = "", topic: str = "", consent: bool = True, **fields: Any
    ) -> Practitioner:
        person = Practitioner(locale=polish, name=name, **{"state": "live", **fields})
        for field, model, term in (("methods", Method, method), ("topics", Topic, topic)):
            if term:
                slug = term.replace(" ", "-")
                setattr(person, field, [model.objects.get_or_create(locale=polish, slug=slug, name=term)[0]])
        person.save()
        if consent:
            Consent.objects.create(
                practitioner=person, kind="public_profile", text_version="1", channel="staff"
            )
        return person

    return make


@pytest.fixture
def site(add: Callable[..., Practitioner], base: DirectoryPage) -> None:
    lodz = Municipality.objects.get(slug="lodz")
    add("Łucja Łozowska", municipality=lodz, method="mediacja", topic="zieleń")
    add("Rafał Łoziński", method="panel obywatelski")
    tarnow = Municipality.objects.filter(slug="tarnow").first()
    secret = {"method": "tajna sztuka", "topic": "tajny temat", "municipality": tarnow}
    add("Zenobiusz Łozowy", state="hidden", state_reason="spór", **secret)
    add("Bezzgoda Łozowa", consent=False, **secret)
    add("Wstrzymana Łozowik", state="paused", **secret)
    articles = base.get_parent().specific.add_child(
        instance=ArticleIndexPage(title="Artykuły", slug="artykuly")
    )
    articles.add_child(instance=ArticlePage(title="Łozy nad rzeką", slug="lozy", date=DAY))
    articles.add_child(instance=ArticlePage(title="Łozy tajne", slug="tajne", date=DAY, live=False))
    flush("default")
    cache.clear()


def ask(client: Any, text: str, url: str = URL) -> dict[str, list[str]]:
    response = client.get(url, {"q": text})
    assert response.status_code == 200
    groups = response.json()["groups"]
    return {group["name"]: [item["text"] for item in group["items"]] for group in groups}


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("typed", ["łoz", "loz", "ŁOZ", "  Loz"])
def test_the_last_word_is_a_beginning_with_or_without_diacritics(client: Any, typed: str) -> None:
    assert ask(client, typed) == {
        "people": ["Rafał Łoziński", "Łucja Łozowska"],
        "articles": ["Łozy nad rzeką"],
    }


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("typed", "group", "found"),
    [
        ("lucja loz", "people", ["Łucja Łozowska"]),
        ("łozowska łu", "people", ["Łucja Łozowska"]),
        ("med", "methods", ["mediacja"]),
        ("obyw pan", "methods", ["panel obywatelski"]),
        ("ziel", "topics", ["zieleń"]),
        ("lodz", "municipalities", ["Łódź"]),
        ("Łódź", "municipalities", ["Łódź"]),
    ],
)
def test_each_group_finds_its_own(client: Any, typed: str, group: str, found: list[str]) -> None:
    assert ask(client, typed)[group] == found


@pytest.mark.usefixtures("site")
def test_suggestions_lead_somewhere(client: Any) -> None:
    for text in ("loz", "med", "ziel", "lodz"):
        for group in client.get(URL, {"q": text}).json()["groups"]:
            for item in group["items"]:
                page = client.get(item["url"])
                assert page.status_code == 200
                if group["name"] not in ("people", "articles"):
                    assert page.context["found"].results.total == 1, item["url"]


@pytest.mark.usefixtures("site")
def test_nobody_and_nothing_hidden_is_suggested(client: Any) -> None:
    for text in ("zenob", "bezzg", "wstrzym", "tajn", "tajny te", "tarn", "lozy taj"):
        assert ask(client, text) == {}, text


@pytest.mark.usefixtures("site")
def test_whoever_is_hidden_is_gone_from_suggestions(client: Any) -> None:
    Practitioner.objects.filter(slug="lucja-lozowska").update(state="paused")
    assert ask(client, "lucja") == {}


@pytest.mark.parametrize("typed", ["", " ", "ł", "\0", "%", '"', "a" * 5000, "?!", "\ud800"])
def test_too_little_or_too_odd_is_nothing(client: Any, base: Any, typed: str) -> None:
    assert ask(client, typed.encode("utf-8", "ignore").decode()) == {}


@pytest.mark.usefixtures("site")
def test_groups_are_bounded_even_behind_many_hidden(
    client: Any, add: Callable[..., Practitioner], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginnings, "LOOKED_AT", 100)
    for number in range(6):
        add(f"Koperta Ukryta{number}", consent=False)
    for number in range(6):
        add(f"Koperta Jawna{number}")
    flush("default")
    found = ask(client, "kop")["people"]
    assert len(found) == 4
    assert all("Jawna" in name for name in found)


@pytest.mark.usefixtures("site")
def test_english(client: Any) -> None:
    english, _new = Locale.objects.get_or_create(language_code="en")
    Method.objects.get(slug="mediacja").copy_for_translation(english).save()
    method = Method.objects.get(slug="mediacja", locale=english)
    method.name = "mediation"
    method.save()
    cache.clear()
    assert ask(client, "mediat", "/en/podpowiedzi/")["methods"] == ["mediation"]
    assert ask(client, "mediat")["methods"] == ["mediacja"], "an English word leads to the Polish term too"
    groups = client.get("/en/podpowiedzi/", {"q": "lodz"}).json()["groups"]
    assert groups[0]["items"][0]["detail"] == "Łódź"


@pytest.mark.usefixtures("site")
def test_a_translated_profile_is_suggested_once_with_its_place(client: Any) -> None:
    english, _new = Locale.objects.get_or_create(language_code="en")
    translation = Practitioner.objects.get(slug="lucja-lozowska").copy_for_translation(english)
    translation.live = True
    translation.save()
    flush("default")
    for url, place in (("/en/podpowiedzi/", "Łódź, Łódź"), (URL, "Łódź, woj. łódzkie")):
        people = client.get(url, {"q": "lucja"}).json()["groups"][0]["items"]
        assert [(item["text"], item["detail"]) for item in people] == [("Łucja Łozowska", place)]
    Practitioner.objects.filter(slug="lucja-lozowska", locale__language_code="pl").update(state="paused")
    cache.clear()
    assert ask(client, "lucja", "/en/podpowiedzi/") == {}, "state is the source's"


@pytest.mark.usefixtures("site")
def test_queries_do_not_grow_and_an_answer_is_kept_for_a_moment(
    client: Any, add: Callable[..., Practitioner]
) -> None:
    ask(client, "mediacja")

    def count(text: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            ask(client, text)
        return len(queries)

    few = count("lozo")
    assert few <= 4, "two groups are asked for, in two statements each; the others are remembered"
    assert count("lozo") == 0
    for number in range(9):
        add(f"Łozowska Osoba{number}")
    flush("default")
    ask(client, "lozow")  # after a change the small lists are made anew
    assert count("lozows") <= few


@pytest.mark.usefixtures("site")
def test_it_is_only_read(client: Any) -> None:
    assert client.post(URL, {"q": "loz"}).status_code == 405
    assert "max-age=20" in client.get(URL, {"q": "loz"})["Cache-Control"]


@pytest.mark.usefixtures("site")
def test_the_field_is_a_plain_form_that_a_script_may_enrich(client: Any) -> None:
    page = client.get("/baza-praktykow/").content.decode()
    assert page.count('data-suggest="/podpowiedzi/"') == 2
    assert 'role="combobox"' not in page, "without the script it is a search field"


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=60)
    | st.sampled_from(["loz", "tajn", "bezz", "łozow", "'; --", "^name.loz", "a:* | b"])
)
def test_nothing_breaks_it(client: Any, site: None, text: str) -> None:
    answer = client.get(URL, {"q": text.encode("utf-8", "ignore").decode()})
    assert answer.status_code == 200
    told = answer.content.decode().encode().decode("unicode_escape").lower()
    assert not any(word in told for word in ("zenobiusz", "bezzgoda", "wstrzymana", "tajn", "tarnów"))
