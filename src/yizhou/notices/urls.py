"""Addresses of the outbox."""

from django.urls import path

from yizhou.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.view_outbox, name="outbox"),
    path("<uuid:uid>/retry/", views.retry, name="retry"),
]
