"""Addresses of cases; every verb under its own name."""

from django.urls import path

from yizhou.cases.forms.verbs import VERBS
from yizhou.cases.views import filing, pages, ratings, verbs

app_name = "cases"
urlpatterns = [
    path("", pages.list_cases, name="list"),
    path("bundles/", pages.list_bundles, name="bundles"),
    path("inbox/", pages.inbox, name="inbox"),
    path("new/", filing.start, name="new"),
    path("file/<slug:subject>/", filing.file, name="file"),
    path("file/<slug:subject>/estimate/", filing.estimate, name="estimate"),
    path("ratings/", ratings.list_ratings, name="ratings"),
    path("ratings/<uuid:uid>/follow_up/", ratings.follow_up_rating, name="follow_up_rating"),
    path("ratings/<uuid:uid>/fix/", ratings.fix_rating, name="fix_rating"),
    path("ratings/<uuid:uid>/void/", ratings.void_rating, name="void_rating"),
    path("rate/<uuid:uid>/", ratings.rate, name="rate"),
    path("bundles/<uuid:uid>/", pages.bundle, name="bundle"),
    path("bundles/<uuid:uid>/accept/", verbs.accept_bundle, name="accept_bundle"),
    path("bundles/<uuid:uid>/withdraw/", verbs.withdraw_bundle, name="withdraw_bundle"),
    path("<uuid:uid>/", pages.detail, name="detail"),
    path("<uuid:uid>/reveal_form/", pages.reveal_form, name="reveal_form"),
    *(path(f"<uuid:uid>/{name}/", verbs.verb_view(form), name=name) for name, form in VERBS.items()),
]
