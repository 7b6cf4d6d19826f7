"""A scoped table cannot be read before somebody said for whom (trust.md D4, T4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from yizhou.core.actor import NOBODY, Actor
from yizhou.core.scope import ScopedQuerySet, ScopeError, area_range, prefix_of
from yizhou.hall.models import HallReception

READINGS: dict[str, Callable[[Any], object]] = {
    "list": list,
    "len": len,
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "first": lambda rows: rows.first(),
    "get": lambda rows: rows.get(pk=1),
    "values": lambda rows: list(rows.values("id")),
    "values_list": lambda rows: list(rows.values_list("id")),
    "iterator": lambda rows: list(rows.iterator()),
    "aggregate": lambda rows: rows.aggregate(models.Max("id")),
    "in_bulk": lambda rows: rows.in_bulk([1]),
    "update": lambda rows: rows.update(id=1),
    "delete": lambda rows: rows.delete(),
    "slice": lambda rows: list(rows[:1]),
    "filtered": lambda rows: list(rows.filter(pk=1).order_by("id")),
    "union of two": lambda rows: list(rows.filter(pk=1) | rows.filter(pk=2)),
}
SCOPED = [m for m in apps.get_models() if isinstance(m._default_manager.all(), ScopedQuerySet)]


def actor(*areas: str) -> Actor:
    return Actor(1, "站员", frozenset({"TOWN_STATION"}), areas)


def test_there_are_scoped_tables() -> None:
    assert {"Person", "Case", "Event", "Visit", "HallReception"} <= {model.__name__ for model in SCOPED}


@pytest.mark.django_db
@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("model", SCOPED, ids=lambda m: m.__name__)
def test_reading_outside_a_scope_raises(model: type[models.Model], reading: str) -> None:
    with pytest.raises(ScopeError):
        READINGS[reading](model._default_manager.all())


@pytest.mark.django_db
@pytest.mark.parametrize("model", SCOPED, ids=lambda m: m.__name__)
def test_the_same_readings_pass_once_a_scope_is_named(model: type[models.Model]) -> None:
    rows: Any = model._default_manager.all()
    assert list(rows.visible_to(actor("3399"))) == []
    assert rows.everywhere("test").count() == 0
    assert rows.visible_to(actor("")).filter(pk=1).first() is None


@pytest.mark.django_db
def test_everywhere_wants_a_reason() -> None:
    with pytest.raises(ScopeError):
        HallReception.objects.everywhere("")


@pytest.mark.django_db
def test_an_actor_sees_its_own_areas_and_nothing_else() -> None:
    areas = ["339901001000", "339901002000", "339902001000", "339910001000"]
    for number, area in enumerate(areas):
        HallReception.objects.create(
            reception_no=str(number),
            received_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            place="HALL",
            area=area,
            visitor_name="来访人",
            persons=1,
        )

    def seen(who: Actor) -> list[str]:
        return list(HallReception.objects.visible_to(who).order_by("area").values_list("area", flat=True))

    assert seen(actor("339901001")) == areas[:1]
    assert seen(actor("339901")) == areas[:2]
    assert seen(actor("339901", "339910")) == [*areas[:2], areas[3]]
    assert seen(actor("")) == areas
    assert seen(actor()) == []
    assert seen(NOBODY) == []
    assert list(HallReception.objects.visible_to(actor("339902")).in_area("339901000000")) == []


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("339900000000", "3399"),
        ("339901000000", "339901"),
        ("339901", "339901"),
        ("3399", "3399"),
        ("339901001000", "339901001"),
        ("339901001203", "339901001203"),
        ("339910000000", "339910"),
    ],
)
def test_the_prefix_of_a_division(code: str, prefix: str) -> None:
    assert prefix_of(code) == prefix


def test_a_range_ends_where_the_next_division_begins() -> None:
    assert area_range("339909") == ("339909", "339910")
    assert area_range("3399") == ("3399", "3400")
    assert "339909999999" < area_range("339909")[1] <= "339910000000"
