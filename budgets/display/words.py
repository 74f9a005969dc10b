"""Words that several parts of an edition share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.enums import Category
from budgets.money import number

if TYPE_CHECKING:
    pass


def category_label(value: str) -> str:
    return str(Category(value).label) if value in Category.values else _("bez kategorii")


def votes_words(count: int) -> str:
    return ngettext("%(count)s głos", "%(count)s głosów", count) % {"count": number(count)}
