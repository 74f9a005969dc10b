"""The editors' thesaurus and lexicon in this process: read when they change, at most every few seconds.

Every change writes a new stamp in its own transaction. A process that is about to answer a question or to write the
index compares stamps; no more than one small query in `SECONDS`.
"""

from __future__ import annotations

import threading
import time
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save

from search.analysis import lexicon, thesaurus
from search.models import LexiconEntry, RulesStamp, ThesaurusGroup
from search.models.thesaurus import Origin

SECONDS = 2.0

_lock = threading.Lock()
_held: str | None = None
_next = 0.0


def refresh(stamp: str | None = None) -> None:
    """Answer with the rules that the database holds. Who has just read their stamp hands it over."""
    global _held, _next
    if stamp == _held if stamp is not None else time.monotonic() < _next:
        return
    with _lock:
        if stamp is None and time.monotonic() < _next:
            return
        if stamp is None:
            stamp = RulesStamp.objects.values_list("stamp", flat=True).first() or ""
        if stamp != _held:
            # The stamp first: rows that come between are read again with the next one.
            lexicon.hold(
                lexicon.Lexicon.of(entry.entry for entry in LexiconEntry.objects.filter(active=True))
            )
            thesaurus.hold(snapshot())
            _held = stamp
        _next = time.monotonic() + SECONDS


def snapshot(instead_of: Any = None, unsaved: ThesaurusGroup | None = None) -> thesaurus.Thesaurus:
    """The active groups, those that editors wrote first; with an unsaved one in place of the row `instead_of`."""
    rows = list(ThesaurusGroup.objects.filter(active=True).exclude(pk=instead_of))
    if unsaved is not None and unsaved.active:
        rows.append(unsaved)
    rows.sort(key=lambda row: (row.origin != Origin.EDITOR, row.pk or 0))
    return thesaurus.Thesaurus(row.group for row in rows)


def forget() -> None:
    """Compare stamps before the next answer."""
    global _next
    _next = 0.0


def changed(**_signal: Any) -> None:
    RulesStamp.objects.update_or_create(pk=1, defaults={"stamp": uuid4().hex})
    forget()
    transaction.on_commit(forget)


def about_to_change(instance: LexiconEntry, **_signal: Any) -> None:
    before = LexiconEntry.objects.filter(pk=instance.pk).first() if instance.pk else None
    instance.keys_before = keys_of(before)


def word_changed(instance: LexiconEntry, signal: Any, **_more: Any) -> None:
    """Texts that hold a form whose keys are others now are indexed anew, by the worker."""
    from search.rereading import enqueue

    before = getattr(instance, "keys_before", {}) if signal is post_save else keys_of(instance)
    after = keys_of(instance) if signal is post_save else {}
    words = {form for form in before.keys() | after.keys() if before.get(form) != after.get(form)}
    if words:
        transaction.on_commit(lambda: enqueue(words))


def keys_of(entry: LexiconEntry | None) -> dict[str, tuple[str, ...]]:
    return dict(lexicon.Lexicon.of([entry.entry]).keys) if entry and entry.active else {}


def connect() -> None:
    for model in (ThesaurusGroup, LexiconEntry):
        for signal in (post_save, post_delete):
            signal.connect(changed, sender=model, dispatch_uid=f"rules-{model.__name__}-{id(signal)}")
    pre_save.connect(about_to_change, sender=LexiconEntry, dispatch_uid="rules-before")
    for signal in (post_save, post_delete):
        signal.connect(word_changed, sender=LexiconEntry, dispatch_uid=f"rules-words-{id(signal)}")
