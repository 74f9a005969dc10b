"""What the public may read of the tree changes without the pages themselves being saved: the indexes hear of it here."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from search import indexing


def connect() -> None:
    post_page_move.connect(_moved, dispatch_uid="home.visibility")
    for signal in (post_save, pre_delete):
        signal.connect(_restricted, sender=PageViewRestriction, dispatch_uid="home.visibility")


def _moved(instance: Page, **_more: Any) -> None:
    """A branch may have come under a restriction, or out of one."""
    note_branch(instance)


def _restricted(instance: PageViewRestriction, raw: bool = False, **_more: Any) -> None:
    if not raw:
        note_branch(instance.page)


def note_branch(page: Page) -> None:
    indexing.note_rows(Page.objects.descendant_of(page, inclusive=True))
