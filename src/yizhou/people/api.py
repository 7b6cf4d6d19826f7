"""People over the API: finding them and one file, masked as on the pages."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from ninja import Router, Schema

from yizhou.events.rest import Bearer
from yizhou.events.web import ActingRequest
from yizhou.people.queries.page import person_or_404
from yizhou.people.queries.panels import masked_values
from yizhou.people.queries.search import search_people

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
    """A file: what is sensitive is masked, what the post may not see says so."""

    uid: uuid.UUID
    fields: dict[str, str | None]


@router.post("/people/search", auth=Bearer(VIEW, writes=False), response=list[Found])
def search(request: ActingRequest, sought: Sought) -> Any:
    """查找人员，最多 20 人；证件号写在正文里，不进网址和日志"""
    return search_people(sought.text, request.actor)


@router.get("/people/{uuid:uid}", auth=Bearer(VIEW), response=File)
def view_person(request: ActingRequest, uid: uuid.UUID) -> Any:
    """一人的档案，敏感字段为掩码"""
    person = person_or_404(uid, request.actor)
    return {"uid": person.uid, "fields": masked_values(person, request.actor)}
