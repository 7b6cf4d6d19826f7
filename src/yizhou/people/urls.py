"""Addresses of the file."""

from django.urls import path

from yizhou.people import views

app_name = "people"
urlpatterns = [
    path("", views.list_people, name="list"),
    path("count/", views.count_people, name="count"),
    path("pick/", views.pick_person, name="pick"),
    path("create/", views.create_person, name="create"),
    path("export/", views.export_people, name="export"),
    path("quality/", views.view_quality, name="quality"),
    path("<uuid:uid>/", views.view_person, name="person"),
    path("<uuid:uid>/correct/", views.correct_person, name="correct"),
    path("<uuid:uid>/confirm/", views.confirm_person, name="confirm"),
    path("<uuid:uid>/reveal/<slug:field>/", views.reveal_field, name="reveal"),
    path("<uuid:uid>/attach/", views.attach_file, name="attach"),
    path("<uuid:uid>/<slug:panel>/", views.view_panel, name="panel"),
]
