"""The programme in the admin: a forum has forty sessions, so that each has a lean form."""

from __future__ import annotations

import re
from functools import partial
from typing import Any, cast

from django import forms
from django.db.models import Model
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.compare import ChildRelationComparison, ForeignObjectComparison
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel

from directory.forms import PeopleField, named_in
from directory.models import Topic
from directory.terms import term_names
from events.enums import Kind
from home.mail.addresses import absolute

# Blank space at the beginning of lines, or a whole field of text, in which it is the editor's own.
INDENT = re.compile(r"(<textarea\b.*?</textarea>)|\s*\n\s+", re.DOTALL)


class LeanPanel(FieldPanel):
    """Without the button of comments and its furniture, which weigh more than the field: the page can be commented."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, **{"disable_comments": True, **kwargs})

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "events/admin/lean_field.html"


class RowField(forms.ModelChoiceField):
    """The hidden key of a row that its form holds already, so that a forum's sixty rows aren't asked for again."""

    def __init__(self, row: Model, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, **kwargs)
        self.row = row

    def to_python(self, value: Any) -> Any:
        return self.row if str(value) == str(self.row.pk) else super().to_python(value)


class RowFormSet(BaseChildFormSet):
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        row = form.instance
        if form.is_bound and row.pk is not None:
            form.fields["id"] = RowField(row, queryset=type(row)._default_manager.all(), initial=row.pk)


class SessionForm(WagtailAdminModelForm):
    """A session, with its leaders in one field instead of a form within a form for each."""

    people = PeopleField(label=_("Prowadzą"), required=False)
    topic = forms.ChoiceField(label=_("Temat"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.fields["people"].knows(named_in(self.data, "-people"))
        # What was chosen before stays a choice, though the vocabulary no longer has it.
        topics = (
            {self.instance.topic: self.instance.topic} | term_names(Topic)
            if self.instance.topic
            else term_names(Topic)
        )
        cast(forms.ChoiceField, self.fields["topic"]).choices = [("", "–"), *topics.items()]
        self.initial["people"] = [row.practitioner for row in self.instance.leaders.all()]

    def save(self, commit: bool = True) -> Any:
        from events.models import SessionLeader

        rows = {row.practitioner_id: row for row in self.instance.leaders.all()}
        people = self.cleaned_data.get("people", [])
        chosen = [rows.get(person.pk) or SessionLeader(practitioner=person) for person in people]
        for order, row in enumerate(chosen):
            row.sort_order = order
        self.instance.leaders = chosen
        return super().save(commit)


class SessionsPanel(InlinePanel):
    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {"form": SessionForm, "formset": RowFormSet}
        return options


class ProgrammePanel(InlinePanel):
    """Blocks with their sessions, without the indents of nested templates: a fifth of a forum's form."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = RowFormSet
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> SafeString:
            html = super().render_html(parent_context)
            return mark_safe(INDENT.sub(lambda found: found[1] or "\n", html))  # nosec B308 B703


class LeadersPanel(LeanPanel):
    """The field of the form; two versions of a page are compared by the rows behind it."""

    class BoundPanel(LeanPanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            leaders = self.panel.model._meta.get_field("leaders")
            person = leaders.related_model._meta.get_field("practitioner")
            rows = [partial(ForeignObjectComparison, person)]
            return [partial(ChildRelationComparison, leaders, rows, label=_("Prowadzą"))]


class InvitationsPanel(Panel):
    """Nothing to fill in: addresses of the form for those who are invited, to copy once the event and its pools are saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "events/admin/invitations.html"
        instance: Any

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from events.registration import links

            page = self.instance
            rows = [
                (pool.name, links.invitation(page.pk, pool.pk))
                for pool in page.reserved_seats.all()
                if pool.pk
            ]
            if page.kind == Kind.STUDY_VISIT:
                rows.insert(0, ("", links.invitation(page.pk)))
            return super().get_context_data(parent_context) | {
                "rows": [(name, absolute(path)) for name, path in rows]
            }
