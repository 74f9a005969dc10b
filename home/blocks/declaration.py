"""The accessibility declaration, in the order and with the ids that the law's technical conditions name.

Source: "Warunki techniczne publikacji i struktura dokumentu elektronicznego deklaracji dostępności", version 2.0
of 31 July 2024, under art. 12 pkt 7 of the Act of 4 April 2019. Monitoring robots look the ids up, and rich text
would strip them: so the editor fills fields and the template sets the ids.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.text import FEATURES

STATUSES = [
    ("zgodna", _("zgodna")),
    ("częściowo zgodna", _("częściowo zgodna")),
    ("niezgodna", _("niezgodna")),
]


class DeclarationValue(blocks.StructValue):
    @property
    def status_label(self) -> str:
        """The status in the reader's language; what is stored is Polish."""
        return str(dict(STATUSES).get(self["status"], self["status"]))


class DeclarationBlock(blocks.StructBlock):
    entity = blocks.CharBlock(label=_("Podmiot"), max_length=160)
    site_name = blocks.CharBlock(label=_("Nazwa strony"), max_length=160)
    url = blocks.URLBlock(label=_("Adres strony"))
    published = blocks.DateBlock(label=_("Data publikacji strony"))
    updated = blocks.DateBlock(label=_("Data ostatniej istotnej aktualizacji"))
    status = blocks.ChoiceBlock(label=_("Status zgodności z ustawą"), choices=STATUSES)
    non_accessible = blocks.RichTextBlock(label=_("Treści niedostępne"), features=FEATURES, required=False)
    burden_url = blocks.URLBlock(label=_("Adres analizy nadmiernego obciążenia"), required=False)
    prepared = blocks.DateBlock(label=_("Data sporządzenia deklaracji"))
    reviewed = blocks.DateBlock(label=_("Data ostatniego przeglądu deklaracji"))
    auditor = blocks.CharBlock(
        label=_("Kto badał dostępność"),
        max_length=160,
        required=False,
        help_text=_("Puste, jeśli deklaracja powstała na podstawie samooceny."),
    )
    method = blocks.TextBlock(label=_("Na jakiej podstawie sporządzono deklarację"), max_length=600)
    keyboard = blocks.RichTextBlock(label=_("Skróty klawiaturowe"), features=FEATURES)
    contact_name = blocks.CharBlock(label=_("Kto odpowiada na zgłoszenia"), max_length=120)
    contact_email = blocks.EmailBlock(label=_("E-mail"), help_text=_("Adres instytucji, nie osoby."))
    contact_phone = blocks.CharBlock(label=_("Telefon"), max_length=30)
    procedure = blocks.RichTextBlock(label=_("Obsługa wniosków i skarg"), features=FEATURES)
    architecture = blocks.RichTextBlock(label=_("Dostępność architektoniczna"), features=FEATURES)
    apps = blocks.RichTextBlock(label=_("Aplikacje mobilne"), features=FEATURES)

    class Meta:
        label = _("Deklaracja dostępności")
        icon = "info-circle"
        description = _("Deklaracja w układzie, którego wymaga ustawa o dostępności cyfrowej.")
        template = "blocks/declaration.html"
        value_class = DeclarationValue
        preview_value = {
            "entity": "Fundacja Wolne Krzesło",
            "site_name": "Przestrzeń Praktyków Partycypacji",
            "url": "https://przestrzen.example.org/",
            "published": "2026-11-22",
            "updated": "2026-11-22",
            "status": "częściowo zgodna",
            "non_accessible": "<p>Część nagrań nie ma audiodeskrypcji.</p>",
            "burden_url": "",
            "prepared": "2026-11-22",
            "reviewed": "2026-11-22",
            "auditor": "",
            "method": "Deklarację sporządzono na podstawie samooceny.",
            "keyboard": "<p>Działają skróty przeglądarki.</p>",
            "contact_name": "Natalia Przykładowa",
            "contact_email": "dostepnosc@example.org",
            "contact_phone": "22 000 00 00",
            "procedure": "<p>Odpowiemy najpóźniej w ciągu 7 dni.</p>",
            "architecture": "<p>Wejście bez progu.</p>",
            "apps": "<p>Nie udostępniamy aplikacji mobilnych.</p>",
        }

    def get_preview_value(self) -> Any:
        """As it is stored: dates are words until they are read."""
        return self.to_python(self.meta.preview_value)
