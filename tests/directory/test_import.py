"""What an import does to the base, and what it leaves alone."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import registry as log_registry
from wagtail.models import ReferenceIndex

from directory import importing
from directory.importing import storing
from directory.importing.planning import Plan
from directory.importing.report import Report
from directory.models import Consent, Erased, FormerSlug, Method, Practitioner, PractitionerLink, Topic
from directory.models.imports import ImportRow, ImportRun
from search.faceted import faceted
from tests.factories import PractitionerFactory

from .people_files import people

pytestmark = pytest.mark.django_db

SIXTY = Path("site/przestrzen/demo/pl/practitioners.csv")


def notes(report: Report) -> list[str]:
    return [" ".join(row.notes) for row in report.rows]


def outcomes(report: Report) -> list[str]:
    return [row.outcome for row in report.rows]


def one(public_id: str = "t1") -> Practitioner:
    return Practitioner.objects.get(public_id=public_id)


def test_sixty_people_are_stored_with_all_their_cells_and_found(
    django_capture_on_commit_callbacks: object,
) -> None:
    with django_capture_on_commit_callbacks(execute=True), SIXTY.open("rb") as file:  # type: ignore[operator]
        report = importing.run(file, create_terms=True)
    assert (report.created, report.updated, report.unchanged, report.refused) == (60, 0, 0, 0)
    assert Practitioner.objects.visible().count() == 60
    person = one("s002")
    assert person.headline == "hydrolog i moderator"
    assert [link.url for link in person.links.all()] == ["https://example.org/nad-wisla"]
    assert {term.name for term in person.methods.all()} == {"konsultacje społeczne", "spacer badawczy"}
    assert person.municipality
    assert person.municipality.name == "Świecie"
    assert person.email == "radoslaw.zajac@example.org"
    found = faceted(Practitioner.objects.visible(), "słubickie konsultacje")
    assert [hit.object.name for hit in found.hits] == ["Bernard Orzeł"]
    with SIXTY.open("rb") as file:
        again = importing.run(file)
    assert (again.created, again.updated, again.unchanged, again.refused) == (0, 0, 60, 0)


def test_reading_changes_nothing_until_it_is_stored() -> None:
    staging = importing.staged(people({"methods": "nowa metoda"}), create_terms=True)
    assert Report(staging).created == 1
    assert not Practitioner.objects.exists()
    assert not Method.objects.exists()
    assert not Consent.objects.exists()
    importing.store(staging)
    assert one().methods.get().name == "nowa metoda"


def test_consent_is_recorded_as_given_by_the_file() -> None:
    importing.run(people({}))
    consent = Consent.objects.get()
    assert (consent.channel, consent.kind, consent.text_version) == ("import", "public_profile", "2026-11")
    assert one().state == "live"


def test_an_empty_cell_keeps_the_old_value(vocabulary: None) -> None:
    importing.run(
        people({"position": "mediatorka", "topics": "kultura", "website": "example.org", "mentor": "tak"})
    )
    report = importing.run(people({"organisation": "Fundacja"}))
    assert outcomes(report) == ["updated"]
    assert "organizacja" in notes(report)[0]
    person = one()
    assert (person.headline, person.organisation, person.is_mentor) == ("mediatorka", "Fundacja", True)
    assert person.topics.get().name == "kultura"
    assert person.links.get().url == "https://example.org"


def test_unknown_words_are_named_with_the_nearest_known(vocabulary: None) -> None:
    report = importing.run(
        people(
            {
                "methods": "panel obywatelsky;Kawiarenka Obywatelska;qqqq",
                "sector": "frima",
                "languages": "polski;elficki",
            }
        )
    )
    said = notes(report)[0]
    assert "„panel obywatelsky”. Może: „panel obywatelski”?" in said
    assert "„qqqq”." in said
    assert "elficki" in said
    assert "Może: „firma”" in said
    person = one()
    assert [term.name for term in person.methods.all()] == ["world café"]
    assert person.languages == ["pl"]


def test_a_word_near_another_name_suggests_its_term(vocabulary: None) -> None:
    assert "Może: „world café”" in notes(importing.run(people({"methods": "kawiarenki obywatelskie"})))[0]


def test_the_file_may_add_words_once(vocabulary: None) -> None:
    importing.run(people({"topics": "łąki"}, {"topics": "Łąki;kultura"}), create_terms=True)
    assert Topic.objects.filter(slug="laki").count() == 1
    assert {term.slug for term in one("t2").topics.all()} == {"laki", "kultura"}


@pytest.mark.parametrize(
    ("row", "teryt", "said"),
    [
        ({"municipality": "Oława", "voivodeship": "dolnośląskie"}, "0215011", "wzięto miasto"),
        ({"municipality": "Czarna", "voivodeship": "podkarpackie"}, None, "3 gminy wiejskie tej nazwy. Podaj kod"),
        ({"municipality": "Oława", "voivodeship": "dolnośląskie", "teryt": "0215042"}, "0215042", ""),
        ({"teryt": "215042"}, "0215042", ""),
        ({"teryt": "0000000", "municipality": "Łódź"}, "1061011", "Nie ma gminy o kodzie"),
        ({"municipality": "lodz", "voivodeship": "woj. łódzkie"}, "1061011", ""),
        ({"municipality": "Oława", "voivodeship": "mazowieckie"}, None, "jest w: dolnoslaskie"),
        ({"municipality": "Krakuw", "voivodeship": "małopolskie"}, None, "Może: „Kraków”"),
        ({"municipality": "Dobre"}, None, "podaj województwo albo kod TERYT"),
    ],
)  # fmt: skip
def test_which_municipality_is_meant(row: dict[str, str], teryt: str | None, said: str) -> None:
    report = importing.run(people(row, teryt=True))
    assert one().municipality_id == teryt
    assert said in notes(report)[0]
    if teryt:
        assert one().municipality
        assert one().voivodeship == one().municipality.voivodeship  # type: ignore[union-attr]


def test_a_municipality_corrected_by_hand_survives_a_namesake() -> None:
    row = {"municipality": "Oława", "voivodeship": "dolnośląskie"}
    importing.run(people(row))
    Practitioner.objects.update(municipality="0215042")
    assert outcomes(importing.run(people(row))) == ["unchanged"]
    assert one().municipality_id == "0215042"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": ""}, "Brak identyfikatora"),
        ({"id": "a b"}, "Identyfikator"),
        ({"id": "x" * 41}, "Identyfikator"),
        ({"name": ""}, "imię i nazwisko"),
        ({"name": "x" * 81}, "81 znaków, a może mieć 80"),
        ({"bio": "x" * 3001}, "3001"),
        ({"bio": "Piszcie: jan@example.org"}, "W kolumnie bio jest adres e-mail albo numer telefonu"),
        (
            {"position": "mediator, tel. 600-700-800"},
            "W kolumnie position jest adres e-mail albo numer telefonu",
        ),
        ({"email": "nie-adres"}, "adres e-mail"),
        ({"website": "javascript:alert(1)"}, "adres strony"),
        ({"website": "http://"}, "adres strony"),
    ],
)
def test_a_row_that_cannot_be_stored_is_refused_alone(row: dict[str, str], said: str) -> None:
    report = importing.run(people(row, {}))
    assert outcomes(report) == ["refused", "created"]
    assert said in notes(report)[0]
    assert Practitioner.objects.count() == 1


def test_the_second_row_of_an_id_is_refused_also_in_another_chunk() -> None:
    rows = [{"id": "same"}, *({} for _n in range(250)), {"id": "same", "name": "Inna"}]
    report = importing.run(people(*rows))
    assert (report.created, report.refused) == (251, 1)
    assert "w linii 2" in list(report.rows)[-1].notes[0]
    assert one("same").name == "Osoba 1"


def test_erased_people_stay_erased() -> None:
    Erased.objects.remember("t1", "b@example.org")
    report = importing.run(people({}, {"email": "B@example.org"}, {}))
    assert outcomes(report) == ["refused", "refused", "created"]
    assert not ImportRow.objects.filter(outcome="refused").exclude(data={}).exists()


def test_people_who_left_are_not_brought_back_and_hidden_ones_stay_hidden() -> None:
    PractitionerFactory(public_id="t1", state="withdrawn", state_reason="prośba")
    PractitionerFactory(public_id="t2", state="hidden", state_reason="skarga")
    gone = PractitionerFactory(public_id="t3")
    gone.consents.update(withdrawn_at=timezone.now())
    PractitionerFactory(public_id="t4", locked=True)
    report = importing.run(people({}, {}, {}, {}))
    assert outcomes(report) == ["refused", "updated", "refused", "refused"]
    assert one("t2").state == "hidden"
    assert "zostaje" in notes(report)[1]


def test_namesakes_get_numbered_addresses_and_old_ones_lead_on() -> None:
    PractitionerFactory(public_id="x", name="Anna Nowak")
    FormerSlug.objects.create(slug="anna-nowak-2", practitioner=one("x"))
    importing.run(people(*({"name": "Anna Nowak"} for _n in range(15)), {"name": "Żaneta Łoś"}))
    slugs = [person.slug for person in Practitioner.objects.order_by("pk")]
    assert slugs == ["anna-nowak", *(f"anna-nowak-{n}" for n in range(3, 18)), "zaneta-los"]
    importing.run(people({"id": "t16", "name": "Żaneta Kos"}))
    assert one("t16").slug == "zaneta-kos"
    assert FormerSlug.objects.filter(slug="zaneta-los", practitioner=one("t16")).exists()


def test_a_waiting_draft_keeps_its_own_changes_and_gets_those_of_the_file() -> None:
    importing.run(people({"position": "stare", "organisation": "stara"}))
    draft = one()
    draft.headline = "szkic"
    draft.save_revision()
    report = importing.run(people({"organisation": "nowa"}))
    assert "szkic" in notes(report)[0]
    assert (one().headline, one().organisation) == ("stare", "nowa")
    one().latest_revision.publish()
    assert (one().headline, one().organisation) == ("szkic", "nowa")


def test_links_one_for_one_are_replaced_and_others_kept() -> None:
    importing.run(people({"website": "example.org/a"}))
    importing.run(people({"website": "example.org/b"}))
    assert [link.url for link in one().links.all()] == ["https://example.org/b"]
    importing.run(people({"website": "example.org/b https://example.org/c"}))
    importing.run(people({"website": "example.org/d"}))
    assert [link.url[-1] for link in one().links.all()] == ["b", "c", "d"]


def test_it_is_in_the_history() -> None:
    importing.run(people({}))
    (entry,) = log_registry.get_logs_for_instance(one())
    assert entry.action == "directory.import"
    assert entry.message == "Zapisano z pliku"


def test_an_interrupted_store_goes_on_where_it_stopped() -> None:
    staging = importing.staged(people(*({} for _n in range(450))))

    def stop(done: int, total: int | None) -> None:
        assert total == 450
        if done >= 200:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.store(staging, progress=stop)
    assert Practitioner.objects.count() == 200
    report = importing.store(staging)
    assert Practitioner.objects.count() == 450
    assert report.created == 450
    assert not staging.rows.exclude(data={}).exists()


def test_a_chunk_that_breaks_is_stored_whole_later(monkeypatch: pytest.MonkeyPatch) -> None:
    staging = importing.staged(people(*({"website": "example.org"} for _n in range(120))))
    done = storing.note_index

    def break_down(plans: list[Plan]) -> None:
        if Practitioner.objects.count() > 50:
            raise RuntimeError("power cut")
        done(plans)

    monkeypatch.setattr(storing, "note_index", break_down)
    with pytest.raises(RuntimeError):
        importing.store(staging)
    assert Practitioner.objects.count() == Consent.objects.count() == 50
    monkeypatch.undo()
    assert importing.store(staging).created == 120
    assert Practitioner.objects.count() == Consent.objects.count() == PractitionerLink.objects.count() == 120


def test_people_of_a_file_are_in_wagtails_reference_index() -> None:
    row = {"municipality": "Łódź", "voivodeship": "łódzkie"}

    def references() -> list[tuple[object, ...]]:
        return sorted(
            ReferenceIndex.objects.filter(base_content_type__model="practitioner").values_list(
                "content_type", "object_id", "to_object_id", "model_path", "content_path", "content_path_hash"
            )
        )

    importing.run(people(row, row, {}))
    importing.run(people({}, {"municipality": "Oława", "voivodeship": "dolnośląskie"}))
    written = references()
    assert [to for _type, _object, to, *_paths in written] == ["1061011", "0215011"]
    for person in Practitioner.objects.all():
        ReferenceIndex.create_or_update_for_object(person)
    assert references() == written  # what Wagtail itself would have written


def test_a_broken_file_leaves_no_staging() -> None:
    broken = people(*({} for _n in range(300))).getvalue() + b"\xff\xff,x\n"
    with pytest.raises(importing.FileProblem, match="Linia 302"):
        importing.run(io.BytesIO(broken))
    assert not ImportRun.objects.exists()
    assert not Practitioner.objects.exists()


def test_it_may_run_inside_a_transaction_that_is_undone() -> None:
    with transaction.atomic():
        assert importing.run(people({}, {})).created == 2
        transaction.set_rollback(True)
    assert not Practitioner.objects.exists()


def test_staging_is_erased_after_a_day() -> None:
    importing.staged(people({}))
    now = timezone.now()
    assert importing.erase_stale_staging(now + timedelta(hours=23)) == 0
    assert importing.erase_stale_staging(now + timedelta(hours=25)) == 1
    assert not ImportRow.objects.exists()


def test_queries_do_not_grow_with_the_rows(django_assert_max_num_queries: object) -> None:
    file = people(
        *({"name": "Jan Kos", "email": f"a{n}@example.org", "website": "example.org"} for n in range(25))
    )
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        assert importing.run(file).created == 25
