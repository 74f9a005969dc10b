"""Where links of the mails lead; included within i18n_patterns."""

from django.urls import path

from directory.contact import views

urlpatterns = [
    path("wiadomosci/potwierdzenie/<str:token>/", views.confirm, name="contact_confirm"),
    path("wiadomosci/odmowa/<str:token>/", views.refusal, name="contact_refusal"),
]
