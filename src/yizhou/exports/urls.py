"""Addresses of the register."""

from django.urls import path

from yizhou.exports import views

app_name = "exports"
urlpatterns = [
    path("", views.list_exports, name="list"),
    path("<uuid:uid>/", views.view_export, name="view"),
    path("<uuid:uid>/take/", views.take_export, name="take"),
    path("<uuid:uid>/withdraw/", views.withdraw_export, name="withdraw"),
    path("<uuid:uid>/approve/", views.approve_export, name="approve"),
    path("<uuid:uid>/decline/", views.decline_export, name="decline"),
]
