"""What the fields of a model are to a question, on every engine. Stock defect 9."""

from __future__ import annotations

from typing import Any

import pytest
from modelsearch import index

from directory.models import Practitioner
from search.backends.database import DatabaseSearchBackend
from search.backends.elasticsearch import ElasticsearchBackend
from search.documents import document
from tests.factories import PractitionerFactory
from tests.search.conftest import Engine

# A transaction a test, inside the one that holds the collection for the whole module.
pytestmark = pytest.mark.django_db


def found(text: str, **more: object) -> list[str]:
    return [person.public_id for person in Practitioner.objects.all().search(text, **more)]


def test_a_question_without_fields_knows_polish_and_weighs_each_field(engine: Engine) -> None:
    """Stock defect 9: it went to one field for everything, whose analyzer could not be set."""
    teller = PractitionerFactory(public_id="z1", name="Jan Inny", biography="Wrona siedziała na płocie.")
    worker = PractitionerFactory(public_id="z2", name="Ewa Inna", headline="opiekunka wron")
    engine.wrote(teller, worker)
    assert found("wroną") == ["c01", "z2", "z1"], "a name, then what somebody does, then a biography"
    assert found("wroną", fields=["biography"]) == ["z1"]
    assert set(found("wroną", fields=["biography", "headline"])) == {"z1", "z2"}
    assert found("siedziala")[0] == "z1", "without diacritics too"


class Loud(index.SearchField):
    """Another SearchField of its own kind."""


def test_two_search_fields_of_one_model_field_stand_side_by_side(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stock defect 9: the second one took the first one's column."""
    quiet = PractitionerFactory(public_id="z1", name="Jan Inny", biography="Puszczyk")
    engine.wrote(quiet)
    monkeypatch.setattr(
        Practitioner, "search_fields", [*Practitioner.search_fields, Loud("biography", boost=6)]
    )
    loud: Any = PractitionerFactory(public_id="z2", name="Ewa Inna", biography="Puszczyk")
    engine.wrote(loud)
    keys = document(loud).keys
    assert keys["a"].count("puszczyk") == keys["d"].count("puszczyk") == 1
    assert found("puszczyka") == ["z2", "z1"], "both fields count"
    assert set(found("puszczyka", fields=["biography"])) == {"z1", "z2"}
    assert found("puszczyka", fields=["headline"]) == []
    assert found("Wrona") == ["c01"], "other fields are as they were"


@pytest.mark.parametrize("backend", [DatabaseSearchBackend, ElasticsearchBackend])
def test_search_and_autocomplete_share_one_compiler_and_no_mapping(
    backend: type[DatabaseSearchBackend] | type[ElasticsearchBackend],
) -> None:
    """Stock defect 9: each compiler held a mapping of its own, so that a changed field was changed for one of them."""
    searching, completing = backend.query_compiler_class, backend.autocomplete_query_compiler_class
    assert completing.__mro__[1] is searching
    assert {name for name in vars(completing) if name[0] != "_"} == {"autocomplete"}
    assert not hasattr(searching, "mapping_class")
