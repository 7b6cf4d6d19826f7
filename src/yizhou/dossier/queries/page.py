"""What the tab 采集表 and the printed form show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.configured import parameter
from yizhou.dossier.facts import form
from yizhou.dossier.queries.beside import DRAWING
from yizhou.dossier.queries.form import Part, Record, parts_of
from yizhou.dossier.queries.workbook import EXPORT
from yizhou.dossier.stacking import rule_of
from yizhou.ledgers.columns import code_name
from yizhou.orgs.queries import full_division_name
from yizhou.people.models import Person
from yizhou.people.queries.panels import masked_values

BLANKS = 2
"""Empty lines that the paper offers for what may be told several times."""


def form_panel(person: Person, actor: Actor) -> dict[str, Any]:
    """Context of ``dossier/_form.html``."""
    parts = parts_of(person, actor)
    required = [part for part in parts if part.is_required and not part.is_closed]
    done = [part for part in required if not part.lacking]
    return {
        "groups": _groups(person),
        "parts": parts,
        "required": len(required),
        "done": len(done),
        "percent": round(100 * len(done) / len(required)) if required else 100,
        "open_parts": [part for part in parts if part.lacking],
        "doubts": [*stacking(parts), *reporting(person, parts)],
        "print_url": reverse("dossier:print", args=[person.uid]),
        "export_url": reverse("dossier:export") if actor.may(EXPORT) else "",
        "uid": person.uid,
    }


def print_page(person: Person, actor: Actor) -> dict[str, Any]:
    """Context of ``dossier/print.html``: the paper form, with room for what is missing."""
    return {
        "title": "信息采集表",
        "name": person.name,
        "number": masked_values(person, actor)["id_number"] or "",
        "place": full_division_name(person.household_area),
        "groups": _groups(person),
        "parts": parts_of(person, actor),
        "blanks": BLANKS,
        "printed_on": clock.today(),
        "back_url": reverse("people:panel", args=[person.uid, "form"]),
    }


def _groups(person: Person) -> list[dict[str, str]]:
    """The person's groups by name; the first is that of the primary category."""
    found = form().groups_of(person.categories)
    return [{"name": group.name, "primary": "主" if n == 0 else ""} for n, group in enumerate(found)]


def stacking(parts: Sequence[Part]) -> Iterator[dict[str, str]]:
    """What becomes of benefits drawn together today (待遇叠加规则): those that exclude each other, those of which the
    higher counts."""
    today = clock.today()
    drawn = {
        record.values["benefit"]
        for record in _records(parts, "benefit_standings")
        if record.values["standing"] == DRAWING
        if record.values["started_on"] <= today
        if not record.values["ended_on"] or record.values["ended_on"] > today
    }
    for a, b in combinations(sorted(drawn), 2):
        rule = rule_of(a, b)
        both = f"{code_name('benefit_type', a)}与{code_name('benefit_type', b)}"
        if rule.mode == "EXCLUSIVE":
            yield {"level": "warn", "text": f"{both}不得同时享受：{rule.basis}"}
        elif rule.mode == "HIGHEST":
            yield {"level": "info", "text": f"{both}默认取高，须人工确认（{rule.basis}）"}


def reporting(person: Person, parts: Sequence[Part]) -> Iterator[dict[str, str]]:
    """How late somebody reported after the discharge (REPORT_DATE). The days are counted here; 是否超期报到 is filled in
    by hand, for whether there was a good reason is for people to judge."""
    limit = parameter("report_late_days")
    for record in _records(parts, "placement_records"):
        reported, discharged = record.values["reported_on"], person.discharged_on
        if not reported or not discharged:
            continue
        days, is_marked = (reported - discharged).days, bool(record.values["is_late"])
        told = f"退役后第 {days} 日报到"
        if days > limit and not is_marked:
            yield {"level": "warn", "text": f"{told}，超过 {limit} 日，“是否超期报到”还没有填“是”"}
        elif days > limit and not record.values["late_reason"]:
            yield {"level": "warn", "text": f"{told}，超过 {limit} 日，还没有写明有无正当理由"}
        elif 0 <= days <= limit and is_marked:
            yield {"level": "warn", "text": f"{told}，没有超过 {limit} 日，而填了超期报到，请核对"}


def _records(parts: Sequence[Part], ledger: str) -> Iterator[Record]:
    """The rows of one ledger that the tab shows."""
    for part in parts:
        for sheet in part.sheets:
            if sheet.name == ledger:
                yield from sheet.records
