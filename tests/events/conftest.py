from __future__ import annotations

import pytest

from home.models import HomePage
from tests.factories import polish_home


@pytest.fixture
def home(db: None) -> HomePage:
    return polish_home()
