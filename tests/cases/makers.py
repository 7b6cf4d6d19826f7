"""People, actors and filed cases for the tests of this package; everything goes through the real actions."""

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from yizhou.cases.actions import Filing, file_case
from yizhou.cases.models import BundleCase, Case, CaseMaterial
from yizhou.cases.queries.filing import papers_of, plan_of
from yizhou.core import clock, crypto
from yizhou.core.actor import Actor, system_actor
from yizhou.core.keys import keyring
from yizhou.events.models import Event, Outcome
from yizhou.orgs.permissions import granted_to
from yizhou.people.categories import mask_of
from yizhou.people.models import Person

SHANGHAI = ZoneInfo("Asia/Shanghai")
TOWN = "339901001000"
OTHER_TOWN = "339901002000"
PAPERS = {"STATE": CaseMaterial.State.PROVIDED}


def at(text: str) -> dt.datetime:
    """A moment in China: `at("2025-04-25 09:30")`."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def person(number: str = "339900198508011019", **values: Any) -> Person:
    """A returned soldier who chose his own job, file complete; `values` override columns."""
    given: dict[str, Any] = {
        "name": "周海峰",
        "sex": "1",
        "birth_on": dt.date(2000, 8, 1),
        "household_area": TOWN,
        "category": "V11",
        "enlisted_on": dt.date(2023, 3, 1),
        "discharged_on": dt.date(2025, 3, 1),
        "placement_mode": "SELF_EMPLOYMENT",
        "politics": "13",
        "employment_status": "3",
        "collected_on": dt.date(2025, 3, 2),
        "archived_on": dt.date(2025, 3, 2),
        **values,
    }
    sealed = {"id_number": number, "phone": "13800001234", "household_address": "桃源镇和平村 8 号"}
    row = Person(**given, id_number_index=crypto.blind_index(keyring(), number))
    row.category_mask = mask_of(row.categories)
    row.seal({**sealed, "residence_address": "桃源镇和平村 8 号"})
    row.save()
    return row


def actor(
    role: str, *, account: int = 1, areas: tuple[str, ...] = ("339901",), department: str = ""
) -> Actor:
    """Somebody in a role, as the middleware would make it."""
    return Actor(account, f"{role} {account}", frozenset({role}), areas, department, granted_to(role))


def clerk() -> Actor:
    """At the window."""
    return actor("WINDOW", account=11)


def staff() -> Actor:
    """In the bureau."""
    return actor("BUREAU_STAFF", account=12)


def leader() -> Actor:
    """Leader in charge."""
    return actor("BUREAU_LEADER", account=13)


def station() -> Actor:
    """At the town's station."""
    return actor("TOWN_STATION", account=14, areas=("339901001",))


def department(code: str) -> Actor:
    """At a partner department."""
    return actor("CO_DEPT", account=20 + len(code), department=code)


def system() -> Actor:
    """The nightly step, and the applicant at the rating page."""
    return system_actor("系统", granted_to("SYSTEM"))


def who_handles(case: Case) -> Actor:
    """Somebody on the side that handles a case."""
    known = {"BUREAU": staff, "TOWN_STATION": station}
    return known.get(case.department, lambda: department(case.department))()


def filing(who: Person, subject: str = "RET-11", chosen: tuple[str, ...] = (), **changes: Any) -> Filing:
    """A filing with all papers handed in; every preselected item of a bundle unless `chosen` says otherwise."""
    plan = plan_of(subject, who, clock.today())
    options = plan.chosen(chosen) if chosen else plan.preselected()
    papers = dict.fromkeys(papers_of(options or plan.options), "PROVIDED")
    return replace(
        Filing(
            person=who,
            subject=subject,
            chosen=tuple(option.item for option in options),
            values={"job_intent": "驾驶", "card_kind": "退役军人优待证", "archive_sealed": "1"},
            materials=papers,
            channel="HALL",
        ),
        **changes,
    )


def one_case(who: Person | None = None, item: str = "RET-11", **changes: Any) -> Case:
    """A single case, filed and accepted at the window unless `accept=False`."""
    changes.setdefault("accept", True)
    filed = file_case(filing(who or person(), item, (item,), **changes), actor=clerk())
    assert isinstance(filed, Case)
    return filed


def one_bundle(who: Person | None = None, chosen: tuple[str, ...] = (), **changes: Any) -> BundleCase:
    """返乡一件事, filed and accepted at the window."""
    changes.setdefault("accept", True)
    filed = file_case(filing(who or person(), "return_home", chosen, **changes), actor=clerk())
    assert isinstance(filed, BundleCase)
    return filed


def again(case: Case) -> Case:
    """The case as it is stored now."""
    return Case.objects.everywhere("test").select_related("bundle", "person", "application").get(pk=case.pk)


def leg(bundle: BundleCase, item: str) -> Case:
    """One leg of a bundle as it is stored now."""
    rows = Case.objects.everywhere("test").select_related("bundle", "person", "application")
    return rows.get(bundle=bundle, item=item)


def legs(bundle: BundleCase) -> dict[str, str]:
    """Statuses of the legs by item."""
    return dict(Case.objects.everywhere("test").filter(bundle=bundle).values_list("item", "status"))


def events(kind: str = "") -> list[Event]:
    """Everything that was done (not refused), oldest first; one kind if named."""
    rows = Event.objects.everywhere("test").filter(outcome=Outcome.DONE).order_by("id")
    return list(rows.filter(kind=kind) if kind else rows)


def stored(case: Case) -> dict[str, Any]:
    """Every column of a case, to see that a refusal changed none."""
    return dict(Case.objects.everywhere("test").filter(pk=case.pk).values().get())
