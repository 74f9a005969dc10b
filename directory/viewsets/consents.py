"""The staff's list of consents: who agreed to what, to which text, when and how. Nobody changes them here."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.views import IndexView

from directory.models import Consent
from directory.staff_list import DirectoryList
from home.staff_lists import is_set
from search.exporting import SafeExportMixin


class ConsentIndexView(SafeExportMixin, IndexView):
    export_headings = {
        "practitioner": _("Osoba"),
        "kind": _("Na co"),
        "text_version": _("Wersja tekstu"),
        "channel": _("Jak"),
        "given_at": _("Kiedy"),
        "withdrawn_at": _("Wycofana"),
    }


class ConsentAdmin(DirectoryList):
    model = Consent
    menu_label = _("Zgody osób z bazy")
    menu_icon = "clipboard-list"
    menu_order = 113
    index_view_class = ConsentIndexView
    list_display = ["practitioner", "kind", "text_version", "channel", "given_at", "withdrawn_at"]
    list_filter = ["kind", "channel", "given_at", is_set("withdrawn_at", Consent)]
    list_select_related = ["practitioner"]
    list_export = ["practitioner", "kind", "text_version", "channel", "given_at", "withdrawn_at"]
    export_filename = "zgody"
    search_fields = ["practitioner__name"]
    ordering = ["-given_at", "-pk"]
    inspect_view_enabled = True
    inspect_view_fields = ["practitioner", "kind", "text_version", "channel", "given_at", "withdrawn_at"]
