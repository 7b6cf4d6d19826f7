"""Addresses of /my/."""

from django.urls import path

from yizhou.citizen import views

app_name = "citizen"
urlpatterns = [
    path("", views.home, name="home"),
    path("login/", views.login, name="login"),
    path("activate/", views.activate, name="activate"),
    path("logout/", views.logout, name="logout"),
    path("cases/", views.list_cases, name="cases"),
    path("file/", views.view_file, name="file"),
    path("readers/", views.list_readers, name="readers"),
    path("access/<uuid:uid>/", views.view_access, name="access"),
    path("access/<uuid:uid>/close/", views.close_access, name="close"),
]
