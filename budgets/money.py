"""How money and shares are written: exact values in, words out."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from home.typography import NBSP

MILLION, THOUSAND = Decimal(1_000_000), Decimal(1_000)


def number(value: Decimal | int, places: int = 0) -> str:
    """Rounded half up, in groups of three, without trailing zeros after the decimal sign."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if rounded == rounded.to_integral_value():
        places = 0
    text = number_format(rounded, decimal_pos=places, use_l10n=True, force_grouping=True)
    return text.rstrip("0").rstrip(",.") if places else text


def short(value: Decimal) -> tuple[str, str]:
    """(number, unit): ("2,43", "mln zł"), ("380", "tys. zł"), ("950", "zł")."""
    if value >= MILLION:
        return number(value / MILLION, 2), _("mln zł")
    if value >= 10 * THOUSAND:
        return number(value / THOUSAND, 1), _("tys. zł")
    return number(value, 2), _("zł")


def short_text(value: Decimal) -> str:
    return NBSP.join(short(value))


def percent(value: Decimal) -> str:
    """Two places below one per cent, else one."""
    return number(value, 2 if value < 1 else 1)
