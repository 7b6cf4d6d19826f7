"""The test client polices pages: each check finds a planted fault, and an honest page passes."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from tests.support.client import BadPage, PoliceClient, WroteOnGet
from tests.support.query_counts import query_count


def writes(request: HttpRequest) -> HttpResponse:
    ContentType.objects.create(app_label="house", model="planted")
    return HttpResponse("<p>saved</p>")


def swallows(request: HttpRequest) -> HttpResponse:
    with suppress(Exception), transaction.atomic():
        ContentType.objects.create(app_label="house", model="planted")
    return HttpResponse("<p>nothing to see</p>")


def leaks(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>{{ person.name }}</p>")


def reads(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<p>{ContentType.objects.count()}</p>")


def answers(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"template": "{{ shown as it is }}"})


urlpatterns = [
    path("w/", writes),
    path("s/", swallows),
    path("l/", leaks),
    path("r/", reads),
    path("j/", answers),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def test_a_get_that_writes_is_found(client: PoliceClient) -> None:
    with pytest.raises(WroteOnGet, match="INSERT INTO"):
        client.get("/w/")


def test_a_view_that_swallows_the_refusal_is_found(client: PoliceClient) -> None:
    with pytest.raises(WroteOnGet, match="INSERT INTO"):
        client.get("/s/")


def test_a_post_may_write(client: PoliceClient) -> None:
    assert client.post("/w/").status_code == 200
    assert ContentType.objects.filter(app_label="house").exists()


def test_a_leaked_tag_is_found(client: PoliceClient) -> None:
    with pytest.raises(BadPage, match="/l/: line 1: template tag leaked"):
        client.get("/l/")


def test_an_honest_page_and_json_pass(client: PoliceClient) -> None:
    assert client.get("/r/").status_code == 200
    assert client.get("/j/").status_code == 200


def test_a_query_more_is_found_and_a_rewrite_records_it(
    client: PoliceClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "query_counts.json"
    monkeypatch.delenv("REWRITE_QUERY_COUNTS", raising=False)
    store.write_text('{"house.reads": 0}', encoding="utf-8")
    with (
        pytest.raises(AssertionError, match=r"house.reads: 1 queries, query_counts.json says 0\n1\. SELECT"),
        query_count("house.reads", store),
    ):
        client.get("/r/")
    monkeypatch.setenv("REWRITE_QUERY_COUNTS", "1")
    with query_count("house.reads", store):
        client.get("/r/")
    assert json.loads(store.read_text(encoding="utf-8")) == {"house.reads": 1}
