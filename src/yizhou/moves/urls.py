"""Addresses of moves."""

from django.urls import path

from yizhou.moves import incoming_views, views

app_name = "moves"
urlpatterns = [
    path("", views.list_moves, name="list"),
    path("seams/", views.list_seams, name="seams"),
    path("new/", views.ask_move, name="ask"),
    path("incoming/", incoming_views.list_incoming, name="incoming_list"),
    path("incoming/people/<uuid:uid>/", incoming_views.note_incoming, name="note_incoming"),
    path("incoming/<uuid:uid>/", incoming_views.view_incoming, name="incoming"),
    path("incoming/<uuid:uid>/withdraw/", incoming_views.withdraw_incoming, name="withdraw_incoming"),
    path("<uuid:uid>/", views.view_move, name="view"),
    path("<uuid:uid>/sheet/", views.print_sheet, name="sheet"),
    path("<uuid:uid>/confirm/", views.confirm_move, name="confirm"),
    path("<uuid:uid>/refuse/", views.refuse_move, name="refuse"),
    path("<uuid:uid>/withdraw/", views.withdraw_move, name="withdraw"),
]
