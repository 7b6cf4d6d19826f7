"""Address of the card."""

from django.urls import path

from yizhou.visits import views

app_name = "visits"
urlpatterns = [path("<uuid:uid>/card/", views.print_card, name="card")]
