"""Addresses under /dolacz/; included within i18n_patterns."""

from django.urls import path

from . import views

urlpatterns = [
    path("dolacz/", views.first, name="joining"),
    path("dolacz/strona/", views.preview, name="joining_preview"),
    path("dolacz/zdjecie.jpg", views.photo, name="joining_photo"),
    path("dolacz/usun/", views.remove, name="joining_remove"),
    path("dolacz/wyslane/", views.sent, name="joining_sent"),
    path("dolacz/potwierdzone/", views.confirmed, name="joining_confirmed"),
    path("dolacz/potwierdzenie/<str:token>/", views.confirm, name="joining_confirm"),
    path("dolacz/<slug:slug>/", views.step, name="joining_step"),
]
