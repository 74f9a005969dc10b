from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .viewsets import SearchGroup
from .viewsets.thesaurus import VIEWS

register_snippet(SearchGroup)


@hooks.register("register_admin_urls")
def preview_urls() -> list[URLPattern]:
    return [path(f"wyszukiwarka/{name}/", view, name=name) for name, view in VIEWS.items()]
