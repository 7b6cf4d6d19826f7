"""Cases over the API: the list, one case, and every verb that the page offers."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import create_model

from yizhou.cases.as_json import as_form, case_json, page_json
from yizhou.cases.forms.verbs import VERBS, Reader, VerbForm, number, offered, several, text, ticked
from yizhou.cases.models import Case as CaseRow
from yizhou.cases.queries.lists import GROUPS, Wanted, narrowed
from yizhou.cases.queries.pages import case_or_404, case_page
from yizhou.events.rest import (
    Bearer,
    Place,
    next_url,
    once_is_enough,
    page_after,
    require_choice,
    state_seen,
)
from yizhou.events.web import ActingRequest

router = Router(tags=["事项办理"])


class Person(Schema):
    """Whose case; the public id only for posts that may open the file."""

    uid: uuid.UUID | None
    name: str


class Case(Schema):
    """A case as it is listed; ``version`` is what a verb refers to."""

    uid: uuid.UUID
    number: str
    item: str
    item_name: str
    status: str
    status_name: str
    department: str
    area: str
    person: Person
    applied_at: dt.datetime
    accepted_at: dt.datetime | None
    due_on: dt.date | None
    version: int


class Box(Schema):
    """What a verb takes."""

    name: str
    label: str
    required: bool
    options: list[list[str]]


class Verb(Schema):
    """What can be done next, and what speaks against it."""

    name: str
    label: str
    blockers: list[dict[str, str]]
    fields: list[Box]


class WholeCase(Case):
    """A case with its form, papers, history and verbs."""

    form: list[dict[str, str]]
    materials: list[dict[str, Any]]
    events: list[dict[str, str]]
    verbs: list[Verb]


class Cases(Schema):
    """A page of cases."""

    rows: list[Case]
    next: str | None


class Wish(Place):
    """Which cases."""

    status: str = ""
    item: str = ""
    department: str = ""
    person: uuid.UUID | None = None


class Seen(Schema):
    """The version that was seen, unless ``If-Match`` says it."""

    version: int | None = None


SENT: dict[Reader, tuple[type, Any]] = {
    text: (str, ""),
    several: (list[str], []),
    ticked: (bool, False),
    number: (int, 0),
}
"""What stands in the body for each kind of box, and what an absent one means: what is empty the action refuses."""


def body_of(form: VerbForm) -> type[Seen]:
    """What a verb takes."""
    fields: dict[str, Any] = {name: SENT[read] for name, read in form.takes.items()}
    return create_model(f"{form.name.title().replace('_', '')}Body", __base__=Seen, **fields)


@router.get("/cases", auth=Bearer("cases.list_cases"), response=Cases)
def list_cases(request: ActingRequest, wish: Query[Wish]) -> Any:
    """事项和一件事的子项，新的在前"""
    require_choice("status", wish.status, GROUPS)
    filters = {name: str(value) for name, value in wish.dict(exclude={"after"}).items() if value}
    rows = narrowed(CaseRow.objects.visible_to(request.actor), Wanted(filters))
    found, last = page_after(rows, wish.after)
    return {"rows": [case_json(one, request.actor) for one in found], "next": next_url(request, last)}


@router.get("/cases/{uuid:uid}", auth=Bearer("cases.view_case"), response=WholeCase)
def view_case(request: ActingRequest, response: HttpResponse, uid: uuid.UUID) -> Any:
    """一件，及现在能做什么；ETag 是它的版本"""
    return whole(request, response, uid)


def whole(request: ActingRequest, response: HttpResponse, uid: uuid.UUID) -> dict[str, Any]:
    """A case in sight as it stands now."""
    case = case_or_404(uid, request.actor)
    response.headers["ETag"] = f'"{case.version}"'
    page, state, calendar = case_page(case, request.actor)
    verbs = offered(state, request.actor, calendar)
    return {**case_json(case, request.actor), **page_json(page, verbs)}


def operation(form: VerbForm) -> Callable[..., Any]:
    """The operation of one verb: the case as its caller saw it, the action, the case as it is then."""

    def run(request: ActingRequest, response: HttpResponse, uid: uuid.UUID, done: Seen) -> Any:
        case = case_or_404(uid, request.actor)
        seen = state_seen(request, "" if done.version is None else str(done.version))
        case.version = int(seen) if seen.isdecimal() and len(seen) < 9 else -1
        with once_is_enough():
            form.run(case, as_form(done.dict(exclude={"version"})), request.actor)
        if not CaseRow.objects.visible_to(request.actor).filter(uid=uid).exists():
            return Status(204, None)
        return Status(200, whole(request, response, uid))

    run.__annotations__["done"] = body_of(form)
    run.__name__, run.__doc__ = f"{form.name}_case", f"{form.label}；办完后不再看得到的答 204"
    return run


for _form in VERBS.values():
    router.post(
        f"/cases/{{uuid:uid}}/{_form.name}",
        auth=Bearer(_form.permission),
        response={200: WholeCase, 204: None},
    )(operation(_form))
