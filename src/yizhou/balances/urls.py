"""Addresses of balances."""

from django.urls import path

from yizhou.balances import views

app_name = "balances"
urlpatterns = [
    path("", views.list_balances, name="list"),
    path("confirmed/<uuid:uid>/", views.view_confirmed, name="confirmed"),
    path("<slug:name>/", views.view_sheet, name="sheet"),
    path("<slug:name>/names/", views.open_names, name="names"),
    path("<slug:name>/confirm/", views.confirm_balance, name="confirm"),
    path("<slug:name>/export/", views.export_balance, name="export"),
]
