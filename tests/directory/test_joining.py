"""Joining the base: the form in its steps, what is kept of it, and the link that makes a person of it."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from directory.joining import confirming, drafts, retention
from directory.joining.wording import WORDINGS
from directory.models import Consent, DirectoryPage, Erased, Practitioner, SignUp
from home.models.mail import OutboxMail
from search.indexing import flush
from tests.factories import MunicipalityFactory

from .joining_form import AGREED, CONSENT, DONE, EMAIL, SENT, START, WHAT, WHERE, WHO, WORK, fill, join
from .own_entry import text_of
from .standing import Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "base")]
STATES = SignUp.State


def stored(client: Client) -> SignUp:
    found = drafts.look_up(client.cookies[drafts.COOKIE].value)
    assert found
    return found


@pytest.mark.usefixtures("vocabulary")
def test_a_person_joins_and_waits_for_the_staff(client: Client) -> None:
    path = join(
        client,
        place={"voivodeship": "lubelskie", "works_in": ["slaskie"], "languages": ["pl"], "audiences": ["seniorzy"]},
        work=WORK | {"methods": ["panel-obywatelski", "world-cafe"], "topics": ["kultura"]},
        agreed=AGREED | {"newsletter": "on"},
    )  # fmt: skip
    assert not Practitioner.objects.exists()
    assert "Łucja Ćwiklińska" in text_of(client.get(path))
    assert not Practitioner.objects.exists(), "looking at the link does nothing"
    assert client.post(path)["Location"] == DONE
    assert "czeka na redakcję" in text_of(client.get(DONE))
    person = Practitioner.objects.get()
    assert (person.state, person.live, person.email) == ("moderation", False, EMAIL)
    assert (person.voivodeship, person.works_in, person.languages) == ("lubelskie", ["slaskie"], ["pl"])
    assert {term.slug for term in person.methods.all()} == {"panel-obywatelski", "world-cafe"}
    assert [term.slug for term in (*person.topics.all(), *person.audiences.all())] == ["kultura", "seniorzy"]
    assert [link.url for link in person.links.all()] == ["https://example.org/lucja"]
    assert person.latest_revision is not None
    assert not Practitioner.objects.visible("pl").exists()
    assert client.get(f"/baza-praktykow/{person.slug}/").status_code == 404


def test_each_consent_is_kept_with_its_text_its_time_and_its_way(client: Client, clock: Clock) -> None:
    sent_at = clock.now
    path = join(client, agreed=AGREED | {"mentoring": "on"})
    clock.forward(hours=5)
    client.post(path)
    consents = {consent.kind: consent for consent in Consent.objects.all()}
    assert consents.keys() == {"public_profile", "mentoring"}
    for kind, consent in consents.items():
        assert (consent.channel, consent.given_at) == ("form", sent_at), "when the person agreed"
        assert consent.text_version == WORDINGS[Consent.Kind(kind)].version


def test_the_wording_has_one_version() -> None:
    """Whoever changes a sentence that people agree to sees here that it needs a new version."""
    texts = {kind.value: (wording.version, str(wording.text)) for kind, wording in WORDINGS.items()}
    version = "dolacz-2026-11"
    assert texts == {
        "public_profile": (
            version,
            "Zgadzam się, żeby mój wpis był publiczny: każdy może go znaleźć i przeczytać",
        ),
        "mentoring": (version, "Zgadzam się, żeby zespół programu proponował mi prowadzenie mentoringu"),
        "newsletter": (version, "Chcę dostawać biuletyn programu na podany adres e-mail"),
    }


def test_without_consent_to_publish_nothing_is_sent(client: Client) -> None:
    answer = fill(client, agreed={"newsletter": "on"})
    assert answer.status_code == 422
    assert "Bez zgody na publikację nie możemy dodać wpisu." in text_of(answer)
    assert not OutboxMail.objects.exists()


def test_going_back_and_forth_loses_nothing(client: Client) -> None:
    client.post(START, WHO)
    back = client.post(
        WHERE, {"place": "Nie ma takiej", "voivodeship": "slaskie", "languages": ["csb"], "back": "1"}
    )
    assert back["Location"] == START
    first = client.get(START).content.decode()
    assert 'value="Łucja Ćwiklińska"' in first
    client.post(START, WHO | {"organisation": "Stół"})
    where = client.get(WHERE)
    assert 'value="Nie ma takiej"' in where.content.decode()
    assert "Nie znamy gminy o takiej nazwie" in text_of(where), "what is wrong is said where it is"
    assert '<option value="slaskie" selected' in where.content.decode()
    assert 'value="csb"' in where.content.decode().split("checked")[0].rsplit("<input", 1)[-1]


def test_a_step_cannot_be_jumped_over_and_nothing_is_lost_by_trying(client: Client) -> None:
    for path in (WHERE, WHAT, CONSENT, "/dolacz/strona/"):
        assert client.get(path)["Location"] == START
    assert client.post(WHAT, WORK)["Location"] == START
    client.post(START, WHO)
    assert client.get(CONSENT)["Location"] == WHERE
    client.post(WHERE, {"voivodeship": "lubelskie"})
    assert "Cztery narady o wodzie." in text_of(client.get(WHAT))
    assert client.get("/dolacz/nie-ma/").status_code == 404
    assert client.get("/dolacz/kim-jestes/")["Location"] == START


def test_the_summary_shows_the_card_and_the_page_shows_all(client: Client) -> None:
    client.post(START, WHO)
    client.post(WHERE, {"voivodeship": "lubelskie"})
    client.post(WHAT, WORK)
    summary = text_of(client.get(CONSENT))
    for text in ("Krok 4 z 4", "Łucja Ćwiklińska", "woj. lubelskie", "Cztery narady o wodzie.", EMAIL):
        assert text in summary
    page = text_of(client.get("/dolacz/strona/"))
    assert "<h1>Łucja" in page
    assert "example.org/lucja" in page
    assert EMAIL not in page


@pytest.mark.usefixtures("db")
class TestPlace:
    def where(self, client: Client, **typed: Any) -> Any:
        client.post(START, WHO)
        return client.post(WHERE, typed)

    def test_namesakes_are_told_apart_by_the_county(self, client: Client) -> None:
        town = MunicipalityFactory(
            teryt="9990101", name="Olszanica", slug="olszanica", county="pierwszy", voivodeship="slaskie"
        )
        MunicipalityFactory(teryt="9990102", name="Olszanica", slug="olszanica", county="drugi")
        MunicipalityFactory(teryt="9990103", name="Olszanica Górna", slug="olszanica-gorna")
        asked = self.where(client, place="olszanica")
        assert asked.status_code == 422
        text = text_of(asked)
        assert "pow. pierwszy" in text
        assert "pow. drugi" in text
        assert "Olszanica Górna" not in text
        assert self.where(client, place="Olszanica", place_code=town.pk).status_code == 302
        assert client.post(WHAT, WORK).status_code == 302
        assert "Olszanica, woj. śląskie" in text_of(client.get(CONSENT))

    def test_a_name_of_one_place_is_enough_and_brings_its_voivodeship(self, client: Client) -> None:
        MunicipalityFactory(name="Wólka Zmyślona", slug="wolka-zmyslona", voivodeship="podlaskie")
        assert self.where(client, place="wolka zmyslona", voivodeship="slaskie").status_code == 302
        client.post(WHAT, WORK)
        assert "Wólka Zmyślona, woj. podlaskie" in text_of(client.get(CONSENT))

    @pytest.mark.parametrize("place", ["Xyzzyq", "🙂", "\"%_'", "<script>", "-"])
    def test_a_place_that_is_not_known_is_said(self, client: Client, place: str) -> None:
        answer = self.where(client, place=place)
        assert answer.status_code == 422
        assert "Nie znamy gminy o takiej nazwie" in text_of(answer)

    def test_some_place_is_needed(self, client: Client) -> None:
        assert "Podaj gminę albo wybierz województwo." in text_of(self.where(client, languages=["pl"]))


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        (START, WHO | {"email": "nikt"}, "Adres e-mail"),
        (START, WHO | {"name": ""}, "To pole jest wymagane"),
        (START, WHO | {"name": "x" * 81}, "80"),
        (START, WHO | {"sector": "zmyslony"}, "Sektor"),
        (WHAT, {}, "Zaznacz choć jedną metodę albo temat"),
        (WHAT, WORK | {"links": "javascript:alert(1)"}, "To nie jest adres strony"),
        (WHAT, WORK | {"links": "\n".join(f"a{n}.pl" for n in range(6))}, "najwyżej 5 adresów"),
        (WHAT, WORK | {"methods": ["nie-ma-takiej"]}, "nie-ma-takiej"),
        (WHAT, {"experience": "x" * 5001}, "5000"),
        (WHAT, {"experience": "Piszcie: anna@example.org"}, "Usuń stąd adres e-mail albo numer telefonu"),
        (START, WHO | {"headline": "dzwoń: 600 700 800"}, "Usuń stąd adres e-mail albo numer telefonu"),
        (WHERE, {"voivodeship": "atlantyda"}, "atlantyda"),
    ],
)
def test_what_is_wrong_is_said(client: Client, step: str, typed: Any, said: str) -> None:
    for path, answers in ((START, WHO), (WHERE, {"voivodeship": "lubelskie"})):
        client.post(path, answers)
    answer = client.post(step, typed)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "Popraw te miejsca" in text_of(answer)


@pytest.mark.parametrize("evil", ["a\0b", "<script>alert(1)</script>", "🙂", "%s \" ' \\", "\u202egnp.exe"])
def test_strange_signs_do_no_harm(client: Client, evil: str) -> None:
    path = join(
        client,
        who={"name": f"Anna {evil}", "headline": evil + "xx"},
        work={"experience": f"Narada {evil}"},
    )
    for page in (path, CONSENT, START):
        assert "<script>alert" not in client.get(page).content.decode()
    client.post(path)
    assert Practitioner.objects.get().name.startswith("Anna")


def test_the_trap_for_machines_is_said_and_keeps_nothing(client: Client) -> None:
    answer = client.post(START, WHO | {"website": "http://spam.example"})
    assert answer.status_code == 422
    assert 'value="Łucja Ćwiklińska"' in answer.content.decode()
    assert not SignUp.objects.exists()


def test_pages_are_private(client: Client) -> None:
    client.post(START, WHO)
    for path in (START, WHERE, SENT, DONE, "/en/dolacz/"):
        page = client.get(path)
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        assert page["X-Robots-Tag"].startswith("noindex")
    cookie = client.cookies[drafts.COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie.value.split(".")[0] not in str(SignUp.objects.values().get())


def test_another_browser_sees_nothing_of_it(client: Client) -> None:
    client.post(START, WHO)
    other = Client()
    for secret in ("", "x", "a.b", client.cookies[drafts.COOKIE].value[:-1] + "x"):
        other.cookies[drafts.COOKIE] = secret
        assert "Ćwiklińska" not in other.get(START).content.decode()


def test_what_was_typed_can_be_removed(client: Client) -> None:
    client.post(START, WHO)
    assert client.get("/dolacz/usun/").status_code == 405
    answer = client.post("/dolacz/usun/", follow=True)
    assert "Usunęliśmy wszystko" in text_of(answer)
    assert "Ćwiklińska" not in text_of(answer)
    assert not SignUp.objects.exists()


def test_two_tabs_keep_each_others_steps(client: Client) -> None:
    client.post(START, WHO)
    draft = stored(client)
    client.post(WHERE, {"voivodeship": "lubelskie"})
    client.post(WHAT, WORK)
    client.post(START, WHO | {"name": "Łucja Nowa"})
    draft.refresh_from_db()
    assert draft.data["co-robisz"]["experience"] == WORK["experience"]
    assert draft.data["kim-jestes"]["name"] == "Łucja Nowa"


class TestLink:
    def test_it_works_once(self, client: Client) -> None:
        path = join(client)
        client.post(path)
        again = client.post(path)
        assert again.status_code == 410
        assert "Tego odnośnika już użyto" in text_of(again)
        assert Practitioner.objects.count() == 1

    def test_it_is_good_for_three_days(self, client: Client, clock: Clock) -> None:
        path = join(client)
        clock.forward(hours=71)
        assert client.get(path).status_code == 200
        clock.forward(hours=2)
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code == 410
            assert "stracił ważność" in text_of(answer)
        assert not Practitioner.objects.exists()

    @pytest.mark.parametrize("token", ["abc", "a.b", "%00", "🙂", "x" * 2000])
    def test_a_forged_one_opens_nothing(self, client: Client, token: str) -> None:
        join(client)
        assert client.post(f"/dolacz/potwierdzenie/{token}/").status_code == 404
        assert not Practitioner.objects.exists()

    def test_the_cookie_of_the_form_is_no_link(self, client: Client) -> None:
        client.post(START, WHO)
        secret = client.cookies[drafts.COOKIE].value
        assert client.post(f"/dolacz/potwierdzenie/{secret}/").status_code == 404

    def test_afterwards_only_the_person_holds_what_was_typed(self, client: Client) -> None:
        client.post(join(client))
        sign_up = SignUp.objects.get()
        assert (sign_up.state, sign_up.data) == (STATES.MODERATION, {})
        assert sign_up.practitioner == Practitioner.objects.get()
        assert "/potwierdzenie/" not in OutboxMail.objects.get(kind="join-confirm").text


def test_sending_twice_is_one_mail_and_the_same_answer(client: Client) -> None:
    client.post(START, WHO)
    other = Client()
    other.cookies = copy.deepcopy(client.cookies)
    first = fill(client)
    assert (first.status_code, first["Location"]) == (302, SENT)
    for path, typed in ((CONSENT, AGREED), (WHAT, WORK)):
        second = other.post(path, typed)
        assert (second.status_code, second["Location"]) == (302, SENT)
    assert OutboxMail.objects.count() == SignUp.objects.count() == 1
    assert "Ćwiklińska" not in client.get(START).content.decode()
    assert client.post(START, WHO)["Location"] == WHERE, "the first step begins anew"
    assert SignUp.objects.count() == 2


def test_an_address_gets_three_mails_a_day_and_nothing_typed_is_lost(client: Client, clock: Clock) -> None:
    for _n in range(confirming.PER_ADDRESS.most):
        assert fill(client)["Location"] == SENT
    refused = fill(client)
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert "Na ten adres wysłaliśmy już dziś kilka listów" in text_of(refused)
    assert "Cztery narady o wodzie." in text_of(client.get(WHAT))
    assert OutboxMail.objects.count() == confirming.PER_ADDRESS.most
    clock.forward(days=1)
    assert client.post(CONSENT, AGREED)["Location"] == SENT


def test_a_network_is_told_to_wait_and_others_are_not() -> None:
    for number in range(confirming.PER_NETWORK.most):
        fill(Client(), who={"email": f"o{number}@example.org"}, REMOTE_ADDR="192.0.2.1")
    stopped = fill(Client(), who={"email": "inna@example.org"}, REMOTE_ADDR="192.0.2.1")
    assert stopped.status_code == 429
    assert "Z Twojej sieci" in text_of(stopped)
    assert fill(Client(), REMOTE_ADDR="192.0.2.9")["Location"] == SENT


def test_who_was_erased_may_come_back_by_themselves(client: Client) -> None:
    Erased.objects.remember("stary-numer", EMAIL)
    client.post(join(client))
    assert Erased.objects.among([EMAIL, "stary-numer"]) == {"stary-numer"}


class TestForgetting:
    def test_an_unfinished_form_after_seven_days(self, client: Client, clock: Clock) -> None:
        client.post(START, WHO)
        clock.forward(days=6)
        client.post(WHERE, {"voivodeship": "lubelskie"})
        retention.erase_old(clock.now + timedelta(days=6, hours=23))
        assert SignUp.objects.count() == 1, "counted from the last change"
        retention.erase_old(clock.now + timedelta(days=7))
        assert not SignUp.objects.exists()
        assert "Ćwiklińska" not in client.get(START).content.decode()

    def test_what_was_not_confirmed_and_its_mail(self, client: Client, clock: Clock) -> None:
        join(client)
        retention.erase_old(clock.now + timedelta(days=2, hours=23))
        assert SignUp.objects.exists()
        retention.erase_old(clock.now + timedelta(days=3))
        assert not SignUp.objects.exists()
        retention.erase_old(clock.now + timedelta(days=7))
        assert not OutboxMail.objects.exists()

    def test_who_was_confirmed_stays(self, client: Client, clock: Clock) -> None:
        client.post(join(client))
        retention.erase_old(clock.now + timedelta(days=400))
        assert Practitioner.objects.count() == SignUp.objects.count() == 1


def test_nobody_finds_who_waits(client: Client) -> None:
    client.post(join(client))
    flush("default")
    for asked in ("narady", "Ćwiklińskiej", ""):
        found = client.get("/baza-praktykow/", {"q": asked})
        assert "Łucja" not in found.content.decode()


def test_the_way_in_is_where_people_look(client: Client, base: DirectoryPage) -> None:
    for path in (base.url, "/moj-wpis/"):
        assert f'href="{START}"' in client.get(path).content.decode()
