"""What components/field.html must know of a bound field."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput
from django.forms.boundfield import BoundWidget
from django.utils.safestring import SafeString

from home.folding import FoldedChoices

register = template.Library()


@dataclass(frozen=True, slots=True)
class Look:
    """`group`: radios or checkboxes in a fieldset; `folded`: those of which only the chosen stand outside of the list that
    unfolds; `single`: one checkbox; `widget`: the control, described."""

    group: bool
    folded: bool
    single: bool
    described_by: str
    widget: SafeString


@register.simple_tag
def field_look(field: BoundField, short: object = False) -> Look:
    described = [f"{field.auto_id}-hint"] if field.help_text else []
    described += [f"{field.auto_id}-error"] if field.errors else []
    attrs: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if short:
        attrs["class"] = "short"
    return Look(
        group=bool(getattr(field, "use_fieldset", False)),
        folded=isinstance(field.field.widget, FoldedChoices),
        single=isinstance(field.field.widget, CheckboxInput),
        described_by=" ".join(described),
        widget=field.as_widget(attrs=attrs),
    )


@register.filter
def chosen(field: BoundField) -> list[BoundWidget]:
    return [option for option in field if option.data["selected"]]


@register.filter
def not_chosen(field: BoundField) -> list[BoundWidget]:
    return [option for option in field if not option.data["selected"]]


@register.filter
def error_links(form: Any) -> list[tuple[str, str]]:
    """`{% include "components/errors.html" with errors=form|error_links only %}`"""
    links = [(str(error), "") for error in form.non_field_errors()]
    for field in form:
        target = field.auto_id if getattr(field, "use_fieldset", False) else field.id_for_label
        links += [(f"{field.label}: {error}", target) for error in field.errors]
    return links
