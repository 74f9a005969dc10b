"""The link to one's own entry and the visit that it opens: for the person, and for nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from directory.models import DirectoryPage, EntryLink, LinkRequest, Practitioner
from directory.self_service import limits, links
from home.models.mail import OutboxMail
from tests.factories import PractitionerFactory

from .own_entry import ASK, ENTRY, SENTENCE, ask, do, issued, mailed, text_of
from .standing import NOW, Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_link_comes_by_mail_and_opens_the_entry(client: Client, person: Practitioner) -> None:
    answer = ask(client, "halina@EXAMPLE.org ")
    assert SENTENCE in text_of(answer)
    (mail,) = OutboxMail.objects.all()
    assert mail.recipient == "Halina@example.org"
    assert mail.subject == "Odnośnik do Twojego wpisu w bazie praktyków"
    assert "Halina Wrona" in mail.text
    assert "24 listopada 2026, 13:00" in mail.text
    path = mailed()
    assert "Otwórz mój wpis" in text_of(client.get(path))
    page = client.post(path, {"act": "open"}, follow=True)
    assert "Wpis jest w bazie: każdy może go znaleźć i przeczytać." in text_of(page)
    assert f'href="{person.get_absolute_url()}"' in page.content.decode()


def test_nobody_learns_whether_an_address_is_known(client: Client, person: Practitioner) -> None:
    known, unknown = ask(client, person.email), ask(client, "nikt@example.org")
    assert known.redirect_chain == unknown.redirect_chain
    bare = [re.sub(r'value="[\w]{64}"', "", answer.content.decode()) for answer in (known, unknown)]
    assert bare[0] == bare[1]
    assert "nikt@" not in bare[1]
    assert OutboxMail.objects.count() == 1


def test_a_person_without_an_address_is_written_to_by_nobody(client: Client, base: DirectoryPage) -> None:
    PractitionerFactory(email="")
    assert client.post(ASK, {"email": ""}).status_code == 422
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize(
    "typed",
    ["", "nikt", "a\x00b@example.org", "🙂@@example.org", f"{'a' * 300}@example.org", "a b@example.org"],
)
def test_what_is_no_address_is_said_and_kept(client: Client, typed: str) -> None:
    answer = client.post(ASK, {"email": typed})
    assert answer.status_code == 422
    assert "Popraw te miejsca" in text_of(answer)
    assert not LinkRequest.objects.exists()
    if typed == "nikt":
        assert 'value="nikt"' in answer.content.decode()


def test_two_people_with_one_address_get_a_link_each(client: Client, person: Practitioner) -> None:
    PractitionerFactory(name="Jan Wrona", email=person.email)
    ask(client, person.email)
    texts = list(OutboxMail.objects.values_list("text", flat=True))
    assert len(texts) == 2
    assert sum("Jan Wrona" in text for text in texts) == 1


def test_an_address_is_not_flooded(client: Client, person: Practitioner, clock: Clock) -> None:
    for _n in range(limits.PER_ADDRESS + 2):
        assert SENTENCE in text_of(ask(client, person.email))
    assert OutboxMail.objects.count() == limits.PER_ADDRESS
    clock.forward(minutes=61)
    ask(client, person.email)
    assert OutboxMail.objects.count() == limits.PER_ADDRESS + 1


def test_a_network_is_told_to_wait_and_others_are_not(client: Client, person: Practitioner) -> None:
    for n in range(limits.PER_NETWORK):
        ask(client, f"nikt{n}@example.org", REMOTE_ADDR="2001:db8::1")
    refused = ask(client, person.email, REMOTE_ADDR="2001:db8::2")
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    assert "Spróbuj za godzinę" in text_of(refused)
    assert ask(client, person.email, REMOTE_ADDR="192.0.2.9").status_code == 200
    assert OutboxMail.objects.count() == 1


def test_requests_and_links_keep_neither_address_nor_secret(client: Client, person: Practitioner) -> None:
    ask(client, person.email)
    token = mailed().split("/")[-2]
    row = LinkRequest.objects.values().get() | EntryLink.objects.values().get()
    assert not [value for value in row.values() if token in str(value) or "halina" in str(value).lower()]


def test_requests_are_forgotten_after_a_day(client: Client, clock: Clock) -> None:
    ask(client, "nikt@example.org")
    limits.forget(clock.now + timedelta(hours=23))
    assert LinkRequest.objects.exists()
    limits.forget(clock.now + timedelta(hours=25))
    assert not LinkRequest.objects.exists()


def test_looking_at_a_link_uses_nothing_up(client: Client, person: Practitioner) -> None:
    path = issued(person)
    for _n in range(3):
        assert client.get(path).status_code == client.head(path).status_code == 200
    assert links.COOKIE not in client.cookies
    assert EntryLink.objects.get().used_at is None
    assert client.post(path).status_code == 302


def test_a_link_works_once(person: Practitioner) -> None:
    path = issued(person)
    assert Client().post(path).status_code == 302
    other = Client()
    for answer in (other.get(path), other.post(path)):
        assert answer.status_code == 410
        assert "Tego odnośnika już użyto" in text_of(answer)
    assert links.COOKIE not in other.cookies


def test_who_used_it_is_led_back_to_the_entry(inside: Client, person: Practitioner) -> None:
    path = issued(person)
    inside.post(path)
    assert inside.get(path)["Location"] == ENTRY


def test_of_two_at_once_one_gets_in(person: Practitioner) -> None:
    issued(person)
    link = EntryLink.objects.get()
    first, second = links.use(link, NOW), links.use(link, NOW)
    assert first
    assert second is None


def test_a_link_is_good_for_a_day(client: Client, person: Practitioner, clock: Clock) -> None:
    path = issued(person)
    clock.forward(hours=23.9)
    assert client.get(path).status_code == 200
    clock.forward(hours=0.2)
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 410
        assert "stracił ważność" in text_of(answer)


def test_a_forged_link_opens_nothing(
    client: Client, person: Practitioner, django_assert_num_queries: Any
) -> None:
    path = issued(person)
    for token in (path.split("/")[-2][:-1] + "x", "abc", "a.b.c", "%00", "🙂", "x" * 2000):
        answer = client.post(f"/moj-wpis/odnosnik/{token}/")
        assert answer.status_code == 404
    with django_assert_num_queries(0):
        assert links.look_up("abc.def", NOW).link is None
    assert EntryLink.objects.get().used_at is None


def test_a_link_to_an_address_that_was_replaced_is_dead(inside: Client, person: Practitioner) -> None:
    path = issued(person)
    Practitioner.objects.filter(pk=person.pk).update(email="nowa@example.org")
    assert inside.get(path).status_code == 404
    assert inside.get(ENTRY).status_code == 403


def test_a_visit_lasts_an_hour(inside: Client, clock: Clock) -> None:
    clock.forward(minutes=59)
    assert inside.get(ENTRY).status_code == 200
    clock.forward(minutes=2)
    page = inside.get(ENTRY)
    assert page.status_code == 403
    assert "na godzinę, a ta już minęła" in text_of(page)


def test_who_ends_the_visit_is_out_everywhere(inside: Client, person: Practitioner) -> None:
    cookie = inside.cookies[links.COOKIE].value
    do(inside, person, "", "/moj-wpis/koniec/")
    inside.cookies[links.COOKIE] = cookie
    assert inside.get(ENTRY).status_code == 403


@pytest.mark.parametrize("cookie", ["", "x", "a.b", "ł".encode().decode("latin-1"), "x" * 3000])
def test_a_forged_cookie_opens_nothing(client: Client, person: Practitioner, cookie: str) -> None:
    issued(person)  # a link nobody has used has no visit
    client.cookies[links.COOKIE] = cookie
    assert client.get(ENTRY).status_code == 403


@pytest.mark.parametrize("path", ["wpis/", "wycofaj/", "moje-dane/", "moje-dane.json", "usun/"])
def test_pages_are_shown_to_nobody_else_and_kept_nowhere(
    inside: Client, person: Practitioner, path: str
) -> None:
    page = inside.get(ASK + path)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin"
    assert "script-src 'self'" in page["Content-Security-Policy"]
    stranger = Client().get(ASK + path)
    assert stranger.status_code == 403
    assert "Wrona" not in text_of(stranger)


def test_the_page_of_a_link_is_private_too(client: Client, person: Practitioner) -> None:
    path = issued(person)
    page = client.get(path)
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    head = page.content.decode().split("</head>")[0]
    assert path.split("/")[-2] not in head
