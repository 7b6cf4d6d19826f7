"""Foreign and absent ids are answered alike, in addresses, in parameters and in forms (trust.md T5)."""

import re
import uuid
from typing import Any

import pytest
from django.urls import reverse

from tests.trust.matrix import Cell, Walker, kind_of, table
from tests.trust.samples import SAMPLES
from tests.trust.world import COUNTIES, Corner, number_of
from yizhou.core.scope import ScopedQuerySet
from yizhou.events.web import Route, routes

TOKENS = re.compile(r"\b(?:[0-9a-f]{32}|[0-9A-Za-z]{64})\b")
UIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


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
    walkers = {role: Walker(role) for role in {who_may(route) for route in found}}
    told = []
    for route in found:
        role = who_may(route)
        for sample in SAMPLES[route.name]:
            for method in route.methods:
                cell = Cell(role, route, method, sample, corners[2])
                kwargs, query = sample.absent(corners[2])
                absent = reverse(route.name, kwargs=kwargs) + query
                foreign = walkers[role].ask(cell)
                if kind_of(foreign) != 404 or said(foreign) != said(walkers[role].send(method, absent)):
                    told.append(str(cell))
    return told


def turned(corners: list[Corner]) -> list[str]:
    """Lists, turned by the public id of a row, that tell a foreign row from none.

    The whole city is asked for, so that it is the scope alone that leaves rows out.
    """
    lists = {reverse("cases:list"): "case", reverse("cases:bundles"): "bundle"}
    for sample in SAMPLES["ledgers:row"]:
        lists[reverse("ledgers:browse", args=[sample.kwargs(corners[0])["name"]])] = sample.thing
    walker, told = Walker("CENTER_STAFF"), []
    for address, thing in lists.items():
        for cursor in ("after", "before"):
            turn = f"{address}?area=339900000000&{cursor}="
            foreign = said(walker.send("GET", f"{turn}{getattr(corners[2], thing).uid}"))
            if foreign != said(walker.send("GET", f"{turn}{uuid.uuid4()}")) or foreign[0] != 200:
                told.append(turn)
    return told


def asked(corners: list[Corner]) -> list[str]:
    """Parameters and forms that tell a foreign person from none."""
    uids, numbers = (corners[2].person.uid, uuid.uuid4()), (number_of(2), number_of(900))
    walker, told = Walker("CENTER_STAFF"), []
    for address, values in {
        "/cases/new/?subject=RET-11&person={}": uids,
        "/cases/file/RET-11/?person={}": uids,
        "/people/pick/?q={}": numbers,
        "/search/?q={}": numbers,
    }.items():
        answers = [said(walker.send("GET", address.format(value))) for value in values]
        texts = [text.replace(str(value), "") for (_, text), value in zip(answers, values, strict=True)]
        if answers[0][0] != answers[1][0] or texts[0] != texts[1]:
            told.append(address)
    form = "/cases/file/RET-11/?person={}"
    posted = [said(walker.send("POST", form.format(uid), {"legs": ["RET-11"]})) for uid in uids]
    return told if posted[0] == posted[1] else [*told, f"POST {form}"]


def test_a_foreign_object_is_answered_like_none(corners: list[Corner]) -> None:
    assert len(scoped_routes()) > 40
    assert differences(corners, scoped_routes()) == []


def test_neither_a_page_s_turning_nor_a_parameter_tells_a_foreign_row_from_none(
    corners: list[Corner],
) -> None:
    assert turned(corners) == []
    assert asked(corners) == []


def test_a_lookup_before_the_scope_would_be_noticed(
    corners: list[Corner], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, actor: rows.everywhere("let through"))
    only = [r for r in scoped_routes() if r.name in ("people:person", "cases:detail", "ledgers:row")]
    assert len(differences(corners, only)) >= 11
    assert len(turned(corners)) == 2 * (2 + len(SAMPLES["ledgers:row"]))
    assert len(asked(corners)) == 5


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
