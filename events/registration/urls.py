"""Addresses of registration; included within i18n_patterns."""

from django.urls import path

from . import views

urlpatterns = [
    path("zapisy/<slug:slug>/", views.register, name="event_register"),
    path("zapisy/<slug:slug>/wyslane/", views.registered, name="event_registered"),
    path("moje-zgloszenie/<str:token>/", views.own, name="event_registration"),
]
