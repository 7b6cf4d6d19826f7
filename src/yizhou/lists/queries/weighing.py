"""What setting one contact class for many would do: whose changes from what, who is left alone and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import polars as pl

from yizhou.core.actor import Actor
from yizhou.ledgers import importing
from yizhou.ledgers.columns import code_table, layouts
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.problems import ERROR
from yizhou.ledgers.rendering import cell, stored_rows
from yizhou.ledgers.storing import with_stored_columns
from yizhou.people.models import Person, Proposal, ProposalStatus
from yizhou.people.queries.exporting import chosen

FIELD = "contact_class"
MOST = 20_000
"""People of one bulk change."""
CHUNK = 500
"""So many are done in one transaction; of so few the preview asks the rules as well."""
GONE, SAME = "已不在册", "已是这一类别"
GUARDED, WAITING = "改联系类别须另一人复核，请逐份更正", "联系类别有更正在等复核"
WHY = "people of a bulk change that were found in sight"


def classes() -> Mapping[str, str]:
    """Names of the contact classes by code."""
    return code_table(FIELD).names


@dataclass(slots=True)
class Plan:
    """``taken``: person and the class before; ``skipped``: person, the class before and why."""

    taken: list[tuple[int, str]] = field(default_factory=list)
    skipped: list[tuple[int, str, str]] = field(default_factory=list)
    is_too_long: bool = False

    def changes(self) -> Counter[str]:
        """How many change from what."""
        return Counter(former for _, former in self.taken)

    def reasons(self) -> Counter[str]:
        """How many are left alone, by why."""
        return Counter(why for _, _, why in self.skipped)


def plan_of(query: Mapping[str, str], code: str, actor: Actor, today: dt.date) -> Plan:
    """Everybody ticked, or who fits the filters, weighed set-wise; nothing is written."""
    rows = chosen(query, actor).values_list("id", FIELD, "died_on", "moved_out_on", "deregistered_on")
    people = list(rows[: MOST + 1])
    plan = Plan(is_too_long=len(people) > MOST)
    is_guarded = bool(layouts()["people"][FIELD].second_person)
    for chunk in chunks(people[:MOST]):
        waiting = _waiting([row[0] for row in chunk])
        for person_id, former, *ends in chunk:
            if any(end and end <= today for end in ends):
                plan.skipped.append((person_id, former, GONE))
            elif former == code:
                plan.skipped.append((person_id, former, SAME))
            elif is_guarded or person_id in waiting:
                plan.skipped.append((person_id, former, GUARDED if is_guarded else WAITING))
            else:
                plan.taken.append((person_id, former))
    if len(plan.taken) <= CHUNK:
        _ask_rules(plan, code, actor)
    return plan


def _ask_rules(plan: Plan, code: str, actor: Actor) -> None:
    faults = checked(
        [person_id for person_id, _ in plan.taken], dict.fromkeys(dict(plan.taken), code), actor
    ).faults
    plan.skipped += [(who, former, faults[who]) for who, former in plan.taken if who in faults]
    plan.taken = [(who, former) for who, former in plan.taken if who not in faults]


def _waiting(ids: Sequence[int]) -> set[int]:
    """Files whose contact class somebody has put before a second person."""
    rows = Proposal.objects.everywhere(WHY).filter(person_id__in=ids, status=ProposalStatus.WAITING)
    return {who for who, fields in rows.values_list("person_id", "fields") if FIELD in fields.split(";")}


@dataclass(frozen=True, slots=True)
class Checked:
    """Rows as they are stored, by inner id; what each lacks after the change; whose row breaks which rule."""

    stored: Mapping[int, Mapping[str, Any]]
    missing: Mapping[int, int]
    faults: Mapping[int, str]


def checked(ids: Sequence[int], wanted: Mapping[int, str], actor: Actor) -> Checked:
    """Whole rows with the class wanted, by the rules of the ledger, as a correction of one file would be asked."""
    bound = LEDGERS["people"]
    people = Person.objects.visible_to(actor).filter(pk__in=ids).order_by("id")
    stored = list(stored_rows(bound, people))
    if not stored:
        return Checked({}, {}, {})
    changed = [{**row, FIELD: wanted[row["id"]]} for row in stored]
    texts = {
        c.header: pl.Series([cell(c, row.get(c.field)) or None for row in changed], dtype=pl.String)
        for c in bound.layout.columns
    }
    numbers = pl.Series(range(len(stored)), dtype=pl.UInt32)
    found = importing.check_frame(bound, pl.DataFrame({"row_no": numbers, **texts}), actor)
    errors = found.problems.filter(pl.col("level") == ERROR)
    told = errors.select("row_no", "header", "message").iter_rows()
    faults: dict[int, str] = {}
    for number, header, message in told:
        faults.setdefault(stored[number]["id"], f"{header}：{message}"[:120])
    rows = with_stored_columns(bound, found.accepted) if found.accepted.height else found.accepted
    lacks = rows.select("row_no", "missing_count").iter_rows() if rows.height else iter(())
    missing = {stored[number]["id"]: count for number, count in lacks}
    return Checked({row["id"]: row for row in stored}, missing, faults)


def chunks(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """So many at a time."""
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
