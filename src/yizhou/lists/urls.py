"""Addresses of saved filters and of bulk changes."""

from django.urls import path

from yizhou.lists import views

app_name = "lists"
urlpatterns = [
    path("saved/", views.list_saved, name="saved"),
    path("saved/menu/", views.show_menu, name="menu"),
    path("saved/add/", views.save_filter, name="save"),
    path("saved/<uuid:uid>/edit/", views.edit_filter, name="edit"),
    path("saved/<uuid:uid>/remove/", views.remove_filter, name="remove"),
    path("classes/", views.list_batches, name="class_batches"),
    path("classes/set/", views.set_class, name="set_class"),
    path("classes/<uuid:uid>/", views.view_batch, name="class_batch"),
    path("classes/<uuid:uid>/undo/", views.undo_class, name="undo_class"),
]
