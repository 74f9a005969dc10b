"""How people and terms are chosen in the admin's forms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.staticfiles import versioned_static

from directory.models import Practitioner
from directory.models.vocabulary import Term
from home.keys import numbers
from home.querysets import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from django.db.models import ManyToManyField


def told_apart(person: Practitioner) -> str:
    """ "Anna Nowak (koordynatorka, Urząd Miasta; Lublin)": enough to know which of two Anna Nowaks it is."""
    work = ", ".join(part for part in (person.headline, person.organisation) if part)
    known = "; ".join(part for part in (work, person.place) if part)
    return f"{person.name} ({known})" if known else person.name


class PeopleWidget(forms.SelectMultiple):
    """The chosen people as ticked boxes, and a button that opens Wagtail's chooser.

    The base is never listed: only those who are chosen are read. Its value is a list of people, or of their keys.
    """

    template_name = "directory/admin/people.html"
    known: dict[str, Practitioner] | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = forms.Widget.get_context(self, name, value, attrs)
        viewset: Any = Practitioner.snippet_viewset
        context["widget"] |= {
            "people": [(person.pk, told_apart(person)) for person in _people(value or [], self.known)],
            "chooser_url": reverse(viewset.chooser_viewset.get_url_name("choose")),
        }
        return context

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        """Django's renderer of forms doesn't look into the project's templates."""
        return render_to_string(template_name, context)

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return f"{id_}-choose" if id_ else id_

    @cached_property
    def media(self) -> forms.Media:
        scripts = ["wagtailadmin/js/modal-workflow.js", "wagtailsnippets/js/snippet-chooser-telepath.js"]
        return forms.Media(js=[*map(versioned_static, scripts), versioned_static("js/admin/people.js")])


def _people(value: Iterable[Any], known: dict[str, Practitioner] | None) -> list[Practitioner]:
    """In the order given; keys that are no longer anybody's are left out."""
    rows = list(value)
    if all(isinstance(row, Practitioner) for row in rows):
        return rows
    keys = [str(row.pk if isinstance(row, Practitioner) else row) for row in rows]
    known = _by_key(keys) if known is None else known
    return [known[key] for key in keys if key in known]


def _by_key(keys: Iterable[str]) -> dict[str, Practitioner]:
    found = Practitioner.objects.select_related("municipality", "locale").in_bulk(numbers(keys))
    return {str(number): person for number, person in found.items()}


def named_in(data: Any, suffix: str) -> dict[str, Practitioner] | None:
    """The people in all the sent fields whose names end in `suffix`, by key: read once for the forms of one request."""
    if not isinstance(data, MultiValueDict):
        return None
    if not hasattr(data, "people_named"):
        data.people_named = _by_key(  # type: ignore[attr-defined]
            {key for name in data if name.endswith(suffix) for key in data.getlist(name)}
        )
    return data.people_named  # type: ignore[attr-defined]


class PeopleField(forms.ModelMultipleChoiceField):
    """People of the base, in the order in which they were chosen."""

    widget = PeopleWidget
    known: dict[str, Practitioner] | None = None

    def __init__(self, queryset: Any = None, **kwargs: Any) -> None:
        rows = Practitioner.objects.select_related("municipality", "locale") if queryset is None else queryset
        super().__init__(rows, **kwargs)

    def knows(self, people: dict[str, Practitioner] | None) -> None:
        """Take people that were read already, so that many fields of one form don't ask one by one."""
        self.known = self.widget.known = people

    def prepare_value(self, value: Any) -> Any:
        return list(value) if hasattr(value, "__iter__") and not isinstance(value, str) else value

    def clean(self, value: Any) -> list[Practitioner]:  # type: ignore[override]
        chosen = list(dict.fromkeys(map(str, value or [])))
        if not chosen:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return []
        people = _by_key(chosen) if self.known is None else self.known
        for key in chosen:
            if key not in people:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key[:20]}
                )
        return [people[key] for key in chosen]

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = [str(getattr(row, "pk", row)) for row in initial or []]
        return before != list(map(str, data or []))


def chosen_by(field: ManyToManyField[Any, Any]) -> dict[str, Any]:
    """What the editor is given for a relation to people or to terms; other relations keep Django's own."""
    if field.related_model is Practitioner:
        return {"form_class": PeopleField, "queryset": None}
    if issubclass(field.related_model, Term):
        # A page in any language points at the Polish term; the reader meets it in the reader's language.
        terms = field.related_model.objects.filter(locale__language_code=SOURCE_LANGUAGE)
        return {
            "queryset": terms.order_by("name"),
            "widget": forms.CheckboxSelectMultiple(attrs={"class": "in-columns"}),
            "help_text": field.help_text or _("Zaznacz wszystko, co pasuje."),
        }
    return {}


def register() -> None:
    register_form_field_override(ParentalManyToManyField, override=chosen_by)
