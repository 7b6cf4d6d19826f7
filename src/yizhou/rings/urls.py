"""Address of a ring."""

from django.urls import path

from yizhou.rings import views

app_name = "rings"
urlpatterns = [path("<slug:ring>/", views.view_ring, name="ring")]
