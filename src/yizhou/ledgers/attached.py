"""Files about rows: each lies where its row lies, and with the person with whom the row lies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import BigIntegerField, F, Model, Q, QuerySet, Subquery, Value
from django.db.models.expressions import OuterRef

from yizhou.files.actions import move_files
from yizhou.files.models import StoredFile
from yizhou.ledgers.ledger import LEDGERS, Ledger


def displaced(bound: Ledger, rows: QuerySet[Any] | None = None) -> QuerySet[Any]:
    """Files about rows of the ledger, or about these rows of it, that do not lie where their row does.

    ``now_person`` and ``now_area`` say where they belong.
    """
    its_row = bound.model._base_manager.filter(uid=OuterRef("about_uid"))
    files = StoredFile.objects.everywhere("files go where their row goes").filter(about=bound.name)
    if rows is not None:
        files = files.filter(about_uid__in=rows.values("uid"))
    moved, whose = ~Q(area=F("now_area")), Value(None, BigIntegerField())
    if bound.lies_with:
        moved |= ~Q(person_id=F("now_person"))
    return files.annotate(
        now_person=Subquery(its_row.values(bound.lies_with)) if bound.lies_with else whose,
        now_area=Subquery(its_row.values(bound.area)),
    ).filter(moved, now_area__isnull=False)


def take_files_along(bound: Ledger, pk: int | None = None) -> None:
    """After the row was changed, or many rows of the ledger: files about them go where they lie now."""
    for other, path in _lying_with(bound):
        rows = None if pk is None else other.model._base_manager.filter(**{path: pk})
        move_files((file, file.now_person, file.now_area) for file in displaced(other, rows))


def _lying_with(bound: Ledger) -> Iterator[tuple[Ledger, str]]:
    """The ledger itself, and those whose rows lie where a row of it does, with the lookup of that row.

    What lies with a person is left out: the database itself takes that along.
    """
    yield bound, "pk"
    for other in LEDGERS.values():
        steps = other.area.split("__")[:-1]
        for n, model in enumerate(_models_on(other.model, steps), 1):
            path = "__".join(steps[:n])
            if model is bound.model and f"{path}_id" != other.lies_with:
                yield other, path


def _models_on(model: type[Model], steps: list[str]) -> Iterator[Any]:
    """The tables that a lookup passes through."""
    here: Any = model
    for step in steps:
        here = here._meta.get_field(step).related_model
        yield here
