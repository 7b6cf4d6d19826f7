"""Two files of one person with what hangs on them, and all tables as they stand."""

import datetime as dt
import uuid
from typing import Any

from django.apps import apps

from tests.support import county
from yizhou.events.models import Event
from yizhou.files.models import StoredFile
from yizhou.ledgers.models import VoidedRow
from yizhou.merging import raw
from yizhou.people.models import FamilyMember, FileChange, Person, Source
from yizhou.visits.models import ContactAssignment

APART = {"events", "merging", "sessions", "axes", "django_tasks_database"}


def both(**second: str) -> tuple[Person, Person]:
    """A veteran filed twice: the second number has one digit wrong and a check character that fits it."""
    first = county.person("陈国梁", "19600803", 101)
    other = county.person("陈国梁", "19600803", 111, **second)
    return first, other


def member(person: Person, name: str, index: bytes) -> FamilyMember:
    """Somebody of the family; ``index`` is unique for a person."""
    row = FamilyMember(person=person, member_index=index, name=name, relation="SON")
    row.row_digest = b"d" * 16
    row.seal({"phone": "13800138222"})
    row.save(force_insert=True)
    return row


def hang_on(first: Person, other: Person) -> None:
    """Rows of both: one member of the family stands in both files, a paper, a voided row, a liaison."""
    member(first, "陈小明", b"1" * 16)
    member(other, "陈小明", b"1" * 16)
    member(other, "陈小红", b"2" * 16)
    now = dt.datetime(2026, 3, 1, 2, 0, tzinfo=dt.UTC)
    StoredFile.objects.create(
        title="退役证",
        name="a.pdf",
        suffix="pdf",
        media_type="application/pdf",
        size=3,
        checksum=b"3" * 32,
        person_id=other.pk,
        area=other.household_area,
        actor="测试",
        stored_at=now,
    )
    VoidedRow.objects.create(
        ledger="family_members",
        row_uid=uuid.uuid4(),
        row_id=99,
        title="陈小红",
        person_id=other.pk,
        area=other.household_area,
        digest=b"9" * 16,
        reason="重复",
        actor="测试",
        voided_at=now,
    )
    ContactAssignment.objects.create(person=other, staff_index=b"5" * 16, assigned_on=dt.date(2026, 1, 1))


def everything() -> dict[str, list[Any]]:
    """Every row of every table that is no log and not merging's own, byte for byte."""
    tables = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label not in APART]
    found = {}
    for model in tables:
        rows = model._base_manager.all()
        if model is FileChange:
            # The ledger of changes tells of the merge and of its undoing, as the log does.
            rows = rows.exclude(source__in=[Source.MERGE, Source.REVERSE])
        keys = list(rows.values_list("pk", flat=True)) if model._meta.managed else []
        found[model._meta.db_table] = raw.read(model, raw.key_of(model), keys) if keys else []
    return found


def events(kind: str) -> list[Event]:
    """Events of a kind."""
    return list(Event.objects.everywhere("tests").filter(kind=kind).order_by("id"))


def people() -> set[str]:
    """Public ids of all files."""
    return {str(uid) for uid in Person.objects.everywhere("tests").values_list("uid", flat=True)}
