"""The building blocks of a page's body."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class PathBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tytuł"))
    text = blocks.TextBlock(label=_("Tekst"))
    links = blocks.ListBlock(
        blocks.StructBlock(
            [("text", blocks.CharBlock(label=_("Napis"))), ("href", blocks.CharBlock(label=_("Adres")))]
        ),
        label=_("Linki"),
    )


class BodyBlock(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock(label=_("Tekst"))
