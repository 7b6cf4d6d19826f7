"""Addresses of the dashboards."""

from django.urls import path

from yizhou.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("dashboard/", views.view_dashboard, name="dashboard"),
    path("dashboard/boundaries/", views.view_boundaries, name="boundaries"),
    path("screen/", views.view_screen, name="screen"),
]
