from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from directory.contact.admin import ContactLogAdmin
from directory.contact.refusing import REFUSE_ACTION
from directory.importing.storing import LOG_ACTION
from directory.joining import staff
from directory.joining.confirming import JOIN_ACTION
from directory.models import State
from directory.outdated import admin as outdated
from directory.saved import admin as saved
from directory.self_service import reports
from directory.self_service.differences import label_of
from directory.self_service.editing import LIVE_ACTION, RETURN_ACTION, SEND_ACTION, TAKE_BACK_ACTION
from directory.self_service.ownership import GUARDIAN_ACTION, HAND_OVER_ACTION
from directory.services import (
    ASK_ACTION,
    BY_CLOCK,
    BY_PERSON,
    CONFIRM_ACTION,
    CONSENT_ACTION,
    ERASE_ACTION,
    METHOD_ACTION,
    STATE_ACTION,
)
from directory.viewsets import DirectoryGroup, bulk, moderation
from directory.viewsets.consents import ConsentAdmin

register_snippet(DirectoryGroup)
hooks.register("register_admin_urls", reports.urls)
hooks.register("register_reports_menu_item", reports.menu_item)
hooks.register("register_admin_urls", saved.urls)
hooks.register("register_reports_menu_item", saved.menu_item)
for action in bulk.ACTIONS:
    hooks.register("register_bulk_action", action)
hooks.register("register_admin_urls", moderation.urls)
hooks.register("register_reports_menu_item", moderation.menu_item)
hooks.register("construct_homepage_panels", moderation.add_panel)
hooks.register("register_admin_urls", staff.urls)
hooks.register("construct_homepage_panels", staff.add_panel)
modeladmin_register(staff.SignUpAdmin)
modeladmin_register(ConsentAdmin)
modeladmin_register(ContactLogAdmin)
modeladmin_register(outdated.OutdatedReportAdmin)
hooks.register("register_admin_urls", outdated.urls)
modeladmin_register(saved.SavedSearchAdmin)


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    actions.register_action(LOG_ACTION, _("Import z pliku"), _("Zapisano z pliku"))
    actions.register_action(CONSENT_ACTION, _("Zgoda"), _("Zapisano zgodę"))
    actions.register_action(CONFIRM_ACTION, _("Potwierdzenie danych"), _("Osoba potwierdziła dane sama"))
    actions.register_action(ASK_ACTION, _("Prośba o potwierdzenie"), _("Poproszono o potwierdzenie danych"))
    actions.register_action(
        JOIN_ACTION, _("Zgłoszenie do bazy"), _("Osoba zgłosiła się sama i potwierdziła adres")
    )
    actions.register_action(ERASE_ACTION, _("Usunięcie danych osoby"), _("Usunięto dane osoby"))

    actions.register_action(TAKE_BACK_ACTION, _("Cofnięcie zmian"), _("Osoba cofnęła swoje zmiany"))

    class OwnChange(LogFormatter):
        label = _("Zmiany od osoby")
        words = _("Osoba sama wysłała zmiany: %(fields)s")

        def format_message(self, log_entry: Any) -> Any:
            return self.words % {"fields": ", ".join(label_of(name) for name in log_entry.data["fields"])}

    @actions.register_action(LIVE_ACTION)
    class OwnChangeAtOnce(OwnChange):
        words = _("Osoba sama zmieniła wpis, od razu: %(fields)s")

    actions.register_action(SEND_ACTION)(OwnChange)

    @actions.register_action(RETURN_ACTION)
    class Returned(LogFormatter):
        label = _("Odesłanie zmian")
        message = _("Odesłano osobie jej zmiany do poprawy")

        def format_comment(self, log_entry: Any) -> str:
            return str(log_entry.data.get("reason", ""))

    actions.register_action(GUARDIAN_ACTION, _("Opieka nad wpisem"), _("Zmieniono opiekę nad wpisem"))

    @actions.register_action(HAND_OVER_ACTION)
    class HandedOver(LogFormatter):
        label = _("Przekazanie wpisu")
        message = _("Przekazano wpis: zmieniono adres e-mail")

        def format_comment(self, log_entry: Any) -> str:
            return str(log_entry.data.get("reason", ""))

    @actions.register_action(REFUSE_ACTION)
    class ContactChoice(LogFormatter):
        label = _("Wiadomości przez bazę")

        def format_message(self, log_entry: Any) -> Any:
            if log_entry.data["refused"]:
                return _("Osoba nie chce wiadomości przez bazę")
            return _("Osoba znowu przyjmuje wiadomości przez bazę")

    @actions.register_action(METHOD_ACTION)
    class MethodAdded(LogFormatter):
        label = _("Dodanie metody")

        def format_message(self, log_entry: Any) -> Any:
            return _("Dodano metodę: %(method)s") % log_entry.data

    @actions.register_action(STATE_ACTION)
    class StateChange(LogFormatter):
        label = _("Zmiana stanu")

        def format_message(self, log_entry: Any) -> Any:
            said = {
                BY_PERSON: _("Osoba sama zmieniła stan: z „%(before)s” na „%(after)s”"),
                BY_CLOCK: _("Zegar zmienił stan: z „%(before)s” na „%(after)s”"),
            }.get(log_entry.data.get("by", ""), _("Zmieniono stan: z „%(before)s” na „%(after)s”"))
            return said % {name: State(log_entry.data[name]).label for name in ("before", "after")}

        def format_comment(self, log_entry: Any) -> str:
            return str(log_entry.data.get("reason", ""))
