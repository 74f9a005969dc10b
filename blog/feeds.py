"""Articles as RSS and Atom, in the language of the index they hang on."""

from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from .models import ArticleIndexPage, ArticlePage

MOST_ITEMS = 30


class ArticleFeed(Feed):
    def get_object(self, request: HttpRequest, index_page: ArticleIndexPage) -> ArticleIndexPage:
        return index_page

    def title(self, obj: ArticleIndexPage) -> str:
        return obj.title

    def link(self, obj: ArticleIndexPage) -> str:
        return obj.get_url() or ""

    def description(self, obj: ArticleIndexPage) -> str:
        return obj.summary

    def items(self, obj: ArticleIndexPage) -> Any:
        return (
            ArticlePage.objects.visible(obj.locale.language_code)
            .prefetch_related("authors", "topics")
            .order_by("-date", "-pk")[:MOST_ITEMS]
        )

    def item_title(self, item: ArticlePage) -> str:
        return item.title

    def item_description(self, item: ArticlePage) -> str:
        return item.summary

    def item_link(self, item: ArticlePage) -> str:
        return item.get_full_url() or ""

    def item_author_name(self, item: ArticlePage) -> str:
        return ", ".join([*(person.name for person in item.authors.all()), *item.outside_authors()])

    def item_categories(self, item: ArticlePage) -> list[str]:
        return [topic.name for topic in item.topics.all()]

    def item_pubdate(self, item: ArticlePage) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time.min))

    def item_updateddate(self, item: ArticlePage) -> datetime | None:
        return item.last_published_at


class AtomArticleFeed(ArticleFeed):
    feed_type = Atom1Feed

    def subtitle(self, obj: ArticleIndexPage) -> str:
        return obj.summary
