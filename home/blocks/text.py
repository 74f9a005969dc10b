"""Blocks of running text."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "superscript"]


def anchor(text: str) -> str:
    """A heading as an address within the page: "Ile to kosztuje" is #ile-to-kosztuje."""
    return slugify(text.replace("ł", "l").replace("Ł", "L")) or "tekst"


class HeadingValue(blocks.StructValue):
    @property
    def anchor(self) -> str:
        return anchor(self["text"])


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Śródtytuł"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("Poziom"), choices=[("h2", _("śródtytuł")), ("h3", _("niższy śródtytuł"))], default="h2"
    )

    class Meta:
        label = _("Śródtytuł")
        icon = "title"
        description = _("Dzieli tekst na części; śródtytuły wyższego poziomu tworzą spis treści.")
        template = "blocks/heading.html"
        value_class = HeadingValue
        preview_value = {"text": "Losowanie bez kamery", "level": "h2"}


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **options: Any) -> None:
        super().__init__(**{"features": FEATURES, **options})

    class Meta:
        label = _("Tekst")
        icon = "pilcrow"
        description = _("Akapity, listy i linki.")
        template = "blocks/paragraph.html"
        preview_value = (
            "<p>Dobre pytanie da się przeczytać na głos w sklepie i nikt nie zapyta, o co chodzi. "
            "Nie zawiera odpowiedzi i nie dotyczy całego świata.</p>"
        )


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Słowa"), help_text=_("Bez cudzysłowu."), max_length=400)
    who = blocks.CharBlock(label=_("Kto"), max_length=80)
    role = blocks.CharBlock(label=_("Kim jest"), required=False, max_length=140)

    class Meta:
        label = _("Cytat")
        icon = "openquote"
        description = _("Zdanie, które ma wybrzmieć, z podpisem.")
        template = "blocks/quote.html"
        preview_value = {
            "text": "Nie pytaliśmy, kto chce mówić. Pytaliśmy, kogo jeszcze w tej sali brakuje.",
            "who": "Leszek Pająk",
            "role": "koordynator panelu w Tychach",
        }


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tytuł"), required=False, max_length=120)
    html = blocks.RichTextBlock(label=_("Tekst"), features=FEATURES)
    kind = blocks.ChoiceBlock(
        label=_("Rodzaj"),
        choices=[("note", _("wskazówka")), ("warning", _("uwaga")), ("example", _("przykład"))],
        default="note",
    )

    class Meta:
        label = _("Ramka")
        icon = "info-circle"
        description = _("Wskazówka, uwaga albo przykład obok głównego wątku.")
        template = "blocks/callout.html"
        preview_value = {
            "title": "Sprawdź, zanim ruszysz",
            "html": "<ul><li>Czy rada jeszcze nie zdecydowała?</li><li>Czy gmina może to zrobić sama?</li></ul>",
            "kind": "note",
        }


class ButtonBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Napis"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Strona"), required=False)
    href = blocks.CharBlock(
        label=_("albo adres"), required=False, help_text=_("Zaczyna się od / albo https://."), max_length=300
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        address = cleaned["href"]
        if not cleaned["page"] and not address:
            raise blocks.StructBlockValidationError(
                {"page": ValidationError(_("Wybierz stronę albo wpisz adres."))}
            )
        if address and not address.startswith(("/", "https://", "http://", "mailto:", "tel:", "#")):
            raise blocks.StructBlockValidationError(
                {"href": ValidationError(_("Adres zaczyna się od / albo https://."))}
            )
        return cleaned

    class Meta:
        label = _("Przycisk")
        icon = "link"
        description = _("Jedna rzecz do zrobienia: zgłoszenie, zapis, pobranie.")
        template = "blocks/button.html"
        preview_value = {"text": "Zgłoś zespół", "page": None, "href": "/mentoring/"}
