"""Addresses of the ground floor that are not pages of the tree; included within i18n_patterns."""

from django.urls import path

from home.privacy.consent import cookie_settings
from home.styleguide import style_guide

urlpatterns = [
    path("ustawienia-cookies/", cookie_settings, name="cookie_settings"),
    path("styl/", style_guide, name="style_guide"),
]
