"""What can be filed for a person: items, why they fit or not, what they wait for, papers already at hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from yizhou.cases.models import Case, CaseMaterial
from yizhou.cases.papers import PAPERS
from yizhou.cases.queries.done import done_among
from yizhou.cases.queries.facts import item_name
from yizhou.cases.rules.bundles import Choice, Leg
from yizhou.catalogue.queries import catalogue, judge_item
from yizhou.catalogue.rules import Bundle, ItemVersion
from yizhou.people.models import Person
from yizhou.people.queries.facts import facts_of
from yizhou.policy.rules import Judgement, Verdict
from yizhou.policy.rules.judge import Facts


@dataclass(frozen=True)
class Option:
    """One item that may be chosen for a person."""

    item: str
    version: ItemVersion
    department: str
    needs: tuple[str, ...]
    judgement: Judgement
    open_case: str = ""

    @property
    def eligible(self) -> bool | None:
        """As judged; an item without clauses suits everybody."""
        return self.judgement.eligible if self.judgement.verdicts else True


@dataclass(frozen=True)
class Plan:
    """Everything about filing one item or bundle for a person on a day."""

    subject: str
    title: str
    bundle: Bundle | None
    options: list[Option]
    done: frozenset[str]
    facts: Facts

    def chosen(self, codes: Collection[str]) -> list[Option]:
        """The options among ``codes``, in the plan's order."""
        return [option for option in self.options if option.item in codes]

    def preselected(self) -> list[Option]:
        """What is ticked beforehand: what the person is eligible for and has not had done or under way."""
        return [
            option
            for option in self.options
            if option.eligible and not option.open_case and option.item not in self.done
        ]


def plan_of(subject: str, person: Person, on: dt.date) -> Plan:
    """The plan of an item or a bundle by code. Raises KeyError when there is no such code or it is not in force."""
    facts = facts_of(person)
    bundle = catalogue().bundles.get(subject)
    steps = (
        [(step.item, step.department, step.needs) for step in bundle.steps] if bundle else [(subject, "", ())]
    )
    under_way = open_cases(person.pk, [item for item, _, _ in steps])
    options = []
    for item, department, needs in steps:
        version = catalogue().items[item].on(on)
        if version is None:
            raise KeyError(item)
        judgement, _ = judge_item(item, facts, on)
        options.append(
            Option(
                item=item,
                version=version,
                department=department or version.lead_dept,
                needs=needs if bundle else version.needs,
                judgement=judgement,
                open_case=under_way.get(item, ""),
            )
        )
    title = bundle.name if bundle else options[0].version.name
    asked = {option.item for option in options} | {need for option in options for need in option.needs}
    return Plan(subject, title, bundle, options, done_among(person.pk, asked, facts, on), facts)


def open_cases(person_id: int, items: Iterable[str]) -> dict[str, str]:
    """Numbers of the person's undecided cases by item."""
    rows = Case.objects.everywhere("one open case per person and item").undecided()
    return dict(rows.filter(person_id=person_id, item__in=list(items)).values_list("item", "case_no"))


def choices_of(options: Sequence[Option]) -> list[Choice]:
    """The options as the rule wants them."""
    return [
        Choice(
            item=option.item,
            name=option.version.name,
            eligible=option.eligible,
            why_not=why_not(option.judgement),
            needs=tuple((need, item_name(need)) for need in option.needs),
            open_case=option.open_case,
            agency_ok=option.version.agency_ok,
        )
        for option in options
    ]


def legs_of(options: Sequence[Option]) -> list[Leg]:
    """The options as legs of a bundle."""
    return [
        Leg(option.item, option.version.name, option.needs, option.version.promised_days)
        for option in options
    ]


def why_not(judgement: Judgement) -> str:
    """The clauses that fail, with what the file says; empty when none does."""
    return "；".join(_words(verdict) for verdict in judgement.verdicts if verdict.holds is False)


def what_is_open(judgement: Judgement) -> str:
    """The facts nobody has told, that leave the question open."""
    names = dict.fromkeys(name for verdict in judgement.verdicts for name in verdict.missing)
    return "、".join(names)


def _words(verdict: Verdict) -> str:
    seen = "，".join(f"{one.name}：{one.shown}" for one in verdict.seen)
    return f"不符合“{verdict.label}”（{seen}）" if seen else f"不符合“{verdict.label}”"


def papers_of(options: Sequence[Option]) -> dict[str, int]:
    """Papers that the options ask for together, each once, with how many items use it."""
    papers: dict[str, int] = {}
    for option in options:
        for name in option.version.materials:
            papers[name] = papers.get(name, 0) + 1
    return papers


def papers_at_hand(person_id: int, names: Iterable[str]) -> dict[str, dt.date | None]:
    """Papers that the person handed in before, or that a package above keeps, with the latest day: they may not be
    asked for again.
    """
    wanted = list(names)
    kept = {name: day for source in PAPERS.values() for name, day in source(person_id, wanted).items()}
    found = CaseMaterial.objects.filter(
        person_id=person_id, name__in=wanted, state=CaseMaterial.State.PROVIDED
    ).order_by("provided_on")
    return {**kept, **dict(found.values_list("name", "provided_on"))}
