"""The addresses of places and of the vocabulary; included within i18n_patterns."""

from django.urls import path, re_path

from directory.views import cards, places, terms

#: Terms of an import may have been slugs with diacritics.
SLUG = r"(?P<slug>[-\w]+)"

urlpatterns = [
    path("gminy/podpowiedzi/", places.suggestions, name="municipality_suggestions"),
    re_path(r"^[-\w/]+/(?P<slug>[-\w]+)/wizytowka\.vcf$", cards.card, name="person_card"),
    path("gminy/", places.index, name="municipalities"),
    re_path(r"^gminy/(?P<teryt>\d{7})-(?P<slug>[-a-z0-9]*)/$", places.municipality, name="municipality"),
    path("metody/", terms.index, {"facet": "metoda"}, name="methods"),
    re_path(rf"^metody/{SLUG}/$", terms.term, {"facet": "metoda"}, name="method"),
    path("tematy/", terms.index, {"facet": "temat"}, name="topics"),
    re_path(rf"^tematy/{SLUG}/$", terms.term, {"facet": "temat"}, name="topic"),
]
