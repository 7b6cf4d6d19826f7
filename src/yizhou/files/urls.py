"""Addresses of files."""

from django.urls import path

from yizhou.files import views

app_name = "files"
urlpatterns = [path("<uuid:uid>/", views.open_file, name="open")]
