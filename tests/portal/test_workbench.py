"""The workbench shows indicators of the actor's own area, and only to those who may see indicators."""

from __future__ import annotations

import datetime as dt

import pytest

from yizhou.core.actor import Actor
from yizhou.hall.models import HallReception
from yizhou.orgs.models import Division
from yizhou.orgs.permissions import granted_to
from yizhou.portal.queries import workbench

pytestmark = pytest.mark.django_db
COUNTY = "339901000000"


def receive(area: str, persons: int) -> None:
    HallReception.objects.create(
        reception_no=f"{area}-{persons}",
        received_at=dt.datetime(2026, 2, 3, 9, 0, tzinfo=dt.UTC),
        place="HALL",
        area=area,
        visitor_name="来访人",
        persons=persons,
    )


def actor(role: str, area: str = "339901") -> Actor:
    return Actor(1, "顾建平", frozenset({role}), (area,), permissions=granted_to(role))


@pytest.fixture(autouse=True)
def county(clock: object) -> None:
    Division.objects.create(area_code=COUNTY, name="示例县", level="COUNTY")
    receive(COUNTY, 3)
    receive("339902000000", 40)


def test_figures_are_those_of_the_own_area_and_open_their_indicator() -> None:
    cards = {card["label"]: card for card in workbench(actor("CENTER_STAFF"))["kpis"]}
    visits = next(card for label, card in cards.items() if "来访人次" in label)
    assert visits["value"] == "3"
    assert visits["url"].startswith("/indicators/hall_visit_times/?from=2026-01-01&to=2026-12-31")


def test_roles_without_indicators_get_no_figures() -> None:
    assert workbench(actor("WINDOW"))["kpis"] == []


def test_what_cannot_be_measured_says_why() -> None:
    rated = [card for card in workbench(actor("CENTER_STAFF"))["kpis"] if "满意度" in card["label"]]
    assert [(card["value"], card["notes"]) for card in rated] == [(None, "分母为 0")]
