"""Who of the staff looks after an entry, and how an entry gets another owner."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import registry as log_registry
from wagtail.models import Revision

from directory.models import EntryChange, EntryLink, FreshnessStep, Practitioner
from directory.self_service import freshness, holdings, ownership
from home.models.mail import OutboxMail
from tests.factories import PractitionerFactory

from .entry_forms import send
from .own_entry import ASK, ENTRY, ask, issued, text_of
from .standing import NOW
from .test_admin_practitioners import form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NEW, OLD = "nowa@example.org", "Halina@example.org"


def again(person: Practitioner) -> Practitioner:
    return Practitioner.objects.get(pk=person.pk)


def url(view: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_directory_practitioner:{view}", args=args)


def said(person: Practitioner) -> list[str]:
    return [str(entry.message) for entry in log_registry.get_logs_for_instance(person)]


@pytest.fixture
def keeper() -> User:
    user = User.objects.create_user("ewa", first_name="Ewa", last_name="Opiekuńcza")
    user.groups.add(Group.objects.get(name="Opieka nad bazą praktyków"))
    return user


@pytest.fixture
def desk(client: Client, keeper: User) -> Client:
    client.force_login(keeper)
    return client


def hand_over(person: Practitioner, address: str = NEW, user: Any = None) -> None:
    ownership.hand_over(practitioner=person, address=address, reason="Zmiana pracy.", now=NOW, user=user)


def test_a_guardian_is_set_on_a_page_and_kept_by_drafts(
    desk: Client, keeper: User, person: Practitioner
) -> None:
    User.objects.create_user("redaktor", last_name="Bezprawny")
    older = person.save_revision()
    page = text_of(desk.get(url("ownership", person.pk)))
    assert "Ewa Opiekuńcza" in page
    assert "Bezprawny" not in page
    answer = desk.post(url("ownership", person.pk), {"guardian": keeper.pk}, follow=True)
    assert "Wpisem opiekuje się ewa" in text_of(answer)
    assert again(person).guardian == keeper
    assert said(person) == ["Zmieniono opiekę nad wpisem"]
    Revision.objects.get(pk=older.pk).publish()
    assert again(person).guardian == keeper
    desk.post(url("ownership", person.pk), {"guardian": ""})
    assert again(person).guardian is None
    assert not OutboxMail.objects.exists()
    assert desk.post(url("ownership", person.pk), {"guardian": "999999"}).status_code == 200


def test_ones_own_people_are_a_filter(desk: Client, keeper: User) -> None:
    PractitionerFactory(name="Moja Osoba", guardian=keeper)
    PractitionerFactory(name="Niczyja Osoba")
    everybody = text_of(desk.get(url("list")))
    assert "Moja Osoba" in everybody
    assert "Niczyja Osoba" in everybody
    mine = text_of(desk.get(url("list_results") + "?opieka=moja"))
    assert "Moja Osoba" in mine
    assert "Niczyja Osoba" not in mine
    nobodys = text_of(desk.get(url("list_results") + "?opieka=niczyja"))
    assert "Moja Osoba" not in nobodys
    assert "Niczyja Osoba" in nobodys
    assert desk.get(url("list_results") + "?opieka=%00x").status_code == 200
    other = text_of(desk.get(url("list_results") + f"?guardian={keeper.pk}"))
    assert "Niczyja Osoba" not in other


def test_changes_of_ones_own_people_are_a_filter(desk: Client, keeper: User) -> None:
    for name, guardian in (("Moja Osoba", keeper), ("Niczyja Osoba", None)):
        person = PractitionerFactory(name=name, guardian=guardian)
        draft = again(person)
        draft.headline = "nowa"
        EntryChange.objects.create(
            practitioner=person, revision=draft.save_revision(), sent_at=NOW, fields=["headline"]
        )
    assert "Niczyja Osoba" in text_of(desk.get(reverse("entry_changes")))
    mine = text_of(desk.get(reverse("entry_changes_results") + "?opieka=moja"))
    assert "Moja Osoba" in mine
    assert "Niczyja Osoba" not in mine


def test_who_leaves_the_staff_leaves_entries_without_a_guardian(keeper: User) -> None:
    person = PractitionerFactory(guardian=keeper)
    keeper.delete()
    assert again(person).guardian is None


def test_handing_over_ends_all_doors_of_before(inside: Client, person: Practitioner) -> None:
    unused = issued(person)
    assert inside.get(ENTRY).status_code == 200
    hand_over(person)
    assert inside.get(ENTRY).status_code == 403
    assert Client().post(unused).status_code == 404
    ownership.hand_over(practitioner=person, address=OLD, reason="Pomyłka.", now=NOW, user=None)
    assert inside.get(ENTRY).status_code == 403, "not even when the address comes back"
    assert Client().post(unused).status_code == 410


def test_both_addresses_are_told_and_neither_learns_the_other(person: Practitioner) -> None:
    hand_over(person)
    old = OutboxMail.objects.get(recipient=OLD)
    new = OutboxMail.objects.get(recipient=NEW)
    assert NEW not in old.text
    assert "moj-wpis/odnosnik" not in old.text
    assert OLD not in new.text
    client = Client()
    path = new.text.split("/moj-wpis/odnosnik/")[1].split()[0]
    client.post(f"/moj-wpis/odnosnik/{path}", {"act": "open"})
    page = client.get("/moj-wpis/moje-dane/")
    assert page.status_code == 200
    assert OLD.lower() not in text_of(page).lower()
    assert "Zmiana pracy." in text_of(page)
    assert "Przekazano wpis: zmieniono adres e-mail" in said(person)


def test_links_go_to_the_new_address_only(client: Client, person: Practitioner) -> None:
    hand_over(person)
    OutboxMail.objects.all().delete()
    ask(client, OLD)
    assert not OutboxMail.objects.exists()
    client.post(ASK, {"email": NEW})
    assert OutboxMail.objects.get().recipient == NEW


def test_no_draft_brings_the_former_address_back(person: Practitioner) -> None:
    first = person.save_revision()
    own = Client()
    own.post(issued(person), {"act": "open"})
    send(own, person, headline="nowa")
    hand_over(person)
    draft: Any = again(person).latest_revision
    assert draft.content["email"] == NEW
    draft.publish()
    first.refresh_from_db()
    first.publish()
    assert again(person).email == NEW
    assert OLD not in str(holdings.as_data(again(person)))


def test_a_form_open_during_a_hand_over_brings_no_address_back(desk: Client, person: Practitioner) -> None:
    edit = url("edit", person.pk)
    assert OLD in desk.get(edit).content.decode()
    hand_over(person)
    answer = desk.post(edit, form(name=person.name, email=OLD, **{"action-publish": "1"}))
    assert answer.status_code == 302
    assert (again(person).email, again(person).headline) == (NEW, "mediatorka")
    latest: Any = again(person).latest_revision
    assert latest.content["email"] == NEW


def test_mails_that_wait_for_the_former_address_do_not_go(client: Client, person: Practitioner) -> None:
    ask(client, OLD)
    OutboxMail.objects.update(state=OutboxMail.State.WAITING, sent_at=None)
    hand_over(person)
    assert [mail.kind for mail in OutboxMail.objects.filter(recipient=OLD)] == ["entry-handed-over"]


def test_the_yearly_question_begins_anew(person: Practitioner) -> None:
    Practitioner.objects.filter(pk=person.pk).update(confirmed_at="2025-01-01")
    freshness.run(NOW)
    assert FreshnessStep.objects.get().step == "asked"
    hand_over(person)
    assert not FreshnessStep.objects.exists()
    freshness.run(NOW)
    assert FreshnessStep.objects.get().mail.recipient == NEW  # type: ignore[union-attr]


def test_an_entry_without_an_address_gets_one(person: Practitioner) -> None:
    Practitioner.objects.filter(pk=person.pk).update(email="")
    hand_over(again(person))
    assert OutboxMail.objects.get().recipient == NEW


def test_the_desk_asks_why_and_refuses_the_same_address(desk: Client, person: Practitioner) -> None:
    page = url("ownership", person.pk)
    for data, wrong in (
        ({"address": NEW}, "Podaj powód"),
        ({"address": "bez-małpy", "reason": "x"}, "poprawny"),
        ({"address": OLD.upper(), "reason": "x"}, "To jest już adres tego wpisu"),
        ({"address": NEW, "reason": "x" * 201}, "200"),
        ({"address": NEW, "reason": "a\x00b"}, ""),
    ):
        answer = desk.post(page, data)
        assert answer.status_code == 200
        assert wrong in text_of(answer)
    assert again(person).email == OLD
    assert not OutboxMail.objects.exists()
    assert "Zapisano" in text_of(desk.post(page, {"address": NEW, "reason": "Zmiana pracy."}, follow=True))
    assert again(person).email == NEW
    assert "To jest już adres" in text_of(desk.post(page, {"address": NEW, "reason": "Drugi raz."}))
    assert OutboxMail.objects.count() == 2
    with pytest.raises(ValidationError):
        hand_over(person)


def test_who_may_not_see_addresses_hands_nothing_over(client: Client, person: Practitioner) -> None:
    user = User.objects.create_user("pomoc")
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "change_practitioner"]))
    client.force_login(user)
    page = url("ownership", person.pk)
    assert 'name="address"' not in client.get(page).content.decode()
    client.post(page, {"guardian": user.pk, "address": NEW, "reason": "x"})
    assert (again(person).email, again(person).guardian) == (OLD, user)
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_practitioner"]))
    assert client.get(page).status_code == 302


def test_the_keepers_set_what_goes_live_at_once(desk: Client) -> None:
    page = desk.get(reverse("wagtailsettings:edit", args=["directory", "directorysettings"]), follow=True)
    assert page.status_code == 200
    assert "zmiany osób widoczne od razu" in text_of(page).lower()


def test_links_of_long_ago_are_ended_too(person: Practitioner) -> None:
    issued(person)
    hand_over(person)
    assert EntryLink.objects.filter(practitioner=person).usable(NOW).count() == 1, "the new owner's"
