"""收件: one form becomes a case, or a bundle with a case for every chosen item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F

from yizhou.cases.actions.accept import accept_case
from yizhou.cases.actions.accept_bundle import record_start, start_bundle
from yizhou.cases.actions.moving import record_case
from yizhou.cases.models import Application, BundleCase, Case, CaseCounter, CaseMaterial
from yizhou.cases.queries.facts import limits
from yizhou.cases.queries.filing import Option, Plan, choices_of, papers_at_hand, papers_of, plan_of
from yizhou.cases.rules.bundles import blockers_to_file
from yizhou.core import clock, crypto
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.core.refusal import Blocker, refuse
from yizhou.core.workdays import WorkCalendar
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.orgs.models import StaffPost
from yizhou.orgs.queries import work_calendar
from yizhou.people.models import Person


@dataclass(frozen=True)
class Filing:
    """What is filed: ``subject`` is an item or a bundle, ``chosen`` the items, ``values`` the checked form.

    ``materials`` gives the state of each paper by name (``CaseMaterial.State``); what is left out is missing.
    With ``accept`` it is accepted at once where nothing is missing. ``agent_id_number`` names the agent 代办员.
    """

    person: Person
    subject: str
    chosen: tuple[str, ...]
    values: Mapping[str, str] = field(repr=False)
    materials: Mapping[str, str]
    channel: str
    window_no: str = ""
    agent_id_number: str = field(default="", repr=False)
    accept: bool = False
    digest: str = field(default="", init=False)

    def __post_init__(self) -> None:
        # What may not stand in a log or a traceback still tells one submission from another (idempotency).
        hidden = repr((self.person.pk, sorted(self.values.items()), self.agent_id_number))
        object.__setattr__(self, "digest", crypto.sm3(hidden.encode()).hex())


@action("cases.file_case")
def file_case(filing: Filing, *, actor: Actor) -> Case | BundleCase:
    """File, and accept at once where asked and nothing is missing.

    Refused when an item does not suit the person, is under way already, or needs another that is neither chosen
    nor done; then nothing is stored and no number is used up.
    """
    now = clock.now()
    plan = plan_of(filing.subject, filing.person, clock.today())
    options = plan.chosen(filing.chosen if plan.bundle else (filing.subject,))
    by_agent = filing.channel == "AGENT" or bool(filing.agent_id_number)
    refuse(
        [
            *blockers_to_file(choices_of(options), plan.done, by_agent=by_agent),
            *_blockers_of_place(filing, actor),
        ]
    )
    application = Application(person=filing.person, filed_at=now)
    application.seal(filing.values)
    application.save()
    calendar = work_calendar()
    missing = _keep_papers(application, options, filing, calendar)
    number = next_number(clock.today().year)
    intake = _Intake(filing, application, plan, options, number, missing, calendar)
    return _file_bundle(intake, actor) if plan.bundle else _file_one(intake, actor)


@dataclass(frozen=True)
class _Intake:
    """What has been made of a filing so far."""

    filing: Filing
    application: Application
    plan: Plan
    options: Sequence[Option]
    number: str
    missing: list[str]
    calendar: WorkCalendar


def _blockers_of_place(filing: Filing, actor: Actor) -> list[Blocker]:
    found = []
    if not actor.covers(filing.person.household_area):
        found.append(Blocker("OUTSIDE", "申请人不在您的服务区划内", "请其户籍地窗口受理"))
    if filing.channel == "AGENT" and not filing.agent_id_number:
        found.append(Blocker("NO_AGENT", "代办件没有填代办员身份证号", "填写代办员身份证号"))
    if filing.agent_id_number:
        index = crypto.blind_index(keyring(), filing.agent_id_number)
        posts = StaffPost.objects.everywhere("an agent may belong to any station")
        if not posts.filter(id_number_index=index, is_agent=True, left_on__isnull=True).exists():
            found.append(
                Blocker("NOT_AN_AGENT", "代办员不在在岗代办员名册内", "核对身份证号，或先登记代办员")
            )
    return found


def _keep_papers(
    application: Application, options: Sequence[Option], filing: Filing, calendar: WorkCalendar
) -> list[str]:
    """Store one row a paper; returns the names of those missing."""
    states = CaseMaterial.State
    papers = papers_of(options)
    at_hand = papers_at_hand(filing.person.pk, papers)
    today = clock.today()
    deferred_until = calendar.add(today, limits().deferred_days)
    rows = []
    for name in papers:
        given = filing.materials.get(name, states.MISSING)
        state = (
            states.REUSED if name in at_hand else states(given) if given in states.values else states.MISSING
        )
        rows.append(
            CaseMaterial(
                application=application,
                person=filing.person,
                name=name,
                state=state,
                provided_on=at_hand.get(name) or (today if state == states.PROVIDED else None),
                due_on=deferred_until if state == states.DEFERRED else None,
            )
        )
    CaseMaterial.objects.bulk_create(rows)
    return [row.name for row in rows if row.state == states.MISSING]


def next_number(year: int) -> str:
    """The next number of the year, as 2026-000123: drawn in this transaction, so that a refusal leaves no gap.

    Numbers that came in with a ledger are passed over.
    """
    while True:
        if not CaseCounter.objects.filter(year=year).update(last=F("last") + 1):
            CaseCounter.objects.get_or_create(year=year)
            continue
        number = str(CaseCounter.objects.get(year=year))
        taken = Case.objects.everywhere("uniqueness of numbers").filter(case_no=number)
        if not taken.exists():
            return number


def _row(intake: _Intake, option: Option, number: str) -> Case:
    filing = intake.filing
    case = Case(
        case_no=number,
        item=option.item,
        item_since=option.version.since,
        person=filing.person,
        area=filing.person.household_area,
        department=option.department,
        application=intake.application,
        channel=filing.channel,
        window_no=filing.window_no,
        applied_at=intake.application.filed_at,
        promised_days=option.version.promised_days,
    )
    if filing.agent_id_number:
        case.seal({"agent_id_number": filing.agent_id_number})
        case.agent_index = crypto.blind_index(keyring(), filing.agent_id_number)
    return case


def _file_one(intake: _Intake, actor: Actor) -> Case:
    case = _row(intake, intake.options[0], intake.number)
    case.save()
    record_case(actor, "case.filed", case, channel=case.channel, missing=intake.missing)
    if not intake.filing.accept or intake.missing:
        return case
    return accept_case(case, actor=actor)


def _file_bundle(intake: _Intake, actor: Actor) -> BundleCase:
    filing, number = intake.filing, intake.number
    bundle = BundleCase(
        case_no=number,
        bundle=filing.subject,
        person=filing.person,
        application=intake.application,
        area=filing.person.household_area,
        channel=filing.channel,
        applied_at=intake.application.filed_at,
    )
    legs = _legs(intake, bundle)
    accepts = filing.accept and not intake.missing
    if accepts:
        start_bundle(bundle, legs, actor, bundle.applied_at, intake.calendar)
    bundle.save()
    Case.objects.bulk_create(legs)
    record(
        actor,
        "bundle.filed",
        bundle,
        concern=Concern(filing.person.pk, bundle.area),
        no=number,
        items=[option.item for option in intake.options],
        channel=filing.channel,
        missing=intake.missing,
    )
    if accepts:
        record_start(bundle, legs, actor)
    return bundle


def _legs(intake: _Intake, bundle: BundleCase) -> list[Case]:
    """One case for each chosen item, numbered by its place in the bundle."""
    places = {option.item: place for place, option in enumerate(intake.plan.options, 1)}
    legs = [_row(intake, option, f"{intake.number}-{places[option.item]:02d}") for option in intake.options]
    for leg in legs:
        leg.bundle = bundle
    return legs
