"""Addresses of moves."""

from django.urls import path

from yizhou.moves import views

app_name = "moves"
urlpatterns = [
    path("", views.list_moves, name="list"),
    path("seams/", views.list_seams, name="seams"),
    path("new/", views.ask_move, name="ask"),
    path("<uuid:uid>/", views.view_move, name="view"),
    path("<uuid:uid>/sheet/", views.print_sheet, name="sheet"),
    path("<uuid:uid>/confirm/", views.confirm_move, name="confirm"),
    path("<uuid:uid>/refuse/", views.refuse_move, name="refuse"),
    path("<uuid:uid>/withdraw/", views.withdraw_move, name="withdraw"),
]
