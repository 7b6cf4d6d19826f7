"""Roles × routes × methods: what each request must be answered with, and what it is answered with.

The expectation is made from the two fact files as they stand on disk and from what each view declares, without
asking the code that enforces them.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.house.tree import ROOT
from tests.support.staff import account, enter, token_of
from tests.trust.samples import SAMPLES, Sample, free, sees
from tests.trust.world import COUNTIES, LEG_OF, TOWNS, Corner
from yizhou.events.problems import API_ROOT
from yizhou.events.web import ANY_METHOD, Route, routes

METHODS = ANY_METHOD
ANONYMOUS = "ANONYMOUS"
HOMES = {"TOWN_STATION": TOWNS[0], "VILLAGE_STATION": TOWNS[0], "LIAISON": TOWNS[0], "GRID": TOWNS[0]}
"""Where a role works in the world; county roles in the first county."""
SIGN_IN, REFUSED, ABSENT, WRONG_METHOD, ANSWERED = "sign in", 403, 404, 405, "answered"
ANSWERS = {200, 201, 202, 204, 302, 400, 401, 409, 422}
"""What a request inside one's rights may be answered with: a page, the way on, or what is wrong with the form."""


def facts(name: str) -> dict[str, Any]:
    """One fact file, straight from the disk."""
    return tomllib.loads((ROOT / "data" / name).read_text(encoding="utf-8"))


def table() -> dict[str, set[str]]:
    """Roles by permission."""
    return {one["code"]: set(one["roles"]) for one in facts("permissions.toml")["permission"]}


def roles() -> list[str]:
    """Every role that signs in."""
    return [one["code"] for one in facts("roles.toml")["role"]]


def home_of(role: str) -> str:
    """The area of the role's post in the tests: towns' and villages' staff in the first town."""
    return HOMES.get(role, COUNTIES[0])


@dataclass(frozen=True)
class Cell:
    """One request of the matrix."""

    role: str
    route: Route
    method: str
    sample: Sample
    corner: Corner

    def address(self) -> str:
        """Where it goes."""
        return reverse(self.route.name, kwargs=self.sample.kwargs(self.corner)) + self.sample.query(
            self.corner
        )

    def expected(self, rights: dict[str, set[str]]) -> object:
        """What the table says."""
        if self.route.is_api and self.method not in self.route.methods:
            return WRONG_METHOD
        if not self.route.public:
            if self.role == ANONYMOUS:
                return SIGN_IN
            if self.role not in rights.get(self.route.permission, set()):
                return REFUSED
        if self.method not in self.route.methods:
            return WRONG_METHOD
        if self.role != ANONYMOUS and not sees(self.role, home_of(self.role), self.sample, self.corner):
            return ABSENT
        return ANSWERED

    def __str__(self) -> str:
        where = f" [{self.sample.thing} in {self.corner.town[:9]}]" if self.sample.scoped else ""
        return f"{self.role} {self.method} {self.route.path}{where}"


def cells(role: str, corners: list[Corner], only: Iterable[Route] | None = None) -> Iterator[Cell]:
    """The requests of one role: all methods at home; outside, those that the route answers."""
    answered = Counter((route.path, method) for route in routes() for method in route.methods)
    for route in routes() if only is None else only:
        # An address of the API has an operation for each of several methods.
        asked = [m for m in METHODS if m in route.methods or not answered[route.path, m]]
        for sample in SAMPLES.get(route.name, [free()]):
            for corner in corners if sample.scoped else corners[:1]:
                methods = asked if corner is corners[0] else route.methods
                for method in methods:
                    yield Cell(role, route, method, sample, corner)


class Walker:
    """A browser of one role that asks and forgets: whatever a request did is undone before the next."""

    def __init__(self, role: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.token = ""
        if role != ANONYMOUS:
            department = LEG_OF if role == "CO_DEPT" else ""
            who = account(role, home_of(role), department=department, name=f"walker-{uuid4().hex[:12]}")
            enter(self.client, who)
            self.token = token_of(who)
        self.cookies = deepcopy(self.client.cookies)

    def ask(self, cell: Cell) -> Any:
        """The answer to one request."""
        return self.send(cell.method, cell.address())

    def send(self, method: str, address: str, data: dict[str, Any] | None = None) -> Any:
        """The answer to any request; a file is read to its end."""
        self.client.cookies = deepcopy(self.cookies)
        with transaction.atomic():
            if address.startswith(API_ROOT):
                response = self.call(method, address, data or {})
            elif data is None:
                response = self.client.generic(
                    method, address, content_type="application/x-www-form-urlencoded"
                )
            else:
                response = self.client.post(address, data)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            response.body = body
            transaction.set_rollback(True)
        return response

    def call(self, method: str, address: str, data: dict[str, Any]) -> Any:
        """The answer to a program with the role's token; the open session beside it counts for nothing."""
        headers = {"Idempotency-Key": uuid4().hex, "If-Match": '"1"'}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        body = b"" if method == "GET" else json.dumps(data).encode()
        return self.client.generic(method, address, body, "application/json", headers=headers)


def kind_of(response: Any) -> object:
    """The class of an answer, as ``Cell.expected`` names them."""
    status = response.status_code
    if "WWW-Authenticate" in response.headers:
        return SIGN_IN
    if status == 302 and response.headers["Location"].startswith("/login/?next="):
        return SIGN_IN
    return ANSWERED if status in ANSWERS else status


def deviations(
    role: str, corners: list[Corner], rights: dict[str, set[str]], only: Iterable[Route] | None = None
) -> list[str]:
    """Every request of a role that is not answered as the table says."""
    walker, found = Walker(role), []
    for cell in cells(role, corners, only):
        expected, got = cell.expected(rights), kind_of(walker.ask(cell))
        if got != expected:
            found.append(f"{cell}: expected {expected}, got {got}")
    return found
