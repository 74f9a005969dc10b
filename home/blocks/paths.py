"""The three ways in on the home page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class PathValue(blocks.StructValue):
    @property
    def seat(self) -> int:
        """Which of nine seats is the reader's: the same for the same title, different between paths."""
        return len(self["title"]) % 9


class PathLinkBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Napis"), max_length=80)
    href = blocks.CharBlock(label=_("Adres"), max_length=300, help_text=_("Zaczyna się od / albo https://."))


class PathBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tytuł"), max_length=60)
    text = blocks.TextBlock(label=_("Tekst"), max_length=240)
    links = blocks.ListBlock(PathLinkBlock(), label=_("Linki"), min_num=1, max_num=4)

    class Meta:
        label = _("Droga")
        icon = "user"
        description = _("Wejście dla jednej grupy czytelników: kim są i dokąd iść.")
        template = "blocks/path.html"
        value_class = PathValue
        preview_value = {
            "title": "Działam w organizacji",
            "text": "Prowadzę spotkania, piszę wnioski, łączę ludzi.",
            "links": [{"text": "Baza praktyków", "href": "/baza-praktykow/"}],
        }
