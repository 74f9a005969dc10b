"""The staff's view of the outbox: list, one mail whole, send again; and the demo's mailbox."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import ButtonHelper

from home.models.mail import OutboxMail
from home.staff_lists import StaffList

from .outbox import send_again

AGAIN = (OutboxMail.State.SENT, OutboxMail.State.FAILED, OutboxMail.State.UNSURE)
view_mail = permission_required("home.view_outboxmail", login_url="wagtailadmin_login")


class OutboxButtons(ButtonHelper):
    def get_buttons_for_obj(self, obj: OutboxMail, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        buttons = super().get_buttons_for_obj(obj, *args, **kwargs)
        if obj.state in AGAIN:
            buttons.append(
                {
                    "url": reverse("outbox_send_again", args=[obj.pk]),
                    "label": gettext("Wyślij jeszcze raz"),
                    "classname": "button button-small button-secondary",
                    "title": gettext("Wyślij jeszcze raz: %(mail)s") % {"mail": obj.subject},
                }
            )
        return buttons


class OutboxAdmin(StaffList):
    model = OutboxMail
    menu_label = _("Poczta wychodząca")
    menu_icon = "mail"
    menu_order = 900
    menu_hook = "register_settings_menu_item"
    button_helper_class = OutboxButtons
    list_display = ["subject", "recipient", "kind", "state", "attempts", "created_at", "sent_at"]
    list_filter = ["state", "kind", "created_at"]
    search_fields = ["subject", "recipient"]
    inspect_view_enabled = True
    inspect_view_fields = [
        "recipient", "reply_to", "subject", "text", "kind", "state", "attempts", "error", "created_at", "not_before", "sent_at",
    ]  # fmt: skip


@view_mail
def again(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(OutboxMail, pk=pk, state__in=AGAIN)
    if request.method == "POST":
        send_again(mail=mail, now=timezone.now())
        messages.success(request, gettext("Wiadomość czeka na wysłanie."))
        return redirect(OutboxAdmin().url_helper.index_url)
    return TemplateResponse(
        request, "home/admin/send_again.html", {"mail": mail, "back": OutboxAdmin().url_helper.index_url}
    )


@view_mail
def mailbox(request: HttpRequest) -> HttpResponseBase:
    """Every mail of the demo as its reader would see it, newest first."""
    if not settings.DEMO_MAILBOX:
        raise Http404
    page = Paginator(OutboxMail.objects.filter(state=OutboxMail.State.SENT), 20).get_page(
        request.GET.get("p")
    )
    return TemplateResponse(request, "home/admin/mailbox.html", {"page_obj": page})


admin_urls = [
    path("poczta/<int:pk>/jeszcze-raz/", again, name="outbox_send_again"),
    path("skrzynka/", mailbox, name="demo_mailbox"),
]
