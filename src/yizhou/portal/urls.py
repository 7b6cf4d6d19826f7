"""Addresses of the shell."""

from django.urls import path

from yizhou.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.open_workbench, name="workbench"),
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("post/", views.choose_post, name="choose_post"),
    path("search/", views.search, name="search"),
    path("health", views.health, name="health"),
]
