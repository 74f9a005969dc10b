"""What people ask the search for, as counts: no address, no cookie, no time finer than a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QueryCount(models.Model):
    """How often a question was asked on one day, by everybody together."""

    day = models.DateField(_("dzień"))
    text = models.CharField(_("pytanie"), max_length=100)
    count = models.PositiveIntegerField(_("ile razy"), default=1)
    found = models.PositiveIntegerField(_("ile wyników"), help_text=_("przy ostatnim pytaniu tego dnia"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("pytanie do wyszukiwarki")
        verbose_name_plural = _("pytania do wyszukiwarki")
        constraints = [models.UniqueConstraint(fields=["day", "text"], name="one_count_a_day")]
        indexes = [models.Index(fields=["text", "day"], name="search_query_days")]

    def __str__(self) -> str:
        return self.text
