"""The shape of the house: layers, migrations, messages, the environment's one reader, the containers' files."""

import ast
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import polib
import pytest
import yaml
from django.core.management import call_command
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
APPS = ["search", "home", "directory", "blog", "events", "budgets", "mentoring", "dialogues"]
LOCALE = ROOT / "site/przestrzen/locale"
TO_BE_SET = {"PRZESTRZEN_IGNORE_DOTENV"}  # decides whether .env is read, so it can't stand there


def sources() -> list[Path]:
    return [path for folder in ["site", *APPS] for path in sorted((ROOT / folder).rglob("*.py"))]


def test_imports_go_downward_only() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run(
        [program, "--no-cache"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"site{os.pathsep}."},
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_settings_folder_does_not_shadow_the_standard_library() -> None:
    assert not (ROOT / "site/__init__.py").exists()


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def reads_the_environment(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in ("environ", "getenv")
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
        for node in ast.walk(tree)
    )


def test_only_env_reads_the_environment() -> None:
    # wsgi.py names the settings before any of them can be read.
    allowed = {"site/przestrzen/env.py", "site/przestrzen/wsgi.py"}
    readers = {str(path.relative_to(ROOT)) for path in sources() if reads_the_environment(path)}
    assert readers <= allowed


@cache
def names_read() -> set[str]:
    """The first argument of every env.text("NAME"), env.flag("NAME"), … in our code."""
    found = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "env"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(str(node.args[0].value))
    return found


def names_offered() -> set[str]:
    return set(re.findall(r"^([A-Z][A-Z0-9_]*)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.M))


def compose() -> dict:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def names_in_compose() -> set[str]:
    return set(re.findall(r"(?<!\$)\$\{([A-Z0-9_]+)", (ROOT / "compose.yaml").read_text(encoding="utf-8")))


def test_env_example_lists_exactly_what_is_read() -> None:
    assert names_read(), "the settings read nothing, so this test looks in the wrong place"
    assert names_offered() == (names_read() | names_in_compose()) - TO_BE_SET


def test_a_missing_secret_stops_the_start_and_is_named() -> None:
    environment = {key: value for key, value in os.environ.items() if key not in names_read()}
    environment |= {
        "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
        "PRZESTRZEN_IGNORE_DOTENV": "1",
        "DJANGO_SETTINGS_MODULE": "przestrzen.settings.production",
    }
    for missing in ("SECRET_KEY", "DATABASE_URL"):
        given = {
            "SECRET_KEY": "x" * 60,
            "DATABASE_URL": "postgres://u@127.0.0.1/x",
            "ALLOWED_HOSTS": "a.example.org",
        }
        del given[missing]
        started = subprocess.run(
            [sys.executable, "-c", "import django; django.setup()"],
            cwd=ROOT,
            env=environment | given,
            capture_output=True,
            text=True,
        )
        assert started.returncode != 0
        assert missing in started.stderr.splitlines()[-1]


# ---- containers: no engine runs where this is tested, so what the files name is checked instead


def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")


def test_the_dockerfile_copies_what_exists() -> None:
    copied = [line.split()[1:-1] for line in dockerfile().splitlines() if line.startswith("COPY ")]
    assert copied
    for source in (name for names in copied for name in names):
        assert (ROOT / source).exists(), source
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    for needed in ["manage.py", "templates", "site", "requirements.lock", *APPS]:
        assert (ROOT / needed).exists()
        assert needed not in ignored


def test_containers_never_hold_secrets_or_data() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".env", ".git", "var"} <= set(ignored)


def test_the_dockerfile_sets_what_the_settings_read() -> None:
    known = names_read() | {
        "PYTHONUNBUFFERED", "PYTHONPATH", "DJANGO_SETTINGS_MODULE"
    }  # fmt: skip
    instructions = re.findall(r"^(?:ENV|RUN) .*$", dockerfile(), re.M)
    named = {name for line in instructions for name in re.findall(r"\b([A-Z][A-Z_]+)=", line)}
    assert named
    assert named <= known
    settings = re.search(r"DJANGO_SETTINGS_MODULE=(\S+)", dockerfile())
    assert settings is not None
    assert (ROOT / "site" / (settings[1].replace(".", "/") + ".py")).exists()


def test_compose_gives_the_site_what_it_reads() -> None:
    services = compose()["services"]
    assert {"web", "worker", "tick", "postgres", "elasticsearch"} <= set(services)
    for name in ("prepare", "web", "worker", "tick"):
        given = set(services[name]["environment"])
        assert given <= names_read()
        assert {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "ELASTICSEARCH_URL", "EMAIL_URL"} <= given
        for volume in services[name].get("volumes", []):
            kept, inside = volume.split(":")
            assert kept in compose()["volumes"]
            assert inside in dockerfile()


def test_compose_runs_commands_that_exist() -> None:
    from django.core.management import get_commands

    for name, service in compose()["services"].items():
        command = service.get("command")
        if command:
            assert command[:2] == ["python", "manage.py"], name
            assert command[2] in get_commands()
    assert "granian" in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_compose_waits_for_services_that_exist_and_are_watched() -> None:
    services = compose()["services"]
    for service in services.values():
        for other, how in service.get("depends_on", {}).items():
            assert other in services
            if how["condition"] == "service_healthy":
                assert "test" in services[other]["healthcheck"]


def test_no_registry_is_named() -> None:
    host = re.compile(r"(?:FROM|image:)\s+[\w-]+(?:\.[\w-]+)+/")
    for name in ("Dockerfile", "compose.yaml"):
        assert not host.search((ROOT / name).read_text(encoding="utf-8"))
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")


def test_the_same_elasticsearch_is_tested_and_installed() -> None:
    tested = re.search(r'ES_VERSION = "([\d.]+)"', (ROOT / "bin/services").read_text(encoding="utf-8"))
    assert tested is not None
    assert compose()["services"]["elasticsearch"]["image"] == f"elasticsearch:{tested[1]}"


# ---- messages


def catalogues() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


@pytest.mark.gettext
@pytest.mark.skipif(not catalogues(), reason="no catalogue has been made yet")
def test_catalogues_hold_every_message_of_the_code(tmp_path: Path) -> None:
    for name in ["site", "templates", *APPS, "manage.py"]:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, tmp_path)
    languages = sorted({path.parts[-3] for path in catalogues()})
    command = [sys.executable, "manage.py", "makemessages", "--no-location", "--no-wrap", "--no-obsolete"]
    made = subprocess.run(
        [*command, *(part for language in languages for part in ("-l", language))],
        cwd=tmp_path,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "przestrzen.settings.test", "PYTHONPATH": ""},
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    for path in catalogues():
        if path.name != "django.po":
            continue
        fresh = polib.pofile(str(tmp_path / path.relative_to(ROOT)))
        kept = polib.pofile(str(path))
        in_code = {(entry.msgctxt, entry.msgid) for entry in fresh if not entry.obsolete}
        in_catalogue = {(entry.msgctxt, entry.msgid) for entry in kept if not entry.obsolete}
        assert in_code == in_catalogue, f"{path.relative_to(ROOT)}: run manage.py messages"


def test_gettext_goes_by_names_that_extraction_knows() -> None:
    """What `gettext as _t` marks never comes into a catalogue, and nobody misses it there."""
    renamed = re.compile(r"\b(?:n|p|np)?gettext(?:_lazy|_noop)? as (?!_\b)\w+")
    for name in ["site", *APPS]:
        for path in (ROOT / name).rglob("*.py"):
            assert not renamed.search(path.read_text(encoding="utf-8")), path.relative_to(ROOT)


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_catalogues_are_complete_and_compiled(path: Path) -> None:
    catalogue = polib.pofile(str(path))
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    if path.parts[-3] != "pl":  # Polish is the source: only its plural forms are written out
        assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    for entry in catalogue:
        if entry.msgid_plural and not entry.obsolete:
            assert all(entry.msgstr_plural.values()), entry.msgid
    compiled = polib.mofile(str(path.with_suffix(".mo")))
    expected = {
        (entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural
        for entry in catalogue.translated_entries()
    }
    assert {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in compiled} == expected


def test_a_polish_message_is_shown_as_it_stands() -> None:
    """A Polish message that is also an English one of Django or Wagtail would be shown in their words."""
    catalogue = polib.pofile(str(LOCALE / "pl/LC_MESSAGES/django.po"))
    with translation.override("pl"):
        for entry in catalogue:
            if not entry.msgid_plural:
                assert translation.gettext(entry.msgid) == entry.msgid


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("pl", ["0 osób", "1 osoba", "2 osoby", "5 osób", "12 osób", "22 osoby", "25 osób"]),
        ("en", ["0 people", "1 person", "2 people", "5 people", "12 people", "22 people", "25 people"]),
    ],
)
def test_numbers_are_said_as_people_say_them(language: str, shown: list[str]) -> None:
    with translation.override(language):
        said = [
            translation.ngettext("%(total)s osoba", "%(total)s osób", n) % {"total": n}
            for n in (0, 1, 2, 5, 12, 22, 25)
        ]
    assert said == shown
