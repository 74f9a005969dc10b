"""Whose entries one looks after: filters of the lists."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from directory.models import EntryChange, Practitioner


class MineFilter(django_filters.ChoiceFilter):
    """The entries of whoever is signed in; `path` leads to the guardian."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            label=_("Pod czyją opieką"),
            choices=[("moja", _("moją")), ("niczyja", _("niczyją"))],
            empty_label=_("wszystkie wpisy"),
            widget=forms.RadioSelect,
        )

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if value == "moja":
            return qs.filter(**{self.path: self.parent.request.user})
        return qs.filter(**{f"{self.path}__isnull": True}) if value == "niczyja" else qs


class PractitionerFilterSet(WagtailFilterSet):
    opieka = MineFilter("guardian")

    class Meta:
        model = Practitioner
        fields = ["state", "sector", "voivodeship", "is_mentor", "live", "guardian"]


class ChangesFilterSet(WagtailFilterSet):
    opieka = MineFilter("practitioner__guardian")

    class Meta:
        model = EntryChange
        fields: list[str] = []
