"""People over the API: finding them, one file, opening and correcting it; masked as on the pages."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from ninja import Router, Schema, Status

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused
from yizhou.events.rest import Bearer, led_to, state_seen
from yizhou.events.web import ActingRequest
from yizhou.ledgers.as_json import Change, NewRow, Sent, texts_of
from yizhou.people import actions
from yizhou.people.actions.changing import people_ledger, state_of
from yizhou.people.actions.correct import matters_of_correction
from yizhou.people.queries.page import person_or_404
from yizhou.people.queries.panels import masked_values
from yizhou.people.queries.search import search_people
from yizhou.people.sensitive import hidden_from

VIEW = "people.view_person"
router = Router(tags=["一人一档"])


class Sought(Schema):
    """Name, pinyin, identity number, phone or its last four digits."""

    text: str


class Found(Schema):
    """A person who may be meant."""

    uid: uuid.UUID
    name: str
    sex: str
    birth_on: dt.date
    area: str
    category: str
    id_number: str


class File(Schema):
    """A file: what is sensitive is masked, what the post may not see says so; ``state`` goes back as ``If-Match``."""

    uid: uuid.UUID
    state: str
    fields: dict[str, str | None]


@router.post("/people/search", auth=Bearer(VIEW, writes=False), response=list[Found])
def search(request: ActingRequest, sought: Sought) -> Any:
    """查找人员，最多 20 人；证件号写在正文里，不进网址和日志"""
    return search_people(sought.text, request.actor)


@router.get("/people/{uuid:uid}", auth=Bearer(VIEW), response=File)
def view_person(request: ActingRequest, response: HttpResponse, uid: uuid.UUID) -> Any:
    """一人的档案，敏感字段为掩码；ETag 是它的 state"""
    file = file_json(uid, request.actor)
    response.headers["ETag"] = f'"{file["state"]}"'
    return file


@router.post("/people", auth=Bearer("people.create_person"), response={201: File})
def create_person(request: ActingRequest, row: NewRow) -> Any:
    """建立一人的档案"""
    actor, cells = request.actor, cells_of(row.fields, request.actor)
    uid = led_to(
        lambda: actions.create_person(cells, actor=actor, accept_doubts=row.accept_doubts).get_absolute_url()
    )
    return Status(201, file_json(uid, actor))


@router.patch("/people/{uuid:uid}", auth=Bearer("people.correct_person"), response={200: File, 202: File})
def correct_person(request: ActingRequest, uid: uuid.UUID, change: Change) -> Any:
    """更正档案：写明原因和依据的版本；改动身份、类别、待遇、银行账户的答 202，档案不变，等另一人复核"""
    actor, person = request.actor, person_or_404(uid, request.actor)
    seen, cells = state_seen(request, change.seen), cells_of(change.fields, actor)
    waits = bool(matters_of_correction(person, cells, actor))
    verb = actions.propose_correction if waits else actions.correct_person
    led_to(
        lambda: verb(
            person, cells, change.reason, actor=actor, seen=seen, accept_doubts=change.accept_doubts
        ).get_absolute_url()
    )
    return Status(202 if waits else 200, file_json(uid, actor))


def file_json(uid: uuid.UUID, actor: Actor) -> dict[str, Any]:
    """A file in sight. Raises ``Http404``."""
    person = person_or_404(uid, actor)
    return {"uid": uid, "state": state_of(person), "fields": masked_values(person, actor)}


def cells_of(fields: Mapping[str, Sent], actor: Actor) -> dict[str, str]:
    """What was sent as texts by field. Raises ``Refused`` for columns that there are not, or not for this post."""
    bound = people_ledger()
    if closed := [bound.layout[name].header for name in fields if name in hidden_from(actor)]:
        raise Refused([Blocker("CLOSED", f"您的岗位不能填写：{'、'.join(closed)}", "去掉这些列再发")])
    return texts_of(bound, fields)
