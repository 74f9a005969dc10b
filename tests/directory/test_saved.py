"""News of new people: what a reader notices from the first click to the last mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from email import message_from_string
from typing import Any

import pytest
from django.core import mail as mailbox
from django.test import Client

from directory import services
from directory.models import DirectoryPage, Practitioner, SavedSearch
from directory.saved import news, retention
from home.mail import outbox
from home.models.mail import OutboxMail
from tests.factories import PractitionerFactory

from .contact_form import page_of
from .standing import Clock

pytestmark = pytest.mark.django_db
FORM = "/powiadomienia/?q=mediacje&wojewodztwo=lubelskie"
HERS = "ewa.czytelniczka@example.com"
Add = Callable[..., Practitioner]


def link_in(mail: OutboxMail, part: str) -> str:
    found = re.search(rf"https?://[^/\s]+(\S*/powiadomienia/{part}/\S+)", mail.text)
    assert found, mail.text
    return found[1]


def kinds() -> list[str]:
    return list(OutboxMail.objects.order_by("pk").values_list("kind", flat=True))


def ask(client: Client, email: str = HERS, url: str = FORM) -> Any:
    return client.post(url, {"email": email})


def subscribed(client: Client, url: str = FORM) -> SavedSearch:
    ask(client, url=url)
    client.post(link_in(OutboxMail.objects.latest("pk"), "potwierdzenie"))
    return SavedSearch.objects.get()


def a_week_later(clock: Clock) -> list[OutboxMail]:
    """The mails that the week brings; the job runs twice, as on two machines."""
    before = set(OutboxMail.objects.values_list("pk", flat=True))
    clock.forward(days=7, minutes=1)
    news.run(clock.now)
    news.run(clock.now)
    return list(OutboxMail.objects.exclude(pk__in=before).order_by("pk"))


@pytest.fixture
def newcomer(add: Add, clock: Clock) -> Callable[..., Practitioner]:
    def come(name: str = "Róża Nowa", **fields: Any) -> Practitioner:
        fields = {"headline": "mediacje w gminie", "voivodeship": "lubelskie"} | fields
        consent = fields.pop("consent", True)
        person = add(name, consent=False, state_changed_at=clock.now, **fields)
        if consent:
            services.record_consent(practitioner=person, now=clock.now)
        return person

    return come


# ---- asking


@pytest.mark.parametrize("query", ["?q=mediacje", "?q=nikogotakiego", "?wojewodztwo=lubelskie"])
def test_a_narrowed_answer_offers_news_also_when_it_is_empty(client: Client, add: Add, query: str) -> None:
    add("Anna Testowa", headline="mediacje", voivodeship="lubelskie")
    link = page_of(client.get(f"/baza-praktykow/{query}")).find("a", string="Powiadom mnie o nowych osobach")
    assert link
    form = client.get(link["href"])
    assert form.status_code == 200
    assert form["Cache-Control"].count("no-store")


def test_the_whole_base_offers_none(client: Client, base: DirectoryPage) -> None:
    assert "Powiadom mnie" not in client.get("/baza-praktykow/").content.decode()
    assert client.get("/powiadomienia/").url == "/baza-praktykow/"
    assert client.get("/powiadomienia/?metoda=nie-ma-takiej&kolejnosc=nazwisko").url == "/baza-praktykow/"


def test_nothing_is_on_before_the_button_behind_the_link(
    client: Client, base: DirectoryPage, clock: Clock
) -> None:
    form = page_of(client.get(FORM))
    assert "„mediacje”, lubelskie" in form.main.get_text()
    answer = ask(client)
    assert (answer.status_code, answer.url) == (302, "/powiadomienia/sprawdz-poczte/")
    mail = OutboxMail.objects.get()
    assert mail.recipient == HERS
    assert "mediacje" not in mail.text, "the form must not carry anybody's words to anybody"
    link = link_in(mail, "potwierdzenie")
    assert page_of(client.get(link)).select_one("main form button").get_text() == "Powiadamiaj mnie"
    assert SavedSearch.objects.get().confirmed_at is None
    done = client.post(link, follow=True)
    assert "Powiadomienia są włączone" in page_of(done).h1.get_text()
    assert SavedSearch.objects.get().confirmed_at == clock.now
    assert client.post(link).status_code == 302, "a second click is no mistake"


def test_only_the_address_the_question_and_times_are_kept(client: Client, base: DirectoryPage) -> None:
    subscribed(client, f"{FORM}&strona=7&kolejnosc=potwierdzone&utm_source=x")
    row = SavedSearch.objects.values().get()
    assert row.pop("question") == "q=mediacje&wojewodztwo=lubelskie"
    assert row.pop("email") == HERS
    assert {*row} == {
        "id", "identity", "language", "created_at", "confirmed_at", "asked_again_at", "seen_until", "due_at",
    }  # fmt: skip


def test_the_answer_is_the_same_for_an_address_that_has_it(
    client: Client, base: DirectoryPage, clock: Clock
) -> None:
    first = ask(client)
    client.post(link_in(OutboxMail.objects.get(), "potwierdzenie"))
    clock.forward(minutes=5)
    again = ask(client, HERS.upper())
    assert (first.status_code, first.url, first.content) == (again.status_code, again.url, again.content)
    assert SavedSearch.objects.count() == 1
    assert kinds() == ["saved-confirm", "saved-known"]
    assert "/koniec/" in OutboxMail.objects.latest("pk").text


def test_asked_twice_before_confirming_it_is_one_search(
    client: Client, base: DirectoryPage, clock: Clock
) -> None:
    ask(client)
    clock.forward(hours=47)
    ask(client)
    clock.forward(hours=47)
    client.post(link_in(OutboxMail.objects.latest("pk"), "potwierdzenie"))
    assert SavedSearch.objects.get().confirmed_at


@pytest.mark.parametrize("typed", ["", "brak-malpy", "a@b", "a\0@example.com", "x" * 300 + "@example.com"])
def test_a_wrong_address_is_said_and_kept(client: Client, base: DirectoryPage, typed: str) -> None:
    answer = ask(client, typed)
    assert answer.status_code == 422
    field = page_of(answer).select_one("input[name=email]")
    assert field["aria-describedby"].split()[-1] == "id_email-error"
    assert field.get("value", "") == typed.replace("\0", "\ufffd") or "\0" in typed
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=%22%3Cscript%3E%F0%9F%98%80%25", f"q={'ż' * 5000}", "metoda=" + "&metoda=".join("x" * 90)],
)
def test_no_question_breaks_it(client: Client, base: DirectoryPage, query: str) -> None:
    answer = client.post(f"/powiadomienia/?{query}", {"email": HERS})
    assert answer.status_code == 302
    assert "<script>" not in client.get(f"/powiadomienia/?{query}").content.decode()
    assert all(len(search.question) < 2000 for search in SavedSearch.objects.all())


def test_an_address_gets_five_letters_a_day_and_a_network_is_told_to_wait(
    client: Client, base: DirectoryPage, clock: Clock
) -> None:
    for n in range(7):
        assert ask(client, url=f"/powiadomienia/?q=słowo{n}").status_code == 302
    assert len(kinds()) == 5
    assert SavedSearch.objects.count() == 5
    answers = [ask(client, f"inna{n}@example.com").status_code for n in range(14)]
    assert answers == [302] * 13 + [429]


def test_a_forged_link_is_none_and_a_late_one_says_so(
    client: Client, base: DirectoryPage, clock: Clock
) -> None:
    ask(client)
    link = link_in(OutboxMail.objects.get(), "potwierdzenie")
    assert client.get(link[:-2] + "/").status_code == 404
    assert client.post(link.replace("potwierdzenie", "koniec")).status_code == 404
    clock.forward(hours=49)
    assert client.post(link).status_code == 410
    assert SavedSearch.objects.get().confirmed_at is None
    retention.run(clock.now)
    assert not SavedSearch.objects.exists()
    assert not OutboxMail.objects.exists()
    assert client.get(link).status_code == 410


# ---- the weekly mail


def test_a_new_person_is_told_of_once(client: Client, newcomer: Any, clock: Clock) -> None:
    newcomer("Bywalec Dawny")
    clock.forward(days=1)
    subscribed(client)
    clock.forward(days=1)
    newcomer("Róża Nowa")
    newcomer("Obca Nowa", voivodeship="opolskie")
    newcomer("Inna Nowa", headline="budżety")
    (mail,) = a_week_later(clock)
    assert mail.subject == "Baza praktyków: 1 nowa osoba"
    assert "Róża Nowa" in mail.text
    assert "/baza-praktykow/roza-nowa/" in mail.text
    assert "„mediacje”, lubelskie" in mail.text
    assert "/baza-praktykow/?q=mediacje&wojewodztwo=lubelskie" in mail.text
    for other in ("Bywalec", "Obca", "Inna", "skryta.poczta"):
        assert other not in mail.text
    assert a_week_later(clock) == []


def test_nothing_new_is_no_mail(client: Client, newcomer: Any, clock: Clock) -> None:
    newcomer("Bywalec Dawny")
    clock.forward(days=1)
    subscribed(client)
    assert a_week_later(clock) == []
    before = SavedSearch.objects.get().due_at
    assert before == clock.now + timedelta(days=7)


def test_before_the_week_is_over_nothing_is_asked(
    client: Client, newcomer: Any, clock: Clock, monkeypatch: Any
) -> None:
    subscribed(client)
    newcomer()
    clock.forward(days=6, hours=23)
    monkeypatch.setattr(news, "ask", None)
    assert news.run(clock.now) == 0


def test_ten_are_named_and_the_rest_counted(client: Client, newcomer: Any, clock: Clock) -> None:
    subscribed(client)
    clock.forward(hours=1)
    for n in range(13):
        newcomer(f"Osoba Kolejna {chr(65 + n)}")
    (mail,) = a_week_later(clock)
    assert mail.text.count("– Osoba Kolejna") == 10
    assert "I jeszcze 3 " in mail.text


def test_who_cannot_be_seen_is_not_named(client: Client, newcomer: Any, clock: Clock) -> None:
    subscribed(client)
    clock.forward(hours=1)
    newcomer("Czeka Moderacja", state="moderation")
    newcomer("Bez Zgody", consent=False)
    newcomer("Szkic Nieopublikowany", live=False)
    assert a_week_later(clock) == []


def test_who_becomes_visible_or_comes_back_is_new(client: Client, newcomer: Any, clock: Clock) -> None:
    waits = newcomer("Czeka Moderacja", state="moderation")
    pauses = newcomer("Wraca Pauza", state="paused")
    agrees = newcomer("Zgadza Sie", consent=False)
    clock.forward(days=1)
    subscribed(client)
    clock.forward(days=1)
    for person in (waits, pauses):
        services.change_state(practitioner=person, state="live", now=clock.now)
    services.record_consent(practitioner=agrees, now=clock.now)
    (mail,) = a_week_later(clock)
    assert mail.subject == "Baza praktyków: 3 nowe osoby"
    for person in (waits, pauses, agrees):
        assert person.name in mail.text


def test_the_last_minutes_wait_for_the_next_mail(client: Client, newcomer: Any, clock: Clock) -> None:
    subscribed(client)
    clock.forward(days=6, hours=23, minutes=59)
    newcomer()
    clock.forward(minutes=2)
    assert news.run(clock.now) == 0
    assert "Róża Nowa" in a_week_later(clock)[0].text


def test_who_is_hidden_between_finding_and_writing_is_not_named(
    client: Client, newcomer: Any, clock: Clock, monkeypatch: Any
) -> None:
    subscribed(client)
    clock.forward(hours=1)
    newcomer("Zostaje Tu")
    hidden = newcomer("Znika Stad")
    find = news.found

    def slow(*args: Any) -> Any:
        answer = find(*args)
        services.change_state(practitioner=hidden, state="hidden", reason="skarga", now=clock.now)
        return answer

    monkeypatch.setattr(news, "found", slow)
    (mail,) = a_week_later(clock)
    assert mail.subject == "Baza praktyków: 1 nowa osoba"
    assert "Zostaje Tu" in mail.text
    assert "Znika Stad" not in mail.text


def test_who_is_erased_is_in_no_mail_that_waits(client: Client, newcomer: Any, clock: Clock) -> None:
    subscribed(client)
    clock.forward(hours=1)
    gone, stays = newcomer("Prosi Usuniecie"), newcomer("Zostaje Tu")
    (mail,) = a_week_later(clock)
    services.erase(practitioner=gone, now=clock.now)
    mail.refresh_from_db()
    assert "Usuniecie" not in mail.text
    assert "usuniecie" not in mail.text
    assert "Zostaje Tu" in mail.text
    assert "/koniec/" in mail.text
    services.erase(practitioner=stays, now=clock.now)
    assert not OutboxMail.objects.filter(pk=mail.pk).exists()


def test_english_readers_get_english_mails(
    client: Client, newcomer: Any, english_base: Any, clock: Clock
) -> None:
    subscribed(client, "/en/powiadomienia/?wojewodztwo=lubelskie")
    clock.forward(hours=1)
    newcomer()
    (mail,) = a_week_later(clock)
    assert "/en/baza-praktykow/roza-nowa/" in mail.text
    assert "/en/powiadomienia/koniec/" in mail.text


def test_meaning_and_looser_answers_are_no_news(client: Client, newcomer: Any, clock: Clock) -> None:
    subscribed(client, "/powiadomienia/?q=mediacje+klimat")
    clock.forward(hours=1)
    newcomer(headline="mediacje w gminie")
    newcomer("Klima Tyczna", headline="klimat i woda")
    assert a_week_later(clock) == []


def test_with_the_mail_server_away_nothing_is_lost_or_sent_twice(
    client: Client, newcomer: Any, clock: Clock, monkeypatch: Any
) -> None:
    subscribed(client)
    clock.forward(hours=1)
    newcomer()
    (mail,) = a_week_later(clock)
    monkeypatch.setattr(outbox, "message_for", lambda mail: 1 / 0)
    outbox.deliver_due(clock.now)
    retention.run(clock.now)
    monkeypatch.undo()
    news.run(clock.now)
    outbox.deliver_due(clock.now + timedelta(hours=1))
    outbox.deliver_due(clock.now + timedelta(hours=1))
    assert [sent.subject for sent in mailbox.outbox].count(mail.subject) == 1


def test_a_run_takes_a_batch_and_a_fixed_number_of_queries(
    client: Client, newcomer: Any, clock: Clock, monkeypatch: Any, django_assert_max_num_queries: Any
) -> None:
    row = subscribed(client)
    for n in range(4):
        row.pk, row.identity = None, f"x{n}"
        SavedSearch.objects.create(
            **{f.name: getattr(row, f.name) for f in SavedSearch._meta.fields if f.name != "id"}
        )
    monkeypatch.setattr(news, "BATCH", 2)
    clock.forward(days=8)
    with django_assert_max_num_queries(1 + 2 * 8):
        assert news.run(clock.now) == 0
    assert SavedSearch.objects.due(clock.now).count() == 3


# ---- leaving


def test_every_news_has_a_way_out_that_also_mail_programs_know(
    client: Client, newcomer: Any, clock: Clock
) -> None:
    subscribed(client)
    clock.forward(hours=1)
    newcomer()
    (mail,) = a_week_later(clock)
    outbox.deliver_due(clock.now)
    sent = message_from_string(mailbox.outbox[-1].message().as_string())
    link = link_in(mail, "koniec")
    assert sent["List-Unsubscribe"].replace("\n ", "").endswith(f"{link}>")
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert page_of(client.get(link)).select_one("main form button").get_text() == "Wyłącz i usuń adres"
    assert SavedSearch.objects.exists()
    one_click = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200, "some programs follow no redirect"
    assert not SavedSearch.objects.exists()
    assert not OutboxMail.objects.filter(recipient=HERS).exists()
    assert "Powiadomienia są wyłączone" in page_of(client.get(link)).h1.get_text()


def test_a_mail_to_somebody_else_offers_no_way_out(base: DirectoryPage) -> None:
    mail = outbox.put(now=Clock().now, kind="other", recipient=HERS, subject="x", text="x")
    assert "List-Unsubscribe" not in outbox.message_for(mail).extra_headers


# ---- what is forgotten


def test_after_a_year_the_reader_is_asked_once(client: Client, base: DirectoryPage, clock: Clock) -> None:
    subscribed(client)
    clock.forward(days=364)
    retention.run(clock.now)
    assert "saved-again" not in kinds()
    clock.forward(days=2)
    retention.run(clock.now)
    retention.run(clock.now)
    assert kinds().count("saved-again") == 1
    link = link_in(OutboxMail.objects.get(kind="saved-again"), "potwierdzenie")
    assert "Czy nadal" in page_of(client.get(link)).h1.get_text()
    client.post(link)
    clock.forward(days=31)
    retention.run(clock.now)
    assert SavedSearch.objects.exists()


def test_without_an_answer_it_goes(client: Client, base: DirectoryPage, clock: Clock) -> None:
    subscribed(client)
    clock.forward(days=366)
    retention.run(clock.now)
    clock.forward(days=31)
    retention.run(clock.now)
    assert not SavedSearch.objects.exists()
    assert not OutboxMail.objects.exists()


def test_mails_are_forgotten_a_day_after_they_went(client: Client, base: DirectoryPage, clock: Clock) -> None:
    subscribed(client)
    OutboxMail.objects.update(state="sent", sent_at=clock.now)
    clock.forward(hours=25)
    retention.run(clock.now)
    assert not OutboxMail.objects.exists()
    assert SavedSearch.objects.exists()


def test_who_is_erased_from_the_base_hears_no_news(
    client: Client, person: Practitioner, clock: Clock
) -> None:
    ask(client, person.email)
    services.erase(practitioner=person, now=clock.now)
    assert not SavedSearch.objects.exists()


def test_an_office_address_that_another_person_has_goes_on(
    client: Client, person: Practitioner, clock: Clock
) -> None:
    PractitionerFactory(email=person.email)
    ask(client, person.email)
    services.erase(practitioner=person, now=clock.now)
    assert SavedSearch.objects.exists()


# ---- the staff


def test_the_staff_see_numbers_and_no_address(
    client: Client, base: DirectoryPage, django_user_model: Any
) -> None:
    from django.contrib.auth.models import Permission

    subscribed(client)
    user = django_user_model.objects.create_user("opiekunka", password="x")
    wanted = ["access_admin", "change_practitioner", "view_practitioner"]
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    client.force_login(user)
    page = client.get("/admin/reports/saved-searches/")
    assert (
        re.sub(r"\s+", " ", page_of(page).select_one("table.listing").get_text()).count(
            "Włączone powiadomienia 1"
        )
        == 1
    )
    assert HERS not in page.content.decode()
    assert client.get("/admin/directory/savedsearch/").status_code == 302
    user.user_permissions.add(Permission.objects.get(codename="view_savedsearch"))
    assert HERS in client.get("/admin/directory/savedsearch/").content.decode()
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    assert client.get("/admin/reports/saved-searches/").status_code == 302
