from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from directory.importing.storing import LOG_ACTION
from directory.models import State
from directory.services import CONSENT_ACTION, ERASE_ACTION, STATE_ACTION
from directory.viewsets import DirectoryGroup

register_snippet(DirectoryGroup)


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    actions.register_action(LOG_ACTION, _("Import z pliku"), _("Zapisano z pliku"))
    actions.register_action(CONSENT_ACTION, _("Zgoda"), _("Zapisano zgodę"))
    actions.register_action(ERASE_ACTION, _("Usunięcie danych osoby"), _("Usunięto dane osoby"))

    @actions.register_action(STATE_ACTION)
    class StateChange(LogFormatter):
        label = _("Zmiana stanu")

        def format_message(self, log_entry: Any) -> Any:
            return _("Zmieniono stan: z „%(before)s” na „%(after)s”") % {
                name: State(log_entry.data[name]).label for name in ("before", "after")
            }

        def format_comment(self, log_entry: Any) -> str:
            return str(log_entry.data.get("reason", ""))
