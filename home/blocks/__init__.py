"""The building blocks of a page's body. How to add one: docs/blocks.md."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.declaration import DeclarationBlock
from home.blocks.lists import (
    AccordionBlock,
    DocumentsBlock,
    FiguresBlock,
    PractitionersBlock,
    StepsBlock,
    TableBlock,
)
from home.blocks.media import GalleryBlock, ImageBlock, VideoBlock
from home.blocks.paths import PathBlock
from home.blocks.text import ButtonBlock, CalloutBlock, HeadingBlock, ParagraphBlock, QuoteBlock

__all__ = ["BodyBlock", "ContentBodyBlock", "PathBlock"]


class BodyBlock(blocks.StreamBlock):
    """The body of content pages, articles, cases, events and the rest."""

    heading = HeadingBlock(group=_("Tekst"))
    paragraph = ParagraphBlock(group=_("Tekst"))
    quote = QuoteBlock(group=_("Tekst"))
    callout = CalloutBlock(group=_("Tekst"))
    steps = StepsBlock(group=_("Zestawienia"))
    table = TableBlock(group=_("Zestawienia"))
    figures = FiguresBlock(group=_("Zestawienia"))
    accordion = AccordionBlock(group=_("Zestawienia"))
    documents = DocumentsBlock(group=_("Zestawienia"))
    button = ButtonBlock(group=_("Odnośniki"))
    practitioners = PractitionersBlock(group=_("Odnośniki"))
    image = ImageBlock(group=_("Obrazy i filmy"))
    gallery = GalleryBlock(group=_("Obrazy i filmy"))
    video = VideoBlock(group=_("Obrazy i filmy"))

    class Meta:
        template = "blocks/body.html"


class ContentBodyBlock(BodyBlock):
    """The body of a page of the site itself, one of which declares how accessible the site is."""

    declaration = DeclarationBlock(group=_("Zestawienia"))

    class Meta:
        template = "blocks/body.html"
