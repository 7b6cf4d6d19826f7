"""Sample addresses of every route: a new route without one makes the matrix fail.

A sample names the object that a route is about and gives its address for one corner of the world. Routes without
parameters need none. Who sees an object in the actor's own area is said here, not asked from the product.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.trust.world import LEG_OF, Corner
from yizhou.indicators.periods import Term

Kwargs = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """One kind of object behind a route. ``scoped`` objects lie in an area, the others are everybody's."""

    thing: str
    kwargs: Callable[[Corner], Kwargs]
    scoped: bool = True
    query: Callable[[Corner], str] = lambda corner: ""

    def absent(self, corner: Corner) -> tuple[Kwargs, str]:
        """The same address with a public id that nothing has."""
        nothing = str(uuid.uuid4())
        given = {name: nothing if name == "uid" else value for name, value in self.kwargs(corner).items()}
        asked = self.query(corner)
        return given, f"?person={nothing}" if asked else ""


def thing(what: str, **more: Any) -> Sample:
    """The object of that name, by its public id."""
    return Sample(what, lambda corner: {"uid": getattr(corner, what).uid, **more})


def free(**kwargs: Any) -> Sample:
    """An address that is no object's in particular."""
    return Sample("", lambda corner: kwargs, scoped=False)


def row(ledger: str, what: str) -> Sample:
    """A row of a ledger."""
    return thing(what, name=ledger)


PERSON = thing("person")
ACCOUNT = thing("account")
RATING = thing("rating")
BUNDLE = thing("bundle")
BATCH = thing("batch")
WORKBOOK = Sample("batch", lambda corner: {"uid": corner.batch.workbook})
CASES = [thing("case"), thing("leg")]
FILING = Sample(
    "person",
    lambda corner: {"subject": "RET-11"},
    query=lambda corner: f"?person={corner.person.uid}",
)
VERBS = [
    "accept",
    "request_supplement",
    "supplement",
    "receive_material",
    "decline",
    "sign",
    "decide",
    "issue",
    "deliver",
    "suspend",
    "resume",
    "extend",
    "return",
    "dispatch",
    "refer",
    "withdraw",
    "urge",
    "ask_department",
    "answer_department",
]
OF_ARCHIVE = ("archive", "catalogue", "shelve", "add_item", "judge", "verify", "file_papers", "ask")
LEDGER_ROWS = [
    row("people", "person"),
    row("cases", "case"),
    row("ratings", "rating"),
    row("stations", "station"),
    row("staff_posts", "post"),
    row("service_windows", "window"),
    row("hall_receptions", "reception"),
    row("hotline_calls", "call"),
    row("visits", "visit"),
]
BY_HAND = [row("hall_receptions", "reception"), row("hotline_calls", "call"), row("visits", "visit")]
SAMPLES: dict[str, list[Sample]] = {
    "portal:account": [ACCOUNT],
    "portal:grant": [ACCOUNT],
    "portal:dismiss": [ACCOUNT],
    "portal:disable": [ACCOUNT],
    "portal:enable": [ACCOUNT],
    "portal:issue_password": [ACCOUNT],
    "portal:issue_token": [ACCOUNT],
    "portal:revoke_token": [thing("token")],
    "people:person": [PERSON],
    "people:correct": [PERSON],
    "people:confirm": [PERSON],
    "people:past": [PERSON],
    "people:readers": [PERSON],
    "people:reverse": [
        Sample("person", lambda corner: {"uid": corner.person.uid, "change": corner.change.uid})
    ],
    **{f"people:{verb}": [thing("proposal")] for verb in ("proposal", "approve_change", "refuse_change")},
    **{f"people:{verb}": [thing("proposal")] for verb in ("withdraw_change", "reveal_change")},
    "visits:card": [PERSON],
    "dossier:print": [PERSON],
    "visits:plan": [PERSON],
    "visits:draft_plan": [PERSON],
    **{f"visits:{verb}": [thing("plan")] for verb in ("add_measure", "start_plan", "evaluate_plan")},
    **{f"visits:{verb}": [thing("measure")] for verb in ("strike_measure", "settle_measure")},
    "visits:batch": [thing("contacts")],
    "visits:undo": [thing("contacts")],
    **{f"watching:{verb}": [thing("reading")] for verb in ("view", "settle")},
    "reversing:batch": [thing("stored")],
    **{f"reversing:{verb}": [thing("reversal")] for verb in ("view", "job", "rows", "confirm", "cancel")},
    **{f"reversing:{verb}": [thing("reversal")] for verb in ("approve", "refuse")},
    "lists:class_batch": [thing("classes")],
    "lists:undo_class": [thing("classes")],
    "lists:edit": [thing("saved")],
    "lists:remove": [thing("saved")],
    "people:reveal": [thing("person", field="phone")],
    "people:panel": [thing("person", panel="history")],
    "people:attach": [PERSON],
    "files:open": [thing("file")],
    "moves:note_incoming": [PERSON],
    "citizen:access": [PERSON],
    "citizen:close": [PERSON],
    "moves:incoming": [thing("incoming")],
    "moves:withdraw_incoming": [thing("incoming")],
    **{f"moves:{verb}": [thing("move")] for verb in ("view", "sheet", "confirm", "refuse", "withdraw")},
    "lifecycle:event": [thing("life")],
    "lifecycle:settle": [thing("task")],
    "lifecycle:skip": [thing("task")],
    "lifecycle:accompany": [thing("life")],
    "lifecycle:note": [PERSON],
    "lifecycle:withdraw": [thing("signal")],
    "lifecycle:signal_list": [thing("signal_list")],
    "archives:open": [PERSON],
    **{f"archives:{verb}": [thing("archive")] for verb in OF_ARCHIVE},
    **{f"archives:{verb}": [thing("item")] for verb in ("item", "correct_item", "remove_item", "add_pages")},
    **{f"archives:{verb}": [thing("page")] for verb in ("look", "replace")},
    **{
        f"archives:{verb}": [thing("outing")] for verb in ("decide", "withdraw", "hand_over", "sign", "close")
    },
    "notices:retry": [thing("message")],
    "cases:file": [FILING],
    "cases:estimate": [FILING],
    "cases:detail": CASES,
    "cases:reveal_form": CASES,
    **{f"cases:{verb}": CASES for verb in VERBS},
    "cases:bundle": [BUNDLE],
    "cases:accept_bundle": [BUNDLE],
    "cases:withdraw_bundle": [BUNDLE],
    "cases:follow_up_rating": [RATING],
    "cases:fix_rating": [RATING],
    "cases:void_rating": [RATING],
    "cases:rate": [Sample("rating", lambda corner: {"uid": corner.rating.uid}, scoped=False)],
    "ledgers:batch": [BATCH],
    **{
        f"ledgers:{verb}": [WORKBOOK]
        for verb in ("workbook", "workbook_job", "confirm_workbook", "cancel_workbook")
    },
    "ledgers:workbook_errors": [Sample("errors", lambda corner: {"uid": corner.batch.workbook})],
    "ledgers:job": [BATCH],
    "ledgers:confirm": [BATCH],
    "ledgers:approve": [BATCH],
    "ledgers:refuse": [BATCH],
    "ledgers:cancel": [BATCH],
    "ledgers:retry": [BATCH],
    "ledgers:errors": [Sample("errors", BATCH.kwargs)],
    "ledgers:template": [free(name="people")],
    "ledgers:export": [free(name="people")],
    "ledgers:browse": [free(name="hall_receptions")],
    "ledgers:row": LEDGER_ROWS,
    "ledgers:pick": [free(name="visits", field="id_number")],
    "ledgers:add": [free(name="hall_receptions")],
    "ledgers:voided": [free(name="hall_receptions")],
    "ledgers:correct": BY_HAND,
    "ledgers:void": BY_HAND,
    "ledgers:attach": BY_HAND,
    "ledgers:discard": [thing("waiting")],
    "ledgers:restore": [thing("voided")],
    "api:show_ledger": [free(name="hall_receptions")],
    "api:give_template": [free(name="hall_receptions")],
    "api:export_ledger": [free(name="hall_receptions")],
    "api:list_rows": [free(name="hall_receptions")],
    "api:show_row": LEDGER_ROWS,
    "api:add_row": [free(name="hall_receptions")],
    "api:correct_row": BY_HAND,
    "api:void_row": BY_HAND,
    "api:list_voided": [free(name="hall_receptions")],
    "api:restore_row": [thing("voided")],
    "api:upload_file": [free(name="hall_receptions")],
    "api:show_batch": [BATCH],
    "api:give_errors": [Sample("errors", BATCH.kwargs)],
    "api:confirm_import": [BATCH],
    "api:cancel_import": [BATCH],
    "api:retry_import": [BATCH],
    "api:open_rows": [free(code="bundle_items")],
    "api:download_annual": [free(year=2025)],
    "api:download_periodic": [free(kind="quarterly", year=2024, part=3)],
    "api:view_person": [PERSON],
    "api:correct_person": [PERSON],
    "api:view_case": CASES,
    **{f"api:{verb}_case": CASES for verb in VERBS},
    **{f"exports:{verb}": [thing("export")] for verb in ("view", "take", "withdraw", "approve", "decline")},
    "balances:sheet": [free(name="people")],
    "balances:names": [free(name="people")],
    "balances:confirm": [free(name="people")],
    "balances:export": [free(name="people")],
    "balances:confirmed": [thing("balance")],
    "merging:pair": [thing("pair")],
    "merging:merge": [thing("pair")],
    "merging:judge": [thing("pair")],
    "merging:undo": [thing("merge")],
    "rings:ring": [free(ring="care"), free(ring="govern")],
    "indicators:detail": [free(code="bundle_items")],
    "indicators:rows": [free(code="bundle_items")],
    "indicators:figure": [free(code="bundle_items")],
    "indicators:report": [free(term=Term("annual", 2025)), free(term=Term("quarterly", 2024, 3))],
    "indicators:draft": [free(term=Term("annual", 2025))],
    "indicators:report_tables": [free(term=Term("annual", 2025))],
    "indicators:report_checks": [free(term=Term("annual", 2025)), free(term=Term("monthly", 2024, 9))],
    "indicators:report_file": [
        free(term=Term("annual", 2025), suffix="json"),
        free(term=Term("monthly", 2024, 9), suffix="json"),
    ],
    "indicators:snapshot": [thing("snapshot")],
    "indicators:snapshot_changes": [thing("snapshot")],
    "indicators:snapshot_file": [thing("snapshot", suffix="json")],
}
OVERSEES_IMPORTS = {"BUREAU_STAFF", "CENTER_STAFF"}
"""Roles that see files brought by others; everybody else sees his own alone."""
SECOND_PERSONS = {"BUREAU_LEADER", "BUREAU_STAFF", "CENTER_STAFF", "TOWN_STATION"}
OVERSEES_EXPORTS = {"BUREAU_LEADER", "BUREAU_STAFF", "AUDITOR", "DISCIPLINE"}
"""Roles that see the whole register of exports of their area; everybody else sees his own alone."""


def sees(role: str, area: str, sample: Sample, corner: Corner) -> bool:
    """Whether somebody in that role for that area may know that the object exists, by the rules of the house."""
    if not sample.scoped:
        return True
    inside = corner.town.startswith(area.rstrip("0")) if area else True
    if sample.thing == "errors":
        return False  # the rows in full are for the one who brought them
    if sample.thing in ("batch", "stored"):
        return inside and role in OVERSEES_IMPORTS
    if sample.thing in ("proposal", "reversal"):
        return inside and role in SECOND_PERSONS  # others see what they put forward themselves
    if sample.thing == "saved":
        return False  # a saved filter is for the one who saved it until he shares it
    if sample.thing == "export":
        return inside and role in OVERSEES_EXPORTS
    if role == "CO_DEPT":
        return inside and sample.thing == "leg" and corner.leg.department == LEG_OF
    return inside
