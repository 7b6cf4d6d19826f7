"""Addresses of the file."""

from django.urls import path

from yizhou.people import change_views, views

app_name = "people"
urlpatterns = [
    path("", views.list_people, name="list"),
    path("count/", views.count_people, name="count"),
    path("columns/", views.choose_columns, name="columns"),
    path("pick/", views.pick_person, name="pick"),
    path("create/", views.create_person, name="create"),
    path("export/", views.export_people, name="export"),
    path("quality/", views.view_quality, name="quality"),
    path("changes/", change_views.list_proposals, name="proposals"),
    path("changes/<uuid:uid>/", change_views.view_proposal, name="proposal"),
    path("changes/<uuid:uid>/approve/", change_views.approve_change, name="approve_change"),
    path("changes/<uuid:uid>/refuse/", change_views.refuse_change, name="refuse_change"),
    path("changes/<uuid:uid>/withdraw/", change_views.withdraw_change, name="withdraw_change"),
    path("changes/<uuid:uid>/reveal/", change_views.reveal_change, name="reveal_change"),
    path("<uuid:uid>/", views.view_person, name="person"),
    path("<uuid:uid>/past/", change_views.view_past, name="past"),
    path("<uuid:uid>/reverse/<uuid:change>/", change_views.reverse_change, name="reverse"),
    path("<uuid:uid>/correct/", views.correct_person, name="correct"),
    path("<uuid:uid>/confirm/", views.confirm_person, name="confirm"),
    path("<uuid:uid>/reveal/<slug:field>/", views.reveal_field, name="reveal"),
    path("<uuid:uid>/readers/print/", views.print_readers, name="readers"),
    path("<uuid:uid>/attach/", views.attach_file, name="attach"),
    path("<uuid:uid>/<slug:panel>/", views.view_panel, name="panel"),
]
