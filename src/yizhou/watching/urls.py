"""Addresses of unusual looks."""

from django.urls import path

from yizhou.watching import views

app_name = "watching"
urlpatterns = [
    path("", views.list_readings, name="list"),
    path("<uuid:uid>/", views.view_reading, name="view"),
    path("<uuid:uid>/settle/", views.settle_reading, name="settle"),
]
