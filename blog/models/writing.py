"""What articles and cases share: a page of text with methods and topics, and a list with filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.search import index

from blog.querysets import WritingManager, WritingQuerySet
from home.listing import Choice, Filter, chips, page_of
from home.models import BasePage
from home.models.base import tabbed

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

PAGE_SIZE = 12
RELATED = 3


class WritingPage(BasePage):
    """An article or a case: a date, methods, topics."""

    date = models.DateField(_("data"), default=timezone.localdate, db_index=True)
    methods = ParentalManyToManyField(
        "directory.Method", verbose_name=_("metody"), blank=True, related_name="+"
    )
    topics = ParentalManyToManyField(
        "directory.Topic", verbose_name=_("tematy"), blank=True, related_name="+"
    )

    objects = WritingManager()

    search_follows: tuple[str, ...] = ("methods", "topics")
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("term_names", boost=3),
        index.FilterField("date"),
    ]

    class Meta:
        abstract = True

    def term_names(self) -> str:
        terms = [*self.methods.all(), *self.topics.all()]
        return "; ".join(word for term in terms for word in (term.name, *term.other_names))


class WritingIndexPage(BasePage):
    """A list of articles or of cases. `parameters` of the address narrow it, `all_words` lead back to all of it."""

    parent_page_types = ["home.HomePage"]
    max_count_per_parent = 1
    parameters: tuple[str, ...]
    all_words: StrPromise

    edit_handler = tabbed(BasePage.content_panels)

    class Meta:
        abstract = True

    def chosen(self, choice: Choice) -> WritingQuerySet:
        """What is on the list, in its order."""
        raise NotImplementedError

    def filters(self, choice: Choice) -> list[Filter]:
        raise NotImplementedError

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        choice = Choice.read(request.GET, self.parameters)
        page = page_of(self.chosen(choice).for_cards(), request.GET.get("strona"), PAGE_SIZE)
        filters = self.filters(choice)
        return super().get_context(request, *args, **kwargs) | {
            "page_obj": page,
            "cards": [writing.card() for writing in page],
            "choice": choice,
            "filters": filters,
            "chips": chips(filters),
            "all_link": [(str(self.all_words), self.get_url())],
        }
