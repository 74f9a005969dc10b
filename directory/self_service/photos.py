"""Photographs that people upload: made small and stripped of what the camera wrote, kept as theirs, forgotten unused."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex, Revision

from directory.models import EntryChange, EntryPhoto, Practitioner

#: Bytes of a file; pixels of its picture; pixels of the longer side that is kept.
LARGEST = 8 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGER_SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP")
#: Of one person, in a day.
MOST_A_DAY = 10
KEPT_UNUSED = timedelta(days=1)


def prepared(upload: UploadedFile[bytes]) -> bytes:
    """The picture as a JPEG, upright, without metadata. Raises ValidationError for what is no photograph."""
    if (upload.size or 0) > LARGEST:
        raise ValidationError(_("Plik jest za duży: najwyżej 8 MB."), code="large")
    unreadable = ValidationError(_("Tego pliku nie da się odczytać. Wybierz zdjęcie JPG, PNG albo WebP."))
    try:
        picture: Image.Image = Image.open(upload, formats=FORMATS)
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise ValidationError(_("Zdjęcie ma za dużo pikseli: najwyżej 50 milionów."), code="pixels")
        picture = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise unreadable from error
    if min(width, height) < 100:
        raise ValidationError(_("Zdjęcie jest za małe: co najmniej 100 na 100 pikseli."), code="small")
    picture.thumbnail((LONGER_SIDE, LONGER_SIDE))
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(picture, mask=picture.getchannel("A"))
    out = BytesIO()
    flat.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


class PhotoField(forms.FileField):
    """Its value is the picture as it may be kept, or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            help_text=gettext_lazy("JPG, PNG albo WebP, do 8 MB. Miejsce i aparat, które bywają zapisane w pliku, usuwamy."),
            widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
            **kwargs,
        )  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> bytes | None:
        upload: UploadedFile[bytes] | None = super().clean(data, initial)
        return prepared(upload) if upload else None


def keep(*, person: Practitioner, content: bytes, now: datetime) -> EntryPhoto:
    """Store it as the person's. Raises ValidationError after too many in a day."""
    recent = EntryPhoto.objects.filter(practitioner=person, uploaded_at__gt=now - timedelta(days=1))
    if recent.count() >= MOST_A_DAY:
        raise ValidationError(_("Dziś wgrano już za dużo zdjęć. Spróbuj jutro."), code="many")
    image = get_image_model().objects.create(
        title=person.name, file=ContentFile(content, name=f"{secrets.token_hex(12)}.jpg")
    )
    return EntryPhoto.objects.create(practitioner=person, image=image, uploaded_at=now)


def of(person: Practitioner) -> list[Any]:
    """Images that the person uploaded and that are still kept."""
    rows = EntryPhoto.objects.filter(practitioner__translation_key=person.translation_key)
    return [row.image for row in rows.select_related("image")]


def forget_unused(now: datetime) -> int:
    """Erase what is neither published anywhere nor part of what waits; how many. A job of home.clock."""
    old = EntryPhoto.objects.filter(uploaded_at__lt=now - KEPT_UNUSED).select_related("image", "practitioner")
    published = Practitioner.objects.filter(photo__isnull=False).values("photo")
    gone = 0
    for row in old.exclude(image__in=published):
        drafts = Revision.objects.filter(pk=row.practitioner.latest_revision_id) | Revision.objects.filter(
            pk__in=EntryChange.objects.filter(practitioner=row.practitioner).values("revision")
        )
        waits = any(
            content.get("photo") == row.image_id for content in drafts.values_list("content", flat=True)
        )
        if not waits and not ReferenceIndex.get_references_to(row.image).exists():
            row.image.delete()
            gone += 1
    return gone
