from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail_modeladmin.options import modeladmin_register

from .mail.admin import OutboxAdmin, admin_urls
from .models import SiteSettings

modeladmin_register(OutboxAdmin)


class SiteSettingsViewSet(SnippetViewSet):
    model = SiteSettings
    icon = "cogs"
    menu_label = _("Ustawienia strony")
    add_to_settings_menu = True
    list_display = ["__str__", "organisation", "contact_email"]


register_snippet(SiteSettingsViewSet)


@hooks.register("register_admin_urls")
def mail_urls() -> list[URLPattern]:
    return admin_urls


class MailboxItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(settings.DEMO_MAILBOX) and request.user.has_perm("home.view_outboxmail")


@hooks.register("register_settings_menu_item")
def mailbox_item() -> MenuItem:
    return MailboxItem(_("Skrzynka wersji pokazowej"), reverse("demo_mailbox"), icon_name="mail", order=910)


@hooks.register("register_help_menu_item")
def style_guide_item() -> MenuItem:
    return MenuItem(_("Wzornik wyglądu"), reverse("style_guide"), icon_name="view", order=920)


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


@hooks.register("insert_global_admin_js")
def saving_js() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("js/admin/saving.js"))
