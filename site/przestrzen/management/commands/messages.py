"""Bring both catalogues of interface messages up to date with the code, and compile them."""

from contextlib import chdir
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.core.management.commands import makemessages

LANGUAGES = ("en", "pl")
NOT_SOURCES = ("benchmarks", "docs", "media", "node_modules", "staticfiles", "tests", "var", "venv")
# What changes without a message changing, and the translators' names that nobody fills in.
NOISE = (
    "POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Report-Msgid-Bugs-To",
    "Project-Id-Version",
)  # fmt: skip


class Extract(makemessages.Command):
    """Django's own, without guesses from similar messages: a wrong sentence is worse than a missing one."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


class Command(BaseCommand):
    help = (
        "Refresh site/przestrzen/locale from the code and compile it (needs GNU gettext). "
        "Lists what still has no English, and the Polish plurals without their forms; then it ends with 1."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.LOCALE_PATHS[0])
        for language in LANGUAGES:
            drop_repeated(folder / language / "LC_MESSAGES/django.po")
        with chdir(settings.BASE_DIR):
            call_command(
                Extract(), locale=list(LANGUAGES), no_location=True, no_wrap=True, no_obsolete=True, verbosity=0,
                ignore_patterns=list(NOT_SOURCES),
            )  # fmt: skip
        missing = []
        for language in LANGUAGES:
            path = folder / language / "LC_MESSAGES/django.po"
            catalogue = polib.pofile(str(path), wrapwidth=0)
            tidy(catalogue, language)
            catalogue.save()
            catalogue.save_as_mofile(str(path.with_suffix(".mo")))
            missing += [f"{language}: {entry.msgid}" for entry in catalogue if lacks_words(entry, language)]
        if missing:
            raise CommandError("\n".join(["Without a translation:", *missing]))
        self.stdout.write(f"{len(catalogue)} messages, all of them translated.")


def drop_repeated(path: Path) -> None:
    """A merge of two refreshed catalogues may leave a message twice, which GNU gettext refuses: the filled one stays."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    kept = {(e.msgctxt, e.msgid): e for e in sorted(catalogue, key=lambda entry: entry.translated())}
    catalogue[:] = [entry for entry in catalogue if kept[entry.msgctxt, entry.msgid] is entry]
    catalogue.save()


def tidy(catalogue: polib.POFile, language: str) -> None:
    for name in NOISE:
        catalogue.metadata.pop(name, None)
    catalogue.metadata["Language"] = language
    catalogue.metadata_is_fuzzy = False
    catalogue.header = "How to change this file: docs/translations.md"


def lacks_words(entry: polib.POEntry, language: str) -> bool:
    if entry.msgid_plural:
        return not all(entry.msgstr_plural.values())
    return language != "pl" and not entry.msgstr
