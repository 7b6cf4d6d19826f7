"""What cases put on the person page: the axis and the tab 办理事项."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from yizhou.cases.models import BundleCase, Case
from yizhou.cases.queries.facts import item_name
from yizhou.cases.queries.lists import bundle_name, bundle_rows, case_rows
from yizhou.cases.rules.bundles import BUNDLE_LABELS, BundleStatus
from yizhou.cases.rules.states import FINAL, LABELS, TAGS
from yizhou.catalogue.queries import catalogue
from yizhou.core.actor import Actor
from yizhou.indicators.facts import RINGS
from yizhou.people.models import Person
from yizhou.people.plugs import AXIS, PANELS, QUICK, AxisEntry, AxisSource, Panel, Quick, Ring

SHOWN = 100


def entries(person: Person, actor: Actor) -> Sequence[AxisEntry]:
    """Bundles and single cases by the day they came in, newest first."""
    whole = BundleCase.objects.visible_to(actor).filter(person=person)
    done = Count("legs", filter=Q(legs__completed_at__isnull=False))
    bundles = whole.annotate(chosen=Count("legs"), done=done).order_by("-pk")[:SHOWN]
    singles = Case.objects.visible_to(actor).filter(person=person, bundle__isnull=True).order_by("-pk")
    found = [_of_bundle(bundle) for bundle in bundles] + [_of_case(case) for case in singles[:SHOWN]]
    return sorted(found, key=lambda entry: entry.on, reverse=True)


def _of_bundle(bundle: Any) -> AxisEntry:
    closed = bundle.status == BundleStatus.CLOSED
    return AxisEntry(
        on=timezone.localtime(bundle.applied_at).date(),
        title=bundle_name(bundle),
        text=f"{bundle.case_no}，办结 {bundle.done} / {bundle.chosen} 项",
        ring="smart",
        tag=BUNDLE_LABELS[BundleStatus(bundle.status)],
        tag_state="ok" if closed else "info",
        url=bundle.get_absolute_url(),
        now=not closed,
    )


def _of_case(case: Case) -> AxisEntry:
    return AxisEntry(
        on=timezone.localtime(case.applied_at).date(),
        title=item_name(case.item),
        text="：".join(filter(None, (case.case_no, case.result_note))),
        ring=ring_of(case.item),
        tag=LABELS[case.state],
        tag_state=TAGS.get(case.state, "").replace("paused", "warn"),
        url=case.get_absolute_url(),
        now=case.state not in FINAL,
    )


def ring_of(code: str) -> Ring:
    """The ring of an item."""
    item = catalogue().items.get(code)
    return RINGS.get(item.ring, "axis") if item else "axis"  # type: ignore[return-value] # its values are rings


def count(person: Person, actor: Actor) -> int:
    """How many cases of the person are not decided."""
    return Case.objects.visible_to(actor).filter(person=person).undecided().count()


def panel(person: Person, actor: Actor) -> Mapping[str, Any]:
    """Context of ``cases/_panel.html``."""
    bundles = BundleCase.objects.visible_to(actor).filter(person=person).select_related("person")
    cases = Case.objects.visible_to(actor).filter(person=person, bundle__isnull=True)
    rows = [
        *bundle_rows(list(bundles.order_by("-pk")[:SHOWN]), actor),
        *case_rows(list(cases.select_related("person", "bundle").order_by("-pk")[:SHOWN])),
    ]
    may_file = actor.may("cases.file_case")
    return {
        "rows": sorted(rows, key=lambda row: row["filed_on"], reverse=True),
        "file_url": f"{reverse('cases:new')}?person={person.uid}" if may_file else "",
    }


AXIS.add("cases", AxisSource("cases", entries, "cases.view_case"))
PANELS.add("cases", Panel("cases", "办理事项", "cases.view_case", count, panel, "cases/_panel.html", 20))
QUICK.add(
    "cases",
    Quick(
        "发起事项",
        "cases.file_case",
        lambda person: f"{reverse('cases:new')}?person={person.uid}",
        "primary",
        10,
    ),
)
