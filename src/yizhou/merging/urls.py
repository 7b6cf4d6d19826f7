"""Addresses of duplicates."""

from django.urls import path

from yizhou.merging import views

app_name = "merging"
urlpatterns = [
    path("", views.list_pairs, name="list"),
    path("find/", views.find_pairs, name="find"),
    path("settle/", views.settle_pairs, name="settle"),
    path("done/", views.list_done, name="done"),
    path("done/<uuid:uid>/undo/", views.undo_merge, name="undo"),
    path("<uuid:uid>/", views.view_pair, name="pair"),
    path("<uuid:uid>/merge/", views.merge_people, name="merge"),
    path("<uuid:uid>/judge/", views.judge_pair, name="judge"),
]
