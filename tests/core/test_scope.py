"""Areas as ranges of division codes, and whose rows an actor sees (trust.md D4); tests/trust/test_scope.py walks all tables."""

from __future__ import annotations

import datetime as dt

import pytest

from yizhou.core.actor import NOBODY, Actor
from yizhou.core.scope import ScopeError, area_range, prefix_of
from yizhou.hall.models import HallReception


def actor(*areas: str) -> Actor:
    return Actor(1, "站员", frozenset({"TOWN_STATION"}), areas)


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
