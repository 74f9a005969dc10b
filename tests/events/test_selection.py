"""The selection screen: who applied, the balance, decisions on several at once, answers that go out together."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from django.utils.text import slugify

from events.models import EventPage, Registration, RegistrationEvent, SeatLedger, SupportNeeds
from events.registration import seats
from events.staff import panel
from home.models.mail import OutboxMail
from tests.directory.own_entry import text_of
from tests.directory.test_contact_staff import keeper
from tests.factories import MunicipalityFactory

from .test_seats import event, states, taken

pytestmark = pytest.mark.django_db
COORDINATION = "Koordynacja wydarzeń"
State = Registration.State


def screen(page: EventPage) -> str:
    return f"/admin/wydarzenia/{page.pk}/nabor/"


@pytest.fixture
def forum(home: Any) -> EventPage:
    start = timezone.now() + timedelta(days=40)
    return event(
        home,
        on=(start, start + timedelta(minutes=1)),
        title="Forum w naborze",
        mode="selection",
        seats=2,
        confirm_by=timezone.localdate() + timedelta(days=20),
    )


@pytest.fixture
def staff() -> Client:
    return keeper(COORDINATION)


def apply(page: EventPage, name: str, needs: str = "", **fields: Any) -> Registration:
    person = {"name": name, "email": f"{slugify(name)}@example.org"} | fields
    given = {"diet": needs, "support": ""}
    return seats.register(page=page, person=person, needs=given, now=timezone.now())[0]


def many(page: EventPage, count: int, start: int = 0) -> None:
    places = [MunicipalityFactory(voivodeship=slug) for slug in ("mazowieckie", "lubelskie", "opolskie")]
    Registration.objects.bulk_create(
        Registration(
            page=page,
            number=n + 1,
            name=f"Osoba {n}",
            email=f"o{n}@example.org",
            address_hash=str(n),
            municipality=places[n % 3],
            sector=("firma", "uczelnia", "")[n % 3],
            first_time=n % 2 == 0,
            state=State.APPLIED,
        )
        for n in range(start, start + count)
    )


def names(answer: Any) -> list[str]:
    soup = BeautifulSoup(answer.content.decode(), "html.parser")
    return [link.text for link in soup.select("th.title a")]


def decide(client: Client, page: EventPage, act: str, *rows: Registration, **more: Any) -> Any:
    until = (timezone.localdate() + timedelta(days=7)).isoformat()
    sent = {"act": act, "chosen": [row.pk for row in rows], "until": until, "reason": ""} | more
    return client.post(screen(page), sent, follow=True)


class TestScreen:
    def test_only_who_coordinates_events_sees_it(self, forum: EventPage) -> None:
        apply(forum, "Anna Kot")
        assert names(keeper(COORDINATION).get(screen(forum))) == ["Anna Kot"]
        for group in Group.objects.exclude(name=COORDINATION).values_list("name", flat=True):
            client = keeper(group)
            for path in (screen(forum), f"{screen(forum)}odpowiedzi/"):
                for answer in (client.get(path), client.post(path, {"act": "reject"})):
                    assert answer.status_code in (302, 403)
                    assert "Anna Kot" not in answer.content.decode()
        assert Client().get(screen(forum)).status_code == 302

    def test_who_may_only_look_decides_nothing(self, forum: EventPage, django_user_model: Any) -> None:
        row = apply(forum, "Anna Kot", needs="bez orzechów")
        user = django_user_model.objects.create_user("patrzy")
        looks = Permission.objects.filter(codename__in=["access_admin", "view_registration"])
        user.user_permissions.add(*looks)
        client = Client()
        client.force_login(user)
        page = client.get(screen(forum))
        assert names(page) == ["Anna Kot"]
        assert 'name="chosen"' not in page.content.decode()
        assert "Zgłoszone potrzeby" not in text_of(page)
        assert names(client.get(f"{screen(forum)}?potrzeby=nie")) == ["Anna Kot"]
        decide(client, forum, "reject", row)
        assert client.get(f"{screen(forum)}odpowiedzi/").status_code == 302
        assert states(forum) == {"Anna Kot": "applied"}

    def test_it_is_for_selections(self, home: Any, staff: Client) -> None:
        assert staff.get(screen(event(home))).status_code == 404
        assert staff.get("/admin/wydarzenia/999999/nabor/").status_code == 404

    @pytest.mark.parametrize(
        "asked",
        [
            "q=lucja",
            "q=ĆWIK",
            "wojewodztwo=opolskie",
            "sektor=firma",
            "gmina=urban",
            "pierwszy=tak",
            "potrzeby=tak",
        ],
    )
    def test_filters(self, forum: EventPage, staff: Client, asked: str) -> None:
        place = MunicipalityFactory(voivodeship="opolskie", kind="urban")
        apply(forum, "Łucja Ćwik", needs="pętla", municipality=place, sector="firma", first_time=True)
        other = MunicipalityFactory(voivodeship="lubelskie", kind="rural")
        apply(forum, "Jan Lis", municipality=other, sector="uczelnia")
        assert names(staff.get(f"{screen(forum)}?{asked}")) == ["Łucja Ćwik"]
        assert names(staff.get(screen(forum))) == ["Łucja Ćwik", "Jan Lis"]

    @pytest.mark.parametrize(
        "asked",
        ["q=%00", "wojewodztwo=atlantyda", "stan=?", "p=abc", "p=99999999999999999999", "pierwszy=%22"],
    )
    def test_what_cannot_be_asked_is_not_asked(self, forum: EventPage, staff: Client, asked: str) -> None:
        apply(forum, "Anna Kot")
        assert names(staff.get(f"{screen(forum)}?{asked}")) == ["Anna Kot"]

    def test_the_balance_sets_who_is_in_beside_who_applied(self, forum: EventPage, staff: Client) -> None:
        many(forum, 9)
        SeatLedger.objects.create(page=forum, seats=2)
        first = Registration.objects.get(number=1)
        decide(staff, forum, "offer", first)
        soup = BeautifulSoup(staff.get(screen(forum)).content.decode(), "html.parser")
        found = {
            row.th.text: [cell.text for cell in row("td")]  # type: ignore[union-attr]
            for row in soup.select(".selection__balances tbody tr")
        }
        assert found["mazowieckie"] == ["1", "3"]
        assert found["lubelskie"] == ["0", "3"]
        assert found["firma"] == ["1", "3"]
        assert found["tak"] == ["1", "5"]
        assert "Miejsca: 2, zajęte: 1, wolne: 1." in soup.text

    def test_twelve_hundred_cost_no_more_than_ten(
        self, forum: EventPage, staff: Client, django_assert_max_num_queries: Any
    ) -> None:
        many(forum, 10)
        for number in (3, 4):
            SupportNeeds.objects.create(registration=Registration.objects.get(number=number), diet="x")
        address = f"{screen(forum)}?q=osoba&pierwszy=tak"
        staff.get(address)
        with django_assert_max_num_queries(20) as few:
            staff.get(address)
        many(forum, 1190, start=10)
        with django_assert_max_num_queries(20) as all_of_them:
            page = staff.get(address)
        assert len(all_of_them) <= len(few)
        assert len(names(page)) == 50
        assert "600 zgłoszeń" in text_of(page)
        assert names(staff.get(f"{address}&p=2"))[0] == "Osoba 100"


class TestDecisions:
    def test_where_seats_run_out_it_is_said_who_got_none(self, forum: EventPage, staff: Client) -> None:
        rows = [apply(forum, name) for name in ("Anna Kot", "Jan Lis", "Ewa Sum", "Ola Żuk")]
        said = text_of(decide(staff, forum, "offer", *reversed(rows)))
        assert "Przyjęte osoby: 2." in said
        assert "Zabrakło miejsc, bez zmian zostają (2): Ewa Sum, Ola Żuk." in said
        assert states(forum) == {
            "Anna Kot": "offered", "Jan Lis": "offered", "Ewa Sum": "applied", "Ola Żuk": "applied",
        }  # fmt: skip
        assert taken(forum) == 2
        assert not OutboxMail.objects.exclude(kind="event-applied").exists(), "nobody is told yet"

    def test_the_deadline_is_the_end_of_the_chosen_day(self, forum: EventPage, staff: Client) -> None:
        row = apply(forum, "Anna Kot")
        field = BeautifulSoup(staff.get(screen(forum)).content.decode(), "html.parser").find(id="id_until")
        assert field is not None
        assert field["value"] == str(forum.confirm_by), "by default the page's"  # type: ignore[index]
        day = timezone.localdate() + timedelta(days=9)
        decide(staff, forum, "offer", row, until=day.isoformat())
        until = Registration.objects.get().offer_until
        assert until is not None
        local = timezone.localtime(until)
        assert (local.date(), local.hour, local.minute) == (day, 23, 59)

    @pytest.mark.parametrize(
        ("days", "said"),
        [(-1, "Ten dzień już minął"), (60, "zanim zacznie się wydarzenie"), (None, "Wpisz, do kiedy")],
    )
    def test_a_deadline_that_makes_no_sense(
        self, forum: EventPage, staff: Client, days: int | None, said: str
    ) -> None:
        row = apply(forum, "Anna Kot")
        until = "" if days is None else (timezone.localdate() + timedelta(days=days)).isoformat()
        answer = decide(staff, forum, "offer", row, until=until, reason="Zostaje „to” <b>")
        assert answer.status_code == 422
        assert said in text_of(answer)
        page = BeautifulSoup(answer.content.decode(), "html.parser")
        assert page.find(id="id_reason")["value"] == "Zostaje „to” <b>"  # type: ignore[index]
        assert page.find(id=f"c{row.pk}").has_attr("checked")  # type: ignore[union-attr]
        assert states(forum) == {"Anna Kot": "applied"}

    @pytest.mark.parametrize(
        "sent",
        [
            {"chosen": []}, {"chosen": ["x", "9" * 30, "-1"]}, {"act": "?"}, {"act": ""},
            {"reason": "x" * 201}, {"reason": "a\x00b"}, {"act": "offer", "until": "wczoraj"},
        ],
    )  # fmt: skip
    def test_nonsense_is_refused(self, forum: EventPage, staff: Client, sent: dict[str, Any]) -> None:
        row = apply(forum, "Anna Kot")
        answer = staff.post(screen(forum), {"act": "reject", "chosen": [row.pk]} | sent)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert states(forum) == {"Anna Kot": "applied"}

    def test_applications_of_another_event_are_not_touched(
        self, home: Any, forum: EventPage, staff: Client
    ) -> None:
        other = apply(event(home, mode="selection"), "Jan Lis")
        decide(staff, forum, "reject", other)
        assert Registration.objects.get().state == "applied"

    def test_a_decision_with_its_reason_is_kept_and_may_be_taken_back(
        self, forum: EventPage, staff: Client
    ) -> None:
        row = apply(forum, "Anna Kot")
        decide(staff, forum, "reject", row, reason="Za mało miejsc.")
        passage = RegistrationEvent.objects.first()
        assert passage is not None
        assert (passage.after, passage.reason, str(passage.user)) == (
            "rejected",
            "Za mało miejsc.",
            COORDINATION,
        )
        assert "Cofnięte decyzje: 1." in text_of(decide(staff, forum, "back", row, until=""))
        assert states(forum) == {"Anna Kot": "applied"}
        said = text_of(decide(staff, forum, "back", row))
        assert "bez zmian zostają (1): Anna Kot." in said

    def test_filters_stay_and_boxes_do_not(self, forum: EventPage, staff: Client) -> None:
        row = apply(forum, "Anna Kot")
        page = staff.get(f"{screen(forum)}?q=anna&zaznacz=tak").content.decode()
        assert BeautifulSoup(page, "html.parser").find(id=f"c{row.pk}").has_attr("checked")  # type: ignore[union-attr]
        answer = staff.post(
            f"{screen(forum)}?q=anna&zaznacz=tak",
            {"act": "wait", "chosen": [row.pk], "until": "", "reason": ""},
        )
        assert answer["Location"] == f"{screen(forum)}?q=anna"

    def test_nothing_is_decided_once_the_event_has_begun(self, forum: EventPage, staff: Client) -> None:
        row = apply(forum, "Anna Kot")
        EventPage.objects.filter(pk=forum.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
        assert decide(staff, forum, "reject", row).status_code == 422
        assert 'name="chosen"' not in staff.get(screen(forum)).content.decode()
        assert states(forum) == {"Anna Kot": "applied"}


class TestAnswers:
    def test_a_page_says_how_many_of_each_and_a_press_sends_them_once(
        self, forum: EventPage, staff: Client
    ) -> None:
        rows = [apply(forum, name) for name in ("Anna Kot", "Jan Lis", "Ewa Sum")]
        decide(staff, forum, "offer", rows[0])
        decide(staff, forum, "reject", *rows[1:])
        assert "Wyślij odpowiedzi (3)" in text_of(staff.get(screen(forum)))
        path = f"{screen(forum)}odpowiedzi/"
        page = BeautifulSoup(staff.get(path).content.decode(), "html.parser")
        counts = {row.th.text: row.td.text for row in page.select(".listing tbody tr")}  # type: ignore[union-attr]
        assert counts == {"Masz miejsce, potwierdź je": "1", "Tym razem bez miejsca": "2"}
        before = OutboxMail.objects.count()
        seen = page.find(attrs={"name": "seen"})["value"]  # type: ignore[index]
        assert OutboxMail.objects.count() == before, "looking sends nothing"
        assert "Wysłane odpowiedzi: 3." in text_of(staff.post(path, {"seen": seen}, follow=True))
        staff.post(path, {"seen": seen})
        assert OutboxMail.objects.count() == before + 3
        assert "Nikt nie czeka na odpowiedź" in text_of(staff.get(path))

    @pytest.mark.parametrize("seen", ["", "wczoraj", "2026-13-45T99:00", datetime(2026, 1, 1).isoformat()])
    def test_without_knowing_what_was_seen_nothing_is_sent(
        self, forum: EventPage, staff: Client, seen: str
    ) -> None:
        decide(staff, forum, "reject", apply(forum, "Anna Kot"))
        said = staff.post(f"{screen(forum)}odpowiedzi/", {"seen": seen}, follow=True)
        assert "Nic nie wysłano" in text_of(said)
        assert OutboxMail.objects.count() == 1


class TestWaysThere:
    def test_the_first_page_of_the_admin_has_the_numbers(self, forum: EventPage, staff: Client) -> None:
        rows = [apply(forum, name) for name in ("Anna Kot", "Jan Lis", "Ewa Sum")]
        Registration.objects.filter(pk=rows[2].pk).update(created_at=timezone.now() - timedelta(days=2))
        decide(staff, forum, "offer", rows[0])
        page = BeautifulSoup(staff.get("/admin/").content.decode(), "html.parser")
        link = page.find("a", href=screen(forum))
        assert link is not None
        row: Any = link.find_parent("tr")
        assert [cell.text for cell in row("td")][1:] == ["2", "2", "1", "1 z 2"]
        for group in Group.objects.exclude(name=COORDINATION).values_list("name", flat=True):
            assert "Forum w naborze" not in keeper(group).get("/admin/").content.decode()

    def test_events_that_are_over_or_that_nobody_wants_are_not_there(
        self, home: Any, forum: EventPage, staff: Client
    ) -> None:
        assert "Dziś przyszło" not in staff.get("/admin/").content.decode()
        apply(forum, "Anna Kot")
        assert "Dziś przyszło" in staff.get("/admin/").content.decode()
        EventPage.objects.filter(pk=forum.pk).update(starts_at=timezone.now() - timedelta(days=1))
        assert "Dziś przyszło" not in staff.get("/admin/").content.decode()

    def test_the_panel_is_one_question(
        self, home: Any, forum: EventPage, django_assert_num_queries: Any
    ) -> None:
        for number in range(4):
            apply(event(home, on=(forum.starts_at, forum.ends_at)), f"Osoba {number}")
        with django_assert_num_queries(1):
            assert len(panel.figures(timezone.now())) == 4

    def test_the_editor_of_a_selection_leads_there(
        self, home: Any, forum: EventPage, admin_client: Client
    ) -> None:
        edit = f"/admin/pages/{forum.pk}/edit/"
        assert screen(forum) in admin_client.get(edit).content.decode()
        assert screen(forum) in admin_client.get(f"/admin/pages/{forum.get_parent().pk}/").content.decode()
        assert screen(forum) not in keeper("Redakcja: prowadzący").get(edit).content.decode()
        signup = event(home)
        assert screen(signup) not in admin_client.get(f"/admin/pages/{signup.pk}/edit/").content.decode()
