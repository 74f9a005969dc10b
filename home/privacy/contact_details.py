"""E-mail addresses and telephone numbers in a text that everybody will read."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# As people write them: with "@", and with "(at)" or "[małpa]" against robots.
EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]++(?:@[\w-]++\.\w"
    r"|\s*+[(\[{]\s*+(?:at|małpa|malpa)\s*+[)\]}]\s*+[\w-]++(?:\.|\s*+[(\[{]\s*+(?:dot|kropka)))",
    re.IGNORECASE,
)
# A Polish number has nine digits (the numbering plan in the Regulation of the Minister of Digital Affairs of 2014),
# written in threes, or 2-3-2-2 from a fixed line. More digits on either side make it an account or a register's
# number; a unit after it makes it an amount.
GAP = r"[ \u00a0\u202f.\-–]?"
PHONE = re.compile(
    rf"(?<![\d/])(?<!\d{GAP[:-1]})(?:(?:\+|00){GAP}48{GAP})?"
    rf"(?:\(?\d{{2}}\)?{GAP}\d{{3}}{GAP}\d{{2}}{GAP}\d{{2}}|\d{{3}}{GAP}\d{{3}}{GAP}\d{{3}})"
    rf"(?!{GAP}\d)(?!\s*(?:zł|złotych|pln|eur|euro|€|tys|os[oó]b|mieszka))",
    re.IGNORECASE,
)
REGISTER = re.compile(r"\b(?:REGON|KRS|NIP|ISBN|ISSN)\D{0,4}\d[\d \-]*", re.IGNORECASE)


def has_contact_details(text: str) -> bool:
    """Whether the text shows an e-mail address or a Polish telephone number."""
    return bool(EMAIL.search(text) or PHONE.search(REGISTER.sub("", text)))


def refuse_contact_details(text: str) -> None:
    """A validator of public texts. Raises ValidationError, with what to do instead."""
    if has_contact_details(text):
        raise ValidationError(
            _(
                "Usuń stąd adres e-mail albo numer telefonu: zobaczyłby go każdy. "
                "Wiadomości przychodzą przez formularz przy wpisie."
            ),
            code="contact_details",
        )
