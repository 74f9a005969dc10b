"""What a person sees who wants to come: the form, the mail, the page of their own registration."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from events.models import EventPage, Registration, ReservedSeats, SupportNeeds
from events.registration import links, retention, seats
from home.models.mail import OutboxMail
from tests.directory.own_entry import text_of

from .test_seats import come, event

pytestmark = pytest.mark.django_db
State = Registration.State
FILLED = {"name": "Łucja Ćwik", "email": "lucja@example.org", "agreed": "on"}


def open_event(home: Any, **fields: Any) -> EventPage:
    start = timezone.now() + timedelta(days=30)
    today = timezone.localdate()
    return event(
        home,
        on=(start, start + timedelta(minutes=1)),
        applications_open=today - timedelta(days=1),
        applications_close=today + timedelta(days=5),
        **fields,
    )


def form_of(page: EventPage) -> str:
    return f"/zapisy/{page.slug}/"


def own(client: Client) -> str:
    """The address in the newest mail."""
    found = re.search(r"/moje-zgloszenie/\S+", OutboxMail.objects.latest("pk").text)
    assert found
    return found[0]


def test_from_the_events_page_to_a_seat_and_back(client: Client, home: Any) -> None:
    page = open_event(home, seats=1)
    assert form_of(page) in client.get(page.url).content.decode()
    assert "Zapisz mnie" in text_of(client.get(form_of(page)))
    answer = client.post(form_of(page), FILLED | {"diet": "bez orzechów"})
    assert answer["Location"] == f"{form_of(page)}wyslane/"
    assert "Mamy Twoje zgłoszenie" in text_of(client.get(answer["Location"]))
    mine = own(client)
    shown = client.get(mine)
    assert "Masz miejsce" in text_of(shown)
    assert "bez orzechów" in shown.content.decode()
    assert shown["X-Robots-Tag"] == "noindex, nofollow"
    client.post(form_of(page), FILLED | {"name": "Jan Drugi", "email": "jan@example.org"})
    his = own(client)
    assert "Jesteś na liście rezerwowej: 1. miejsce" in text_of(client.get(his))
    assert "Rezygnacja przyjęta" in text_of(client.post(mine, {"act": "withdraw"}, follow=True))
    assert "Masz miejsce" in text_of(client.get(his))
    assert "Jesteś na końcu listy" in text_of(client.post(mine, {"act": "back"}, follow=True))


def test_looking_changes_nothing(client: Client, home: Any) -> None:
    page = open_event(home, mode="selection")
    row = come(page, "a")
    seats.move(
        registration=row, to=State.OFFERED, now=timezone.now(), until=timezone.now() + timedelta(days=1)
    )
    client.get(own(client))
    client.head(own(client))
    assert Registration.objects.get().state == "offered"
    client.post(own(client), {"act": "confirm"})
    assert Registration.objects.get().state == "confirmed"
    assert "Miejsce potwierdzone" in text_of(client.post(own(client), {"act": "confirm"}, follow=True))


def test_an_offer_that_is_over_is_said_so(client: Client, home: Any) -> None:
    page = open_event(home, mode="selection")
    row = come(page, "a")
    past = timezone.now() - timedelta(minutes=1)
    seats.move(registration=row, to=State.OFFERED, now=past - timedelta(days=1), until=past)
    said = text_of(client.post(own(client), {"act": "confirm"}, follow=True))
    assert "Tego nie da się już zrobić" in said
    assert Registration.objects.get().state == "offered"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "To pole jest wymagane"),
        ({"name": "x" * 81}, "80"),
        ({"name": "Jan 600 700 800"}, "Wpisz samo imię i nazwisko"),
        ({"email": "nikt"}, "Adres e-mail"),
        ({"agreed": ""}, "Bez tej zgody nie możemy przyjąć zgłoszenia"),
        ({"municipality": "Nigdzie Takie"}, "Nie znamy gminy o takiej nazwie"),
        ({"support": "x" * 1001}, "1000"),
        ({"sector": "?"}, "Sektor"),
        ({"website": "http://spam"}, "ma zostać puste"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: Client, home: Any, typed: dict[str, str], said: str
) -> None:
    page = open_event(home)
    answer = client.post(form_of(page), FILLED | {"organisation": 'Zostaje „to” <script>"%'} | typed)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "Zostaje „to” &lt;script&gt;&quot;%" in answer.content.decode()
    assert not Registration.objects.exists()


@pytest.mark.parametrize("evil", ["\x00", "a\x00b", "😀" * 20, "'\"; --", "%s%d", "<script>"])
def test_strange_signs_do_no_harm(client: Client, home: Any, evil: str) -> None:
    page = open_event(home)
    for name in ("name", "organisation", "diet", "support", "municipality", "email"):
        assert client.post(form_of(page), FILLED | {name: evil}).status_code in (302, 422)


def test_filling_in_again_tells_the_address_and_nobody_else(client: Client, home: Any) -> None:
    page = open_event(home)
    first = client.post(form_of(page), FILLED)
    for _again in range(3):
        again = client.post(form_of(page), FILLED | {"name": "Ktoś Inny"})
        assert (again.status_code, again["Location"]) == (first.status_code, first["Location"])
    assert Registration.objects.get().name == "Łucja Ćwik"
    assert list(OutboxMail.objects.order_by("pk").values_list("kind", flat=True)) == [
        "event-confirmed",
        "event-again",
    ]


def test_a_regional_forum_is_for_its_region_and_names_the_one_of_theirs(client: Client, home: Any) -> None:
    page = open_event(home, kind="regional_forum", voivodeships=["podkarpackie"], title="Forum w Rzeszowie")
    refused = client.post(form_of(page), FILLED | {"municipality": "Gdynia"})
    assert "nie jest jeszcze ogłoszone" in text_of(refused)
    assert "To pole jest wymagane" in text_of(client.post(form_of(page), FILLED))
    open_event(home, kind="regional_forum", voivodeships=["pomorskie"], title="Forum na Pomorzu")
    assert "jest: Forum na Pomorzu" in text_of(
        client.post(form_of(page), FILLED | {"municipality": "Gdynia"})
    )
    assert client.post(form_of(page), FILLED | {"municipality": "Rzeszów"}).status_code == 302


def test_out_of_time_the_form_says_so_and_stores_nothing(client: Client, home: Any) -> None:
    page = open_event(home)
    EventPage.objects.update(applications_close=timezone.localdate() - timedelta(days=1))
    assert "Teraz nie przyjmujemy zgłoszeń" in text_of(client.get(form_of(page)))
    late = client.post(form_of(page), FILLED)
    assert late.status_code == 409
    assert "minął, gdy formularz był otwarty" in text_of(late)
    assert not Registration.objects.exists()
    assert form_of(page) not in client.get(page.url).content.decode()


def test_a_study_visit_is_by_invitation(client: Client, home: Any) -> None:
    page = open_event(home, kind="study_visit")
    assert "dla uczestników mentoringu" in text_of(client.get(form_of(page)))
    assert client.post(form_of(page), FILLED).status_code == 403
    assert not Registration.objects.exists()


def test_an_invitation_opens_a_study_visit_and_nothing_else(client: Client, home: Any) -> None:
    page = open_event(home, kind="study_visit")
    other = open_event(home, kind="study_visit")
    invitation = links.invitation(page.pk)
    assert "Zapisz mnie" in text_of(client.get(invitation))
    assert client.post(invitation, FILLED).status_code == 302
    assert Registration.objects.get().page_id == page.pk
    for forged in (
        invitation.replace(page.slug, other.slug),
        invitation[:-2],
        f"{form_of(page)}?zaproszenie=%00",
    ):
        assert client.post(forged, FILLED | {"email": "inna@example.org"}).status_code == 403
    assert Registration.objects.count() == 1


def test_reserved_seats_are_for_those_with_their_link(client: Client, home: Any) -> None:
    page = open_event(home, seats=1)
    opens = timezone.localdate() + timedelta(days=10)
    pool = ReservedSeats.objects.create(page=page, name="prowadzący", seats=1, opens_on=opens)
    client.post(form_of(page), FILLED)
    client.post(links.invitation(page.pk, pool.pk), FILLED | {"email": "prowadzi@example.org"})
    rows = dict(Registration.objects.values_list("email", "state"))
    assert rows == {"lucja@example.org": "waiting", "prowadzi@example.org": "confirmed"}
    address = links.invitation(page.pk, pool.pk)
    pool.delete()
    assert client.post(address, FILLED | {"email": "pozno@example.org"}).status_code == 302
    assert Registration.objects.get(email="pozno@example.org").state == "waiting"


def test_the_editor_shows_the_links_of_invitations(admin_client: Client, home: Any) -> None:
    page = open_event(home, kind="study_visit")
    shown = admin_client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert links.invitation(page.pk) in shown
    plain = open_event(home)
    assert "zaproszenie=" not in admin_client.get(f"/admin/pages/{plain.pk}/edit/").content.decode()


def test_a_database_that_is_busy_costs_nothing_that_was_typed(
    client: Client, home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_event(home)

    def busy(**_person: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(seats, "register", busy)
    answer = client.post(form_of(page), FILLED)
    assert answer.status_code == 503
    assert "Wyślij je jeszcze raz" in text_of(answer)
    assert "Łucja Ćwik" in answer.content.decode()


def test_what_is_not_public_has_no_form(client: Client, home: Any) -> None:
    page = open_event(home)
    page.unpublish()
    assert client.get(form_of(page)).status_code == 404
    assert client.get("/zapisy/nie-ma/").status_code == 404


@pytest.mark.parametrize("token", ["x", "a.b", "\x00", "0" * 32 + ".podpis"])
def test_a_forged_link_opens_nothing(client: Client, token: str) -> None:
    assert client.get(f"/moje-zgloszenie/{token}/").status_code in (404, 410)


def test_data_are_changed_by_the_link_only(client: Client, home: Any) -> None:
    page = open_event(home)
    client.post(form_of(page), FILLED | {"support": "pętla"})
    mine = own(client)
    assert client.post(mine, {"act": "change", "name": ""}).status_code == 422
    client.post(mine, {"act": "change", "name": "Łucja Nowa", "email": "inny@example.org", "diet": "wege"})
    row = Registration.objects.get()
    assert (row.name, row.email) == ("Łucja Nowa", "lucja@example.org")
    assert (row.needs.diet, row.needs.support) == ("wege", "")
    client.post(mine, {"act": "change", "name": "Łucja Nowa"})
    assert not SupportNeeds.objects.exists()


def test_needs_go_after_a_fortnight_and_people_after_a_year(home: Any) -> None:
    page = open_event(home)
    row, _new = seats.register(
        page=page,
        person={"name": "A B", "email": "a@example.org"},
        needs={"diet": "wege"},
        now=timezone.now(),
    )
    ends = EventPage.objects.get().ends_at
    assert ends
    assert retention.erase_needs(ends + retention.NEEDS_KEPT) == 0
    assert retention.erase_needs(ends + retention.NEEDS_KEPT + timedelta(seconds=1)) == 1
    assert links.look_up(links.path_of(row).split("/")[2], ends + links.KEPT + timedelta(seconds=1)) is None
    assert retention.erase_people(ends + retention.PEOPLE_KEPT) == 0
    assert retention.erase_people(ends + retention.PEOPLE_KEPT + timedelta(seconds=1)) == 1
    assert retention.erase_people(ends + retention.PEOPLE_KEPT + timedelta(seconds=1)) == 0
    row.refresh_from_db()
    assert (row.name, row.email, row.state) == ("–", "", "confirmed")


def test_in_english_the_mail_and_the_pages_are(client: Client, home: Any) -> None:
    page = open_event(home)
    client.post(f"/en{form_of(page)}", FILLED)
    row = Registration.objects.get()
    assert row.language == "en"
    assert "/en/moje-zgloszenie/" in OutboxMail.objects.get().text
