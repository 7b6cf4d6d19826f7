"""Addresses of the events of lives."""

from django.urls import path

from yizhou.lifecycle import signal_views, views

app_name = "lifecycle"
urlpatterns = [
    path("", views.list_tasks, name="list"),
    path("signals/", signal_views.list_signals, name="signals"),
    path("signals/compare/", signal_views.compare_list, name="compare"),
    path("signals/lists/<uuid:uid>/", signal_views.show_list, name="signal_list"),
    path("signals/<uuid:uid>/withdraw/", signal_views.withdraw_signal, name="withdraw"),
    path("people/<uuid:uid>/note/", signal_views.note_signal, name="note"),
    path("<uuid:uid>/", views.view_event, name="event"),
    path("<uuid:uid>/companion/", signal_views.accompany_event, name="accompany"),
    path("tasks/<uuid:uid>/settle/", views.settle_task, name="settle"),
    path("tasks/<uuid:uid>/skip/", views.skip_task, name="skip"),
]
