"""What is left of an event."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.lists import DocumentsBlock, FiguresBlock
from home.blocks.media import GalleryBlock, VideoBlock
from home.blocks.text import ParagraphBlock


class ArchiveBlock(blocks.StreamBlock):
    paragraph = ParagraphBlock(label=_("Sprawozdanie"))
    figures = FiguresBlock()
    documents = DocumentsBlock()
    gallery = GalleryBlock()
    video = VideoBlock()

    class Meta:
        template = "blocks/body.html"
