"""Where a reader asks for news, and where the links of the mails lead; included within i18n_patterns."""

from django.urls import path

from directory.saved import views

urlpatterns = [
    path("powiadomienia/", views.ask, name="saved_search"),
    path("powiadomienia/sprawdz-poczte/", views.sent, name="saved_search_sent"),
    path("powiadomienia/potwierdzenie/<str:token>/", views.confirm, name="saved_search_confirm"),
    path("powiadomienia/koniec/<str:token>/", views.leave, name="saved_search_leave"),
]
