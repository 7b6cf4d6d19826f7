"""Address of the log."""

from django.urls import path

from yizhou.events import views

app_name = "events"
urlpatterns = [path("", views.read_log, name="log")]
