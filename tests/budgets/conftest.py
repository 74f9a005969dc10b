from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from home.models import HomePage
from tests.factories import polish_home


@pytest.fixture(autouse=True)
def polish() -> Iterator[None]:
    """A request in English leaves its language behind in the thread."""
    with translation.override("pl"):
        yield


@pytest.fixture
def home(db: None) -> HomePage:
    return polish_home()
