"""The staff's log of messages: to whom, when and what became of it, without a text and without an address."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.views import IndexView

from directory.models import ContactLog
from directory.staff_list import DirectoryList
from search.exporting import SafeExportMixin


class LogIndexView(SafeExportMixin, IndexView):
    export_headings = {
        "person": _("Do kogo"),
        "created_at": _("Kiedy"),
        "state": _("Stan"),
        "sender_mark": _("Skrót nadawcy"),
    }


class ContactLogAdmin(DirectoryList):
    model = ContactLog
    menu_label = _("Dziennik wiadomości")
    menu_icon = "mail"
    menu_order = 115
    index_view_class = LogIndexView
    list_display = ["person_name", "created_at", "state", "sender_code"]
    list_select_related = ["practitioner"]
    list_filter = ["state", "created_at"]
    list_export = ["person", "created_at", "state", "sender_mark"]
    export_filename = "wiadomosci"
    search_fields = ["practitioner__name", "sender"]
    inspect_view_enabled = True
    inspect_view_fields = ["practitioner", "created_at", "state", "sender"]

    def person_name(self, log: ContactLog) -> str:
        return log.person

    person_name.short_description = _("Do kogo")  # type: ignore[attr-defined]
    person_name.admin_order_field = "practitioner__name"  # type: ignore[attr-defined]

    def sender_code(self, log: ContactLog) -> str:
        return log.sender_mark

    sender_code.short_description = _("Skrót nadawcy")  # type: ignore[attr-defined]
    sender_code.admin_order_field = "sender"  # type: ignore[attr-defined]
