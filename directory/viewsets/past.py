"""What happened to an entry, in its editor: changes, consents and the yearly question in one list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.models import ModelLogEntry

from directory import completeness
from directory.models import Practitioner
from home.querysets import SOURCE_LANGUAGE

from .standing import url_of

MOST = 50


@dataclass(frozen=True, slots=True)
class Happened:
    """`who` is "" where it was nobody of the staff; `day_only` where no hour is known."""

    at: datetime
    what: str
    who: str = ""
    comment: str = ""
    day_only: bool = False


def history_of(person: Practitioner) -> list[Happened]:
    """The latest first; as many queries for a long history as for a short one."""
    source = person.source
    rows = Practitioner.objects.filter(translation_key=source.translation_key).values_list("pk", flat=True)
    kind = ContentType.objects.get_for_model(Practitioner, for_concrete_model=False)
    entries = ModelLogEntry.objects.filter(
        content_type=kind, object_id__in=[str(pk) for pk in rows]
    ).select_related("user", "user__wagtail_userprofile")
    found = [
        Happened(
            entry.timestamp,
            str(entry.message),
            entry.user_display_name if entry.user_id else "",
            str(entry.comment or ""),
        )
        for entry in entries.order_by("-timestamp", "-pk")[:MOST]
    ]
    for consent in source.consents.all():
        said = f"{consent.get_kind_display()}, {consent.get_channel_display()}"
        found.append(Happened(consent.given_at, _("Zgoda: %(said)s") % {"said": said}))
        if consent.withdrawn_at:
            found.append(Happened(consent.withdrawn_at, _("Wycofano zgodę: %(said)s") % {"said": said}))
    for step in source.freshness_steps.select_related("mail"):
        sent = step.mail.get_state_display() if step.mail else _("list już skasowany")
        at = datetime.combine(step.on, time(), get_current_timezone())
        what = _("Pytanie o aktualność: %(step)s") % {"step": step.get_step_display()}
        found.append(Happened(at, what, comment=_("list: %(state)s") % {"state": sent}, day_only=True))
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST]


class HistoryPanel(Panel):
    def clone_kwargs(self) -> dict[str, Any]:
        kwargs = super().clone_kwargs()
        del kwargs["help_text"]
        return kwargs

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/history_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            if self.instance.pk:
                context["happened"] = history_of(self.instance)
                context["whole_url"] = url_of("history", self.instance)
            return context


class CompletenessPanel(HistoryPanel):
    """What to add to the entry, as it is saved; a translation has its source's."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/completeness_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            person = self.instance
            if person.pk:
                polish = person.locale.language_code == SOURCE_LANGUAGE
                context["found"] = completeness.of(person if polish else person.source, localdate())
            return context
