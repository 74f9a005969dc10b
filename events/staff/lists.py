"""The staff's lists of registrations and of the decisions on them, in a menu of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail_modeladmin.views import IndexView, InspectView

from directory.models import Voivodeship
from events.models import EventPage, Registration, RegistrationEvent, SupportNeeds
from home.staff_lists import StaffList
from search.exporting import SafeExportMixin

MENU_HOOK = "register_events_menu_item"
#: Names and addresses of those who registered, and their diet and accessibility, are two different rights.
SEE = "events.view_registration"
SEE_NEEDS = "events.view_supportneeds"


def menu() -> SubmenuMenuItem:
    return SubmenuMenuItem(
        _("Wydarzenia"),
        Menu(register_hook_name=MENU_HOOK),
        name="events",
        icon_name="calendar-alt",
        order=120,
    )


class EventsList(StaffList):
    menu_hook = MENU_HOOK


def by_event(through: str) -> type[SimpleListFilter]:
    """A filter by events that somebody registered for. `through` leads from the row to the event's key."""

    class ByEvent(SimpleListFilter):
        title = _("wydarzenie")
        parameter_name = "wydarzenie"

        def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
            asked = EventPage.objects.filter(pk__in=Registration.objects.values("page"))
            return [(str(pk), title) for pk, title in asked.order_by("-starts_at").values_list("pk", "title")]

        def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
            chosen = dict(self.lookup_choices)
            return rows.filter(**{through: self.value()}) if self.value() in chosen else rows

    return ByEvent


class ByVoivodeship(SimpleListFilter):
    title = _("województwo")
    parameter_name = "wojewodztwo"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return Voivodeship.choices

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        known = self.value() in Voivodeship.values
        return rows.filter(municipality__voivodeship=self.value()) if known else rows


class RegistrationIndexView(SafeExportMixin, IndexView):
    export_headings = {
        "page.title": _("Wydarzenie"),
        "number": _("Kolejność"),
        "name": _("Imię i nazwisko"),
        "email": _("Adres e-mail"),
        "organisation": _("Organizacja"),
        "get_state_display": _("Stan"),
        "place": _("Miejsce"),
        "get_sector_display": _("Sektor"),
        "first_time": _("Pierwszy raz"),
        "created_at": _("Zgłoszono"),
    }


class RegistrationInspectView(InspectView):
    def get_field_display_value(self, field_name: str, field: Any = None) -> Any:
        if field_name == "first_time":
            return gettext("tak") if self.instance.first_time else gettext("nie")
        return super().get_field_display_value(field_name, field)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sees_needs = self.request.user.has_perm(SEE_NEEDS)
        return super().get_context_data(
            needs=SupportNeeds.objects.filter(pk=self.instance.pk).first() if sees_needs else None,
            passages=self.instance.passages.select_related("user"),
            **kwargs,
        )


class RegistrationAdmin(EventsList):
    model = Registration
    menu_label = _("Zgłoszenia na wydarzenia")
    menu_icon = "group"
    menu_order = 10
    index_view_class = RegistrationIndexView
    inspect_view_class = RegistrationInspectView
    list_display = ["name", "page", "state", "place", "sector", "newcomer", "created_at"]
    list_filter = [by_event("page"), "state", "sector", ByVoivodeship, "first_time"]
    list_export = list(RegistrationIndexView.export_headings)
    list_select_related = ["page", "municipality"]
    export_filename = "zgloszenia-na-wydarzenia"
    search_fields = ["name", "organisation"]
    ordering = ["-created_at", "-pk"]
    inspect_view_enabled = True
    inspect_template_name = "events/staff/inspect.html"
    inspect_view_fields = [
        "page", "number", "name", "email", "organisation", "sector", "municipality", "first_time", "state",
        "state_changed_at", "queued_at", "offer_until", "pool", "created_at",
    ]  # fmt: skip

    def place(self, registration: Registration) -> str:
        return registration.place

    place.short_description = _("Gmina")  # type: ignore[attr-defined]
    place.admin_order_field = "municipality__slug"  # type: ignore[attr-defined]

    def newcomer(self, registration: Registration) -> str:
        return gettext("tak") if registration.first_time else gettext("nie")

    newcomer.short_description = _("Pierwszy raz")  # type: ignore[attr-defined]
    newcomer.admin_order_field = "first_time"  # type: ignore[attr-defined]


class DecisionIndexView(SafeExportMixin, IndexView):
    export_headings = {
        "registration.page.title": _("Wydarzenie"),
        "registration.number": _("Kolejność"),
        "at": _("Kiedy"),
        "get_before_display": _("Było"),
        "get_after_display": _("Jest"),
        "user": _("Kto"),
        "reason": _("Powód"),
    }


class DecisionAdmin(EventsList):
    """Every passage. It names nobody: who may read the log need not see who registered."""

    model = RegistrationEvent
    menu_label = _("Dziennik decyzji")
    menu_icon = "history"
    menu_order = 20
    index_view_class = DecisionIndexView
    list_display = ["event", "number", "at", "before", "after", "user", "reason"]
    list_filter = [by_event("registration__page"), "after"]
    list_export = list(DecisionIndexView.export_headings)
    list_select_related = ["registration__page", "user"]
    export_filename = "decyzje"
    inspect_view_enabled = True
    inspect_view_fields = ["at", "before", "after", "user", "reason"]

    def event(self, passage: RegistrationEvent) -> str:
        return str(passage.registration.page.title)

    event.short_description = _("Wydarzenie")  # type: ignore[attr-defined]

    def number(self, passage: RegistrationEvent) -> int:
        return passage.registration.number

    number.short_description = _("Kolejność")  # type: ignore[attr-defined]
