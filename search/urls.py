"""The addresses of the site-wide search; included within i18n_patterns."""

from django.urls import path

from search import suggestions
from search.views import results

urlpatterns = [
    path("szukaj/", results, name="search"),
    path("podpowiedzi/", suggestions.view, name="suggestions"),
]
