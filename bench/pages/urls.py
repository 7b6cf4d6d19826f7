"""The product's addresses and the two pages it is compared with."""

from django.urls import include, path

from bench.pages import views

urlpatterns = [
    path("bench/hello/", views.hello),
    path("bench/usual/", views.usual),
    path("", include("yizhou.config.urls")),
]
