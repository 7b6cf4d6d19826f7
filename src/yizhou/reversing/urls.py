"""Addresses of taking batches back."""

from django.urls import path

from yizhou.reversing import views

app_name = "reversing"
urlpatterns = [
    path("", views.list_reversals, name="list"),
    path("batch/<uuid:uid>/", views.view_batch, name="batch"),
    path("<uuid:uid>/", views.view_reversal, name="view"),
    path("<uuid:uid>/job/", views.show_job, name="job"),
    path("<uuid:uid>/rows/", views.list_rows, name="rows"),
    path("<uuid:uid>/confirm/", views.confirm_reversal, name="confirm"),
    path("<uuid:uid>/approve/", views.approve_reversal, name="approve"),
    path("<uuid:uid>/refuse/", views.refuse_reversal, name="refuse"),
    path("<uuid:uid>/cancel/", views.cancel_reversal, name="cancel"),
]
