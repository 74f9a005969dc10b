"""Pictures and films."""

import re
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

DRAWINGS = [
    ("panel", _("panel: półkole ław")),
    ("dialog", _("dialog: nakładające się koła")),
    ("budzet", _("budżet: koła na jednej linii")),
    ("klimat", _("klimat: słońce nad wodą")),
    ("mentoring", _("mentoring: dwa kręgi")),
    ("prawo", _("prawo: rzędy paragrafów")),
    ("forum", _("forum: stoły")),
    ("wlaczanie", _("włączanie: różne miejsca")),
    ("mlodziez", _("młodzież: rozsypany krąg")),
]


class ImageBlock(blocks.StructBlock):
    """A photograph, or a drawing of the site's own; a drawing always only decorates."""

    image = ImageChooserBlock(label=_("Zdjęcie"), required=False)
    topic = blocks.ChoiceBlock(label=_("albo rysunek"), choices=DRAWINGS, required=False)
    alt = blocks.CharBlock(
        label=_("Tekst zastępczy"),
        required=False,
        max_length=250,
        help_text=_("Co widać, dla osób, które nie widzą obrazu. Zostaw puste, gdy obraz tylko zdobi."),
    )
    caption = blocks.CharBlock(label=_("Podpis"), required=False, max_length=250)
    credit = blocks.CharBlock(label=_("Autor zdjęcia"), required=False, max_length=120)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not cleaned["image"] and not cleaned["topic"]:
            raise blocks.StructBlockValidationError(
                {"image": ValidationError(_("Wybierz zdjęcie albo rysunek."))}
            )
        return cleaned

    class Meta:
        label = _("Obraz")
        icon = "image"
        description = _("Zdjęcie lub rysunek z podpisem i autorem.")
        template = "blocks/image.html"
        preview_value = {
            "image": None,
            "topic": "forum",
            "alt": "Sześć stołów, przy jednym wolne krzesło",
            "caption": "Przy każdym stole zostaje jedno wolne krzesło.",
            "credit": "",
        }


class GalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tytuł"), required=False, max_length=120)
    items = blocks.ListBlock(ImageBlock(), label=_("Obrazy"), min_num=2)

    class Meta:
        label = _("Galeria")
        icon = "image"
        description = _("Kilka obrazów z podpisami.")
        template = "blocks/gallery.html"
        preview_value = {
            "title": "Z sali",
            "items": [
                {
                    "image": None,
                    "topic": "panel",
                    "alt": "Półkole ław",
                    "caption": "Dzień pierwszy",
                    "credit": "",
                },
                {"image": None, "topic": "dialog", "alt": "", "caption": "Dzień drugi", "credit": ""},
            ],
        }


_YOUTUBE = {"www.youtube.com", "youtube.com", "m.youtube.com"}
_VIMEO = {"vimeo.com", "www.vimeo.com"}
_ID = re.compile(r"[\w-]{6,20}")


def embed_address(url: str) -> str:
    """Where a film of YouTube or Vimeo plays in a frame; empty when `url` is not one."""
    try:
        parts = urlsplit(url.strip())
        query = parse_qs(parts.query)
    except ValueError:
        return ""
    if parts.scheme != "https":
        return ""
    identifier = ""
    if parts.netloc in _YOUTUBE and parts.path == "/watch":
        identifier = query.get("v", [""])[0]
    elif parts.netloc == "youtu.be":
        identifier = parts.path.strip("/")
    elif parts.netloc in _VIMEO and re.fullmatch(r"/\d{5,12}/?", parts.path):
        return f"https://player.vimeo.com/video/{parts.path.strip('/')}?dnt=1"
    if not _ID.fullmatch(identifier):
        return ""
    return f"https://www.youtube-nocookie.com/embed/{identifier}?autoplay=1"


class VideoValue(blocks.StructValue):
    @property
    def embed(self) -> str:
        return embed_address(self["url"])

    @property
    def service(self) -> str:
        return "Vimeo" if "vimeo" in self.embed else "YouTube"


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Tytuł filmu"), max_length=140)
    url = blocks.URLBlock(label=_("Adres"), help_text=_("Z YouTube albo Vimeo."))
    transcript = blocks.RichTextBlock(
        label=_("Zapis tekstowy"),
        required=False,
        features=["bold", "italic", "ol", "ul", "link"],
        help_text=_("Co w filmie powiedziano i co ważnego widać."),
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not embed_address(cleaned["url"]):
            raise blocks.StructBlockValidationError(
                {
                    "url": ValidationError(
                        _("Wklej adres filmu z YouTube albo Vimeo, zaczynający się od https://.")
                    )
                }
            )
        return cleaned

    class Meta:
        label = _("Film")
        icon = "media"
        description = _("Wczytuje się dopiero po kliknięciu i za zgodą czytelnika.")
        template = "blocks/video.html"
        value_class = VideoValue
        preview_value = {
            "title": "Forum w trzy minuty",
            "url": "https://www.youtube.com/watch?v=abcdefghijk",
            "transcript": "<p>Sala, sześć stołów. Głos: „Zostawcie jedno krzesło wolne”.</p>",
        }
