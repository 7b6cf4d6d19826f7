"""Addresses of the events of lives."""

from django.urls import path

from yizhou.lifecycle import views

app_name = "lifecycle"
urlpatterns = [
    path("", views.list_tasks, name="list"),
    path("<uuid:uid>/", views.view_event, name="event"),
    path("tasks/<uuid:uid>/settle/", views.settle_task, name="settle"),
    path("tasks/<uuid:uid>/skip/", views.skip_task, name="skip"),
]
