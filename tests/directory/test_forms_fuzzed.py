"""Whatever is sent to a public form: never a fault, nothing typed is lost, no script is let through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.models import Practitioner

from .contact_form import FIELDS, opened
from .contact_form import FORM as CONTACT
from .entry_forms import EDIT, filled
from .joining_form import AGREED, CONSENT, START, WHAT, WHERE, WHO, WORK
from .standing import Clock
from .test_outdated import FORM as OUTDATED
from .test_outdated import token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("base")]

Sent = dict[str, list[bytes]]
SCRIPT = "<script>alert(1)</script>"
#: What is typed as people type, or attack, and must be there again when a form comes back.
words = st.one_of(
    st.sampled_from([SCRIPT, "\"'><img src=x onerror=alert(1)>", "100 % „tak”", "😀", "{{ 7 }}{% now %}", "Brzeziny", "'; --"]),
    st.text("aąźŁ<>&\"'%_;/\\?😀🏳", min_size=1, max_size=40),
)  # fmt: skip
raw = st.one_of(
    words.map(str.encode),
    st.sampled_from(
        [b"", b"\0", b"a\0b", b"\xed\xa0\x80", b"\xff\xfe", b"%00", b"x" * 100_000, b"-1", b"0", b"9" * 400, b"1e9", b"NaN",
         "²".encode(), "٣".encode(), b"[]", b"../../", b"\r\n\r\n", "\u202ea".encode(), b"1061011", b"on", b"pl"]
    ),
    st.binary(max_size=24),
)  # fmt: skip
bounded = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def spoiled(names: Sequence[str]) -> st.SearchStrategy[Sent]:
    """One to four of the fields, each sent once to three times, sometimes under a name that nobody knows."""
    keys = st.one_of(st.sampled_from(names), st.text("ab[]_0", min_size=1, max_size=5))
    return st.dictionaries(keys, st.lists(raw, min_size=1, max_size=3), min_size=1, max_size=4)


def query(right: Mapping[str, Any], wrong: Sent) -> bytes:
    pairs = {key: value if isinstance(value, list) else [value] for key, value in right.items()} | wrong
    return urlencode([(key, value) for key, values in pairs.items() for value in values]).encode()


def fair(response: Any, wrong: Sent, shown: Sequence[str]) -> str:
    """The page, after checking it; `shown`: fields whose text stands in the form."""
    assert response.status_code < 500
    page: str = response.content.decode()
    assert SCRIPT not in page
    assert "<img src=x" not in page
    if response.status_code in (200, 422):
        for name in shown:
            typed = wrong[name][-1] if name in wrong else b""
            if is_words(typed):
                assert escape(typed.decode()) in page, (name, typed)
    if response.status_code == 422:
        assert 'role="alert"' in page
    return page


def is_words(typed: bytes) -> bool:
    try:
        text = typed.decode()
    except UnicodeDecodeError:
        return False
    return bool(text) and len(text) < 100 and text.isprintable()


def post(client: Client, url: str, right: Mapping[str, Any], wrong: Sent) -> Any:
    return client.post(url, query(right, wrong), content_type="application/x-www-form-urlencoded")


def tried(run: Callable[[], None]) -> None:
    """One example, of which nothing stays."""
    with transaction.atomic():
        run()
        transaction.set_rollback(True)


class TestJoining:
    def check(self, client: Client, url: str, right: Any, wrong: Sent, shown: Sequence[str]) -> None:
        def run() -> None:
            fair(post(client, url, right, wrong), wrong, shown)
            for page in (url, CONSENT, "/dolacz/strona/"):
                fair(client.get(page), {}, ())

        tried(run)

    @given(wrong=spoiled([*WHO, "organisation", "sector", "website", "photo", "remove_photo"]))
    @bounded
    def test_who(self, client: Client, wrong: Sent) -> None:
        self.check(client, START, WHO, wrong, ["name", "email", "headline", "organisation"])

    @given(
        wrong=spoiled(
            ["place", "place", "place_code", "voivodeship", "works_in", "languages", "audiences", "back"]
        )
    )
    @bounded
    def test_where(self, client: Client, wrong: Sent) -> None:
        client.post(START, WHO)
        self.check(client, WHERE, {"languages": ["pl"]}, wrong, ["place"])

    @given(wrong=spoiled(["methods", "topics", "experience", "biography", "links", "links"]))
    @bounded
    def test_what(self, client: Client, wrong: Sent) -> None:
        client.post(START, WHO)
        client.post(WHERE, {"voivodeship": "lubelskie"})
        self.check(client, WHAT, WORK, wrong, ["experience", "biography", "links"])

    @given(wrong=spoiled([*AGREED, "mentoring", "newsletter", "back"]))
    @bounded
    def test_consents(self, client: Client, wrong: Sent) -> None:
        client.post(START, WHO)
        client.post(WHERE, {"voivodeship": "lubelskie"})
        client.post(WHAT, WORK)
        self.check(client, CONSENT, {}, wrong, ())


ENTRY_TEXTS = ["name", "headline", "organisation", "place", "experience", "biography", "url_1", "label_1", "label_5"]  # fmt: skip


@given(
    wrong=spoiled(ENTRY_TEXTS * 3 + ["entry", "made_from", "act", "sector", "voivodeship", "works_in", "methods", "topics",
                   "audiences", "languages", "place_code", "kept_photo", "remove_photo", "photo"]),
    act=st.sampled_from(["send", "preview", "edit"]),
)  # fmt: skip
@bounded
def test_ones_own_entry(inside: Client, person: Practitioner, wrong: Sent, act: str) -> None:
    tried(lambda: _own_entry(inside, person, wrong, act))


def _own_entry(inside: Client, person: Practitioner, wrong: Sent, act: str) -> None:
    right = filled(person, act=act) | {"methods": [], "topics": [], "audiences": []}
    fair(post(inside, EDIT, right, wrong), wrong, ENTRY_TEXTS)
    for page in (EDIT, "/moj-wpis/zmiany/", "/moj-wpis/wpis/"):
        fair(inside.get(page), {}, ())


@given(name=words, content=st.binary(max_size=200), kind=st.sampled_from(["image/jpeg", "text/html", "x"]))
@bounded
def test_a_file_that_is_no_photograph(
    person: Practitioner, inside: Client, name: str, content: bytes, kind: str
) -> None:
    def run() -> None:
        for url, right in ((START, WHO), (EDIT, filled(person))):
            file = SimpleUploadedFile(f"{name}.jpg", content, kind)
            answer = inside.post(url, {**right, "photo": file, "headline": name[:100]})
            assert answer.status_code == 422
            assert escape(name[:100]) in answer.content.decode()

    tried(run)


@pytest.mark.usefixtures("rafal")
@given(wrong=spoiled([*FIELDS, "challenge", "solution", "website"]))
@bounded
def test_a_message(client: Client, clock: Clock, wrong: Sent) -> None:
    hidden = opened(client)
    clock.forward(minutes=1)
    tried(
        lambda: (
            fair(post(client, CONTACT, hidden | FIELDS, wrong), wrong, ["name", "email", "message"]) and None
        )
    )


@pytest.mark.usefixtures("rafal")
@given(wrong=spoiled(["text", "answer_to", "challenge", "website"]))
@bounded
def test_a_report(client: Client, clock: Clock, wrong: Sent) -> None:
    challenge = token(client)
    clock.forward(minutes=1)
    right = {"challenge": challenge, "text": "Ta osoba już tu nie pracuje."}
    tried(lambda: fair(post(client, OUTDATED, right, wrong), wrong, ["text", "answer_to"]) and None)


ASKED = ["q", "metoda", "temat", "grupa", "wojewodztwo", "sektor", "jezyk", "mentor", "rodzaj", "blisko", "km", "kolejnosc",
         "strona"]  # fmt: skip


@given(asked=spoiled(ASKED), wrong=spoiled(["email", "website"]))
@bounded
def test_news_of_a_search(client: Client, asked: Sent, wrong: Sent) -> None:
    url = f"/powiadomienia/?{query({'q': 'mediacje'}, asked).decode()}"
    fair(client.get(url), {}, ())
    tried(lambda: fair(post(client, url, {"email": "ewa@example.com"}, wrong), wrong, ["email"]) and None)


@given(wrong=spoiled(["text"]))
@bounded
def test_a_need(client: Client, wrong: Sent) -> None:
    right = {"text": "Chcemy narady o klimacie w gminie wiejskiej."}
    tried(lambda: fair(post(client, "/baza-praktykow/opisz/", right, wrong), wrong, ["text"]) and None)


@given(asked=spoiled(ASKED))
@settings(bounded, max_examples=25)
def test_the_base(client: Client, asked: Sent) -> None:
    response = client.get(f"/baza-praktykow/?{query({}, asked).decode()}")
    fair(response, asked, ())
    assert response.status_code in (200, 301, 302, 404, 429)


@pytest.mark.parametrize(
    "url", [START, WHERE, WHAT, EDIT, CONTACT, OUTDATED, "/powiadomienia/?q=x", "/baza-praktykow/opisz/"]
)
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nurwane"),
        ("multipart/form-data; boundary=x", b"\xff\0"),
        ("multipart/form-data", b"x"),
        ("application/json", b'{"name": ["x"]}'),
        ("application/x-www-form-urlencoded; charset=nic", b"name=%ff"),
        ("text/plain", b""),
    ],
    ids=["cut", "bytes", "unbound", "json", "charset", "empty"],
)  # fmt: skip
def test_a_body_of_another_kind(
    inside: Client, rafal: Practitioner, url: str, kind: str, body: bytes
) -> None:
    assert inside.generic("POST", url, body, content_type=kind).status_code < 500
