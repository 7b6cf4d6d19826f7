"""Addresses of the card and of contacts for many."""

from django.urls import path

from yizhou.visits import views

app_name = "visits"
urlpatterns = [
    path("<uuid:uid>/card/", views.print_card, name="card"),
    path("assign/", views.assign_contacts, name="assign"),
    path("assign/<uuid:uid>/", views.view_batch, name="batch"),
    path("assign/<uuid:uid>/undo/", views.undo_contacts, name="undo"),
]
