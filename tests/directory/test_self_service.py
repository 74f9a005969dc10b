"""A person and their own entry: what they may do there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from wagtail.log_actions import registry as log_registry

from directory.models import DirectoryPage, EntryLink, Practitioner
from directory.self_service import acts, links
from home.models.mail import OutboxMail
from tests.factories import PractitionerFactory

from .own_entry import ASK, ENTRY, ask, do, issued, mailed, text_of
from .standing import NOW, Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_nothing_changes_by_looking(inside: Client, person: Practitioner) -> None:
    before = Practitioner.objects.values().get()
    for path in (
        "",
        "wpis/?act=pause",
        "wycofaj/?reason=x",
        "moje-dane/",
        "moje-dane.json",
        "usun/",
        "wyslane/",
    ):
        inside.get(ASK + path)
    assert inside.get("/moj-wpis/koniec/").status_code == 405
    assert Practitioner.objects.values().get() == before
    assert inside.get(ENTRY).status_code == 200


def test_forms_are_protected_from_other_sites(person: Practitioner) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(issued(person)).status_code == 403
    assert strict.post(ASK, {"email": person.email}).status_code == 403
    assert EntryLink.objects.get().used_at is None


def test_confirming_is_one_button(inside: Client, person: Practitioner) -> None:
    person.headline = "szkic"
    person.save_revision()
    page = do(inside, person, "confirm")
    assert "Zapisaliśmy, że dane są aktualne." in text_of(page)
    assert "potwierdzono w listopadzie 2026" in text_of(page)
    assert "potwierdzono w listopadzie 2026" in text_of(inside.get(person.get_absolute_url()))
    person.refresh_from_db()
    assert person.headline == ""
    person.latest_revision.publish()  # an older draft does not take the day back
    person.refresh_from_db()
    assert (person.headline, str(person.confirmed_at)) == ("szkic", "2026-11-23")
    (entry,) = [e for e in log_registry.get_logs_for_instance(person) if e.action == "directory.confirm"]
    assert (entry.user, entry.message) == (None, "Osoba potwierdziła dane sama")


def test_pausing_hides_at_once_and_one_button_brings_back(inside: Client, person: Practitioner) -> None:
    address = person.get_absolute_url()
    page = do(inside, person, "pause")
    assert "Wpis jest wstrzymany: nikt poza zespołem" in text_of(page)
    assert "Wszystko się zgadza" not in text_of(page)
    assert Client().get(address).status_code == 404
    assert "Wpis jest znowu w bazie" in text_of(do(inside, person, "show"))
    assert Client().get(address).status_code == 200
    said = {str(entry.message) for entry in log_registry.get_logs_for_instance(person)}
    assert "Osoba sama zmieniła stan: z „w bazie” na „wstrzymany przez osobę”" in said


def test_withdrawing_asks_why(inside: Client, person: Practitioner) -> None:
    address = person.get_absolute_url()
    empty = do(inside, person, "", "/moj-wpis/wycofaj/", reason=" ")
    assert empty.status_code == 422
    long = do(inside, person, "", "/moj-wpis/wycofaj/", reason="dużo słów " * 30)
    assert long.status_code == 422
    assert "dużo słów" in text_of(long)
    assert do(inside, person, "", "/moj-wpis/wycofaj/", reason="a\x00b").status_code == 422
    assert Client().get(address).status_code == 200
    page = do(inside, person, "", "/moj-wpis/wycofaj/", reason="Odchodzę na emeryturę 🙂")
    assert "Wpis jest wycofany z bazy." in text_of(page)
    assert Client().get(address).status_code == 410
    person.refresh_from_db()
    assert (person.state, person.state_reason) == ("withdrawn", "Odchodzę na emeryturę 🙂")
    assert do(inside, person, "", "/moj-wpis/wycofaj/", reason="znowu").status_code == 409


@pytest.mark.parametrize("state", ["hidden", "withdrawn", "moderation", "unconfirmed"])
def test_what_the_staff_decided_is_not_undone(inside: Client, person: Practitioner, state: str) -> None:
    Practitioner.objects.filter(pk=person.pk).update(state=state, state_reason="skarga")
    for act in ("show", "confirm", "pause", "bzdura", "", "\x00"):
        assert "Tego nie da się teraz zrobić" in text_of(do(inside, person, act))
    person.refresh_from_db()
    assert (person.state, person.confirmed_at) == (state, None)
    assert "skarga" not in text_of(inside.get(ENTRY))


def test_a_form_of_another_entry_changes_neither(inside: Client, person: Practitioner) -> None:
    """Two entries opened in two tabs of one browser: the older tab's buttons must not act on the newer entry."""
    other = PractitionerFactory(name="Jan Wrona", email="jan@example.org")
    inside.post(issued(other))
    for path in ("wpis/", "usun/", "wycofaj/", "koniec/"):
        answer = inside.post(ASK + path, {"entry": person.public_id, "act": "pause", "reason": "x"})
        assert answer.status_code == 409
        assert "otwarto inny wpis" in text_of(answer)
    assert set(Practitioner.objects.values_list("state", flat=True)) == {"live"}
    assert "Jan Wrona" in text_of(inside.get(ENTRY))


def test_confirming_twice_at_once_is_no_error(person: Practitioner) -> None:
    stale = Practitioner.objects.get()
    acts.confirm(practitioner=person, now=NOW)
    acts.confirm(practitioner=stale, now=NOW)
    assert str(Practitioner.objects.get().confirmed_at) == "2026-11-23"


def test_a_used_or_old_link_is_struck_out_of_the_kept_mail(
    client: Client, person: Practitioner, clock: Clock
) -> None:
    ask(client, person.email)
    token = mailed().split("/")[-2]
    ask(client, person.email)
    links.clear(clock.now)
    assert OutboxMail.objects.filter(text__contains=token).exists()
    clock.forward(hours=1)
    client.post(f"/moj-wpis/odnosnik/{token}/")
    assert not OutboxMail.objects.filter(text__contains=token).exists()
    second = mailed().split("/")[-2]
    assert len(second) > 20
    clock.forward(hours=24)
    links.clear(clock.now)
    assert not OutboxMail.objects.filter(text__contains=second).exists()
    assert EntryLink.objects.count() == 2
    links.clear(clock.now + timedelta(days=120))
    assert not EntryLink.objects.exists()


def test_the_base_leads_here_and_english_works(
    client: Client, english_base: DirectoryPage, person: Practitioner
) -> None:
    assert f'href="{ASK}"' in client.get("/baza-praktykow/").content.decode()
    assert client.get("/en/moj-wpis/").status_code == 200
    client.post("/en/moj-wpis/", {"email": person.email})
    assert mailed().startswith("/en/moj-wpis/")
    assert client.post(mailed(), follow=True).status_code == 200
