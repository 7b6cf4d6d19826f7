"""Addresses of the card, of plans and of contacts for many."""

from django.urls import path

from yizhou.visits import views

app_name = "visits"
urlpatterns = [
    path("<uuid:uid>/card/", views.print_card, name="card"),
    path("<uuid:uid>/plan/", views.view_plan, name="plan"),
    path("<uuid:uid>/plan/draft/", views.draft_plan, name="draft_plan"),
    path("plans/", views.list_plans, name="plans"),
    path("plans/<uuid:uid>/measures/", views.add_measure, name="add_measure"),
    path("plans/<uuid:uid>/start/", views.start_plan, name="start_plan"),
    path("plans/<uuid:uid>/evaluate/", views.evaluate_plan, name="evaluate_plan"),
    path("measures/<uuid:uid>/strike/", views.strike_measure, name="strike_measure"),
    path("measures/<uuid:uid>/settle/", views.settle_measure, name="settle_measure"),
    path("assign/", views.assign_contacts, name="assign"),
    path("assign/<uuid:uid>/", views.view_batch, name="batch"),
    path("assign/<uuid:uid>/undo/", views.undo_contacts, name="undo"),
]
