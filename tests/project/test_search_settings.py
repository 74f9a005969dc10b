"""The search engine's settings: what they take, and that a wrong one stops the start with its name."""

from __future__ import annotations

import importlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from django.views.debug import SafeExceptionReporterFilter

from przestrzen.settings import search


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The engine's settings under an environment."""

    def read(**variables: str) -> dict[str, Any]:
        for name, value in variables.items():
            monkeypatch.setenv(f"ELASTICSEARCH_{name}", value)
        backends: dict[str, Any] = importlib.reload(search).WAGTAILSEARCH_BACKENDS
        return backends["default"]

    yield read
    monkeypatch.undo()
    importlib.reload(search)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a certificate."""
    place = tmp_path_factory.mktemp("certificates")
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=example.org -keyout key.pem -out ca.pem"
    )
    subprocess.run(command.split(), cwd=place, check=True, capture_output=True)
    return place / "ca.pem"


def test_without_an_address_the_database_answers(given: Any) -> None:
    assert given(URL="") == {"BACKEND": "search.backends.database"}


def test_a_cluster_with_everything(given: Any, authority: Path) -> None:
    engine = given(
        URL="https://es:p%2Css@one.example.org:9200, https://es:p%2Css@two.example.org:9200",
        CA_CERTS=str(authority),
        TIMEOUT="0.75",
        INDEX_PREFIX="ppp_",
    )
    assert engine["URLS"] == ["https://one.example.org:9200", "https://two.example.org:9200"]
    assert (engine["USER"], engine["PASSWORD"]) == ("es", "p,ss")
    assert (engine["CA_CERTS"], engine["TIMEOUT"], engine["INDEX_PREFIX"]) == (str(authority), 0.75, "ppp_")


def test_error_reports_keep_what_is_secret(given: Any) -> None:
    backends = {"default": given(URL="http://es:very-secret@example.org:9200")}
    backends["other"] = {"API_KEY": "very-secret"}
    with override_settings(WAGTAILSEARCH_BACKENDS=backends):
        assert "very-secret" not in str(SafeExceptionReporterFilter().get_safe_settings())


@pytest.mark.parametrize(
    ("variables", "name"),
    [
        ({"URL": "localhost:9200"}, "URL"),
        ({"URL": "ftp://example.org"}, "URL"),
        ({"URL": "http://"}, "URL"),
        ({"URL": "http://es:very-secret@example.org:port"}, "URL"),
        ({"URL": "http://[::1:9200"}, "URL"),
        ({"URL": "http://a:very-secret@one.example.org,http://b:very-secret@two.example.org"}, "URL"),
        ({"URL": "https://example.org", "CA_CERTS": "/nowhere/ca.pem"}, "CA_CERTS"),
        ({"URL": "https://example.org", "CA_CERTS": __file__}, "CA_CERTS"),
        ({"URL": "http://example.org", "CA_CERTS": "{authority}"}, "CA_CERTS"),
        ({"URL": "http://example.org", "TIMEOUT": "soon"}, "TIMEOUT"),
        ({"URL": "http://example.org", "TIMEOUT": "0"}, "TIMEOUT"),
        ({"URL": "http://example.org", "TIMEOUT": "nan"}, "TIMEOUT"),
        ({"URL": "http://example.org", "INDEX_PREFIX": "Ąę*"}, "INDEX_PREFIX"),
        ({"URL": "http://es:very-secret@example.org", "API_KEY": "very-secret"}, "API_KEY"),
    ],
)
def test_a_wrong_one_stops_the_start_with_its_name(
    variables: dict[str, str], name: str, given: Any, authority: Path
) -> None:
    with pytest.raises(ImproperlyConfigured) as stopped:
        given(**{key: value.format(authority=authority) for key, value in variables.items()})
    assert f"ELASTICSEARCH_{name}" in str(stopped.value)
    assert "very-secret" not in str(stopped.value)
