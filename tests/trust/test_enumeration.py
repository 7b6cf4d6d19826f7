"""Foreign and absent ids are answered alike, in addresses, in parameters and in forms (trust.md T5)."""

import re
import uuid
from typing import Any

import pytest
from django.db import models
from django.urls import reverse

from tests.trust.matrix import Cell, Walker, kind_of, table
from tests.trust.samples import SAMPLES
from tests.trust.world import COUNTIES, Corner, number_of
from yizhou.core.scope import ScopedQuerySet
from yizhou.events.web import Route, routes

TOKENS = re.compile(r"\b(?:[0-9a-f]{32}|[0-9A-Za-z]{64})\b")
UIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
CURSORS = ("after", "before")


def said(response: Any) -> tuple[int, str]:
    """What an answer gives away: status and text, without what differs from one request to the next anyway."""
    text = response.body.decode() if b"\0" not in response.body else response.body.hex()
    return response.status_code, UIDS.sub("UID", TOKENS.sub("TOKEN", text))


def scoped_routes() -> list[Route]:
    """Routes about an object that lies in an area."""
    return [r for r in routes() if any(sample.scoped for sample in SAMPLES.get(r.name, ()))]


def who_may(route: Route) -> str:
    """A role of the first county that may open the route."""
    holders = table()[route.permission]
    known = ("CENTER_STAFF", "BUREAU_STAFF", "BUREAU_LEADER", "SYS_ADMIN", "WINDOW", "CO_DEPT")
    return next(role for role in known if role in holders)


def differences(corners: list[Corner], found: list[Route]) -> list[str]:
    """Requests whose answer tells a foreign object from none."""
    walkers: dict[str, Walker] = {}
    told = []
    for route in found:
        role = who_may(route)
        walker = walkers.setdefault(role, None) or Walker(role)
        walkers[role] = walker
        for sample in SAMPLES[route.name]:
            for method in route.methods:
                cell = Cell(role, route, method, sample, corners[2])
                kwargs, query = sample.absent(corners[2])
                absent = reverse(route.name, kwargs=kwargs) + query
                foreign = walker.ask(cell)
                if kind_of(foreign) != 404 or said(foreign) != said(walker.send(method, absent)):
                    told.append(str(cell))
    return told


def test_a_foreign_object_is_answered_like_none(corners: list[Corner]) -> None:
    assert len(scoped_routes()) > 40
    assert differences(corners, scoped_routes()) == []


def test_a_lookup_before_the_scope_would_be_noticed(
    corners: list[Corner], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, actor: rows.everywhere("let through"))
    only = [r for r in scoped_routes() if r.name in ("people:person", "cases:detail", "ledgers:row")]
    assert len(differences(corners, only)) >= 11


def lists() -> list[tuple[str, str]]:
    """Lists that are turned by the public id of a row: address, and the object whose id turns them."""
    return [
        (reverse("people:list"), "person"),
        (reverse("cases:list"), "case"),
        (reverse("cases:bundles"), "bundle"),
        *(
            (reverse("ledgers:browse", args=[sample.kwargs_name]), sample.thing)
            for sample in map(Named, SAMPLES["ledgers:row"])
        ),
    ]


class Named:
    """A sample of a ledger's row with the ledger's name."""

    def __init__(self, sample: Any) -> None:
        self.thing = sample.thing
        self.kwargs_name = sample.kwargs(_Anything())["name"]


class _Anything:
    """A corner in which everything has some public id."""

    def __getattr__(self, name: str) -> Any:
        return models.Model if name == "uid" else _Anything()


@pytest.mark.parametrize("cursor", CURSORS)
def test_a_page_cannot_be_turned_by_a_foreign_row(cursor: str, corners: list[Corner]) -> None:
    walker, told = Walker("CENTER_STAFF"), []
    for address, thing in lists():
        foreign = getattr(corners[2], thing).uid
        by_foreign = said(walker.send("GET", f"{address}?{cursor}={foreign}"))
        by_absent = said(walker.send("GET", f"{address}?{cursor}={uuid.uuid4()}"))
        if by_foreign != by_absent or by_foreign[0] != 200:
            told.append(address)
    assert told == []


def test_parameters_and_forms_do_not_tell_a_foreign_person_from_none(corners: list[Corner]) -> None:
    walker = Walker("CENTER_STAFF")
    foreign, nothing = corners[2].person.uid, uuid.uuid4()
    for address in (
        "/cases/new/?subject=RET-11&person={}",
        "/cases/file/RET-11/?person={}",
        "/people/pick/?q={}",
        "/search/?q={}",
        "/people/?q={}",
    ):
        answers = [said(walker.send("GET", address.format(uid))) for uid in (foreign, nothing)]
        assert answers[0] == answers[1], address
        assert answers[0][0] in (200, 404), address
    posted = [
        said(walker.send("POST", f"/cases/file/RET-11/?person={uid}", {"legs": ["RET-11"]}))
        for uid in (foreign, nothing)
    ]
    assert posted[0] == posted[1]
    assert posted[0][0] == 404


def test_the_figures_of_another_county_are_not_shown(corners: list[Corner]) -> None:
    walker = Walker("CENTER_STAFF")
    for address in (
        "/indicators/",
        "/indicators/bundle_items/",
        "/indicators/bundle_items/rows/",
        "/reports/annual/2025/",
    ):
        assert walker.send("GET", f"{address}?area={COUNTIES[0]}").status_code == 200, address
        foreign = said(walker.send("GET", f"{address}?area={COUNTIES[1]}"))
        absent = said(walker.send("GET", f"{address}?area=339977000000"))
        assert foreign[0] == 404, address
        assert foreign[1].replace(COUNTIES[1], "") == absent[1].replace("339977000000", ""), address


def test_numbers_that_belong_to_others_are_not_found(corners: list[Corner]) -> None:
    walker = Walker("CENTER_STAFF")
    mine, foreign = corners[0], corners[2]
    for text in (foreign.case.case_no, foreign.bundle.case_no, number_of(2)):
        assert "没有找到" in walker.send("GET", f"/search/?q={text}").body.decode(), text
    assert walker.send("GET", f"/search/?q={mine.case.case_no}").status_code in (200, 302)
    found = walker.send("GET", f"/search/?q={number_of(0)}")
    assert (found.status_code, found.headers["Location"]) == (302, mine.person.get_absolute_url())
