"""Blocks that set things side by side: steps, tables, figures, questions, files, people."""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from home.blocks.text import FEATURES
from home.cards import Card


class TitledTextBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tytuł"), max_length=140)
    html = blocks.RichTextBlock(label=_("Tekst"), features=FEATURES)


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tytuł"), required=False, max_length=120)
    items = blocks.ListBlock(TitledTextBlock(), label=_("Kroki"), min_num=2)

    class Meta:
        label = _("Kroki")
        icon = "list-ol"
        description = _("Co po kolei zrobić; kroki numerują się same.")
        template = "blocks/steps.html"
        preview_value = {
            "title": "Zanim ogłosisz losowanie",
            "items": [
                {"title": "Zapytaj radę", "html": "<p>Czy odpowie na każdą rekomendację?</p>"},
                {"title": "Policz soboty", "html": "<p>Cztery wystarczą na jedno pytanie.</p>"},
            ],
        }


class TableBlock(WagtailTableBlock):
    """A table with a caption and a header row: both are needed to hear it read aloud."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned and not (cleaned.get("table_caption") or "").strip():
            raise ValidationError(_("Nadaj tabeli tytuł (pole „Opis tabeli”): mówi, co w niej jest."))
        if cleaned and not cleaned.get("first_row_is_table_header"):
            raise ValidationError(_("Oznacz pierwszy wiersz jako nagłówki kolumn."))
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """`table`: caption, header (list of words), rows (list of lists), row_headers, numeric (column by column)."""
        context: dict[str, Any] = super(WagtailTableBlock, self).get_context(value, parent_context)
        data = [["" if cell is None else str(cell) for cell in row] for row in (value or {}).get("data", [])]
        header, rows = (data[0], data[1:]) if data else ([], [])
        numeric = [
            bool(rows) and all(_is_number(row[at]) for row in rows if row[at]) for at in range(len(header))
        ]
        context["table"] = {
            "caption": (value or {}).get("table_caption", ""),
            "header": list(zip(header, numeric, strict=True)),
            "rows": [list(zip(row, numeric, strict=True)) for row in rows],
            "row_headers": bool((value or {}).get("first_col_is_header")),
        }
        return context

    def render(self, value: Any, context: dict[str, Any] | None = None) -> str:
        return blocks.Block.render(self, value, context)

    class Meta:
        label = _("Tabela")
        icon = "table"
        description = _("Liczby albo porównanie, z tytułem i nagłówkami.")
        template = "blocks/table.html"
        preview_value = {
            "table_caption": "Panel dla 36 osób, cztery spotkania",
            "first_row_is_table_header": True,
            "first_col_is_header": True,
            "data": [
                ["Pozycja", "Liczba", "Razem (zł)"],
                ["Diety uczestniczek i uczestników", "144", "28 800"],
                ["Facylitacja, trzy osoby", "12", "16 800"],
            ],
        }


def _is_number(text: str) -> bool:
    bare = text.replace("\u00a0", "").replace(" ", "").replace(",", "").replace(".", "").strip("%–-")
    return not bare or bare.isdigit()


class FigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("Liczba"), max_length=20)
    label = blocks.CharBlock(label=_("Czego"), max_length=100)
    note = blocks.CharBlock(label=_("Jednostka lub dopisek"), required=False, max_length=40)


class FiguresBlock(blocks.StructBlock):
    items = blocks.ListBlock(FigureBlock(), label=_("Liczby"), min_num=1, max_num=6)

    class Meta:
        label = _("Liczby")
        icon = "order"
        description = _("Kilka liczb, które warto zapamiętać.")
        template = "blocks/figures.html"
        preview_value = {
            "items": [
                {"value": "25", "label": "gmin z dialogiem", "note": ""},
                {"value": "300", "label": "miejsc na forum", "note": ""},
            ]
        }


class AccordionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tytuł"), required=False, max_length=120)
    items = blocks.ListBlock(TitledTextBlock(), label=_("Pytania"), min_num=1)

    class Meta:
        label = _("Pytania i odpowiedzi")
        icon = "collapse-down"
        description = _("Lista, którą czytelnik rozwija po jednym.")
        template = "blocks/accordion.html"
        preview_value = {
            "title": "Pytania o zgłoszenia",
            "items": [{"title": "Kto może się zgłosić?", "html": "<p>Każdy, kto prowadzi partycypację.</p>"}],
        }


class DocumentItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("Nazwa"), required=False, max_length=140, help_text=_("Domyślnie nazwa pliku.")
    )
    file = DocumentChooserBlock(label=_("Plik"))


class DocumentsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tytuł"), required=False, max_length=120)
    items = blocks.ListBlock(DocumentItemBlock(), label=_("Pliki"), min_num=1)

    class Meta:
        label = _("Pliki do pobrania")
        icon = "doc-full"
        description = _("Lista dokumentów z rodzajem i rozmiarem.")
        template = "blocks/documents.html"
        preview_value = {"title": "Wzory do pobrania", "items": []}

    def get_preview_value(self) -> Any:
        """With files of this site, when it has any."""
        files = get_document_model().objects.order_by("-pk")[:2]
        return self.normalize({"title": "Wzory do pobrania", "items": [{"file": file} for file in files]})


class PractitionersValue(blocks.StructValue):
    @cached_property
    def cards(self) -> list[Card]:
        """Those of the chosen people whom the public may see now, in the reader's language and the editor's order."""
        chosen = [person for person in self["people"] if person is not None]
        if not chosen:
            return []
        visible = type(chosen[0])._default_manager.visible().same_as(chosen)
        found = {person.translation_key: person for person in visible}
        return [found[person.translation_key].card() for person in chosen if person.translation_key in found]


class PractitionersBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tytuł"), required=False, max_length=120)
    people = blocks.ListBlock(SnippetChooserBlock("directory.Practitioner"), label=_("Osoby"), min_num=1)

    class Meta:
        label = _("Osoby z bazy")
        icon = "group"
        description = _("Wizytówki; osoba, która wycofa profil, znika także stąd.")
        template = "blocks/practitioners.html"
        value_class = PractitionersValue
        preview_value = {"title": "Kogo zapytać", "people": []}

    def get_preview_value(self) -> Any:
        """With people of the base whom everybody may see."""
        model = apps.get_model("directory", "Practitioner")
        people = list(model._default_manager.visible().order_by("pk")[:2])
        return self.normalize({"title": "Kogo zapytać", "people": people})
