"""Addresses of the ledgers. The rows of a ledger come last: their address begins with any name."""

from django.urls import path

from yizhou.ledgers import browse

app_name = "ledgers"
urlpatterns = [
    path("<slug:name>/", browse.browse_ledger, name="browse"),
    path("<slug:name>/<uuid:uid>/", browse.show_row, name="row"),
]
