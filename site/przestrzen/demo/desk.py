"""What every step of the loading shares: languages, the tree, who is who, and the marks on what was made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Locale, Page

from directory.models import Audience, Method, Practitioner, Topic
from home.models import HomePage
from przestrzen.models import DemoItem

PageT = TypeVar("PageT", bound=Page)


class Desk:
    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.made = 0

    @cached_property
    def polish(self) -> Locale:
        return Locale.objects.get(language_code="pl")

    @cached_property
    def english(self) -> Locale:
        return Locale.objects.get_or_create(language_code="en")[0]

    @cached_property
    def home(self) -> HomePage:
        return HomePage.objects.get(locale=self.polish)

    @cached_property
    def people(self) -> dict[str, int]:
        return dict(Practitioner.objects.filter(locale=self.polish).values_list("public_id", "pk"))

    @cached_property
    def terms(self) -> dict[str, dict[str, Model]]:
        """Polish terms by kind and name."""
        return {
            kind: {term.name: term for term in model.objects.filter(locale=self.polish)}
            for kind, model in (("methods", Method), ("topics", Topic), ("audiences", Audience))
        }

    def chosen(self, kind: str, names: Iterable[str]) -> list[Any]:
        """Terms by their Polish names. Raises KeyError for a name that the vocabulary lacks."""
        return [self.terms[kind][name] for name in names]

    def persons(self, ids: Iterable[str]) -> list[Practitioner]:
        return list(Practitioner.objects.filter(pk__in=[self.people[public_id] for public_id in ids]))

    def mark(self, *made: Model) -> None:
        for item in made:
            kind = ContentType.objects.get_for_model(item, for_concrete_model=True)
            DemoItem.objects.get_or_create(content_type=kind, object_id=str(item.pk))
            self.made += 1

    def publish(self, parent: Page, page: PageT) -> PageT:
        """Put a page under `parent`, live, with its first revision; marked."""
        page.locale = self.polish
        parent.add_child(instance=page)
        page.save_revision().publish()
        self.mark(page)
        return page

    def translate(self, page: Page, words: dict[str, Any]) -> Page:
        """The English page of a Polish one, with these fields, live; its parent has an English page already."""
        translation = page.copy_for_translation(self.english)
        for name, value in words.items():
            setattr(translation, name, value)
        translation.save()
        translation.save_revision().publish()
        self.mark(translation)
        return translation
