"""Addresses under /moj-wpis/; included within i18n_patterns."""

from django.urls import path

from . import editing_views, views

urlpatterns = [
    path("moj-wpis/", views.ask, name="self_service"),
    path("moj-wpis/wyslane/", views.sent, name="self_service_sent"),
    path("moj-wpis/odnosnik/<str:token>/", views.link, name="self_service_link"),
    path("moj-wpis/wpis/", views.entry, name="self_service_entry"),
    path("moj-wpis/zmien/", editing_views.edit, name="self_service_edit"),
    path("moj-wpis/zmiany/", editing_views.change, name="self_service_change"),
    path("moj-wpis/wycofaj/", views.withdraw, name="self_service_withdraw"),
    path("moj-wpis/moje-dane/", views.data, name="self_service_data"),
    path("moj-wpis/moje-dane.json", views.download, name="self_service_download"),
    path("moj-wpis/usun/", views.erase, name="self_service_erase"),
    path("moj-wpis/koniec/", views.leave, name="self_service_leave"),
]
