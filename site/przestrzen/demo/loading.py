"""The whole demonstration, in one transaction, and its way out."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from home.models import HomePage
from przestrzen.models import DemoItem

from . import pages, parts, people, registrations, writings
from .desk import Desk

STEPS: list[tuple[str, Callable[[Desk], None]]] = [
    ("vocabulary", people.vocabulary),
    ("invented municipalities", people.municipalities),
    ("practitioners", people.practitioners),
    ("settings", pages.settings),
    ("pages", pages.polish),
    ("pages in English", pages.english),
    ("articles", writings.articles),
    ("cases", writings.cases),
    ("events", parts.events),
    ("registrations for events", registrations.registrations),
    ("civic budgets", parts.budgets),
    ("mentoring", parts.mentoring),
    ("dialogues", parts.dialogues),
]


def is_loaded() -> bool:
    return DemoItem.objects.exists()


def load(say: Callable[[str], None], *, keep: bool = True) -> int:
    """Load everything or nothing; how many objects were made. With `keep=False` it is all taken back."""
    desk = Desk(say)
    with transaction.atomic():
        # A page is saved several times on the way: what it refers to is noted once, at the end.
        with disable_reference_index_auto_update():
            for number, (name, step) in enumerate(STEPS, 1):
                before, began = desk.made, time.monotonic()
                step(desk)
                took = time.monotonic() - began
                say(f"  {number:2}/{len(STEPS)}  {name}: {desk.made - before} ({took:.0f} s)")
        call_command("rebuild_references_index", verbosity=0)
        if not keep:
            transaction.set_rollback(True)
    return desk.made


def remove(say: Callable[[str], None], *, keep: bool = False) -> tuple[int, list[str]]:
    """Take out what the demo made, and nothing else; how many objects, and the pages that stay.

    A page stays when editors have put pages of their own below it. With `keep=True` nothing is really removed.
    """
    removed, stay = 0, []
    with transaction.atomic():
        marked_pages = {item.object_id for item in DemoItem.objects.filter(content_type__in=page_types())}
        for item in DemoItem.objects.order_by("-pk").iterator():
            thing = item.item
            if isinstance(thing, Page):
                below = thing.get_descendants().values_list("pk", flat=True)
                if any(str(pk) not in marked_pages for pk in below):
                    stay.append(thing.title)
                    item.delete()
                    continue
            if thing is not None:
                thing.delete()
                removed += 1
        DemoItem.objects.all().delete()
        reset_home()
        if keep:
            transaction.set_rollback(True)
    return removed, stay


def page_types() -> list[int]:
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import get_page_models

    return [kind.pk for kind in ContentType.objects.get_for_models(*get_page_models()).values()]


def reset_home() -> None:
    """The home page is the installation's own: it stays, with empty fields."""
    for home in HomePage.objects.all():
        home.summary = home.hero_lead = home.search_examples = ""
        home.mentoring_title = home.mentoring_text = home.mentoring_button = ""
        home.mentoring_page = None
        home.paths = []
        home.save()
