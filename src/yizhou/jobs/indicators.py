"""Figures about work: employers, posts, job fairs, outcomes, the start-up contest, loans and parks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from yizhou.core.fen import FEN_PER_WAN
from yizhou.indicators.measures import Measure, Rate
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.jobs.models import (
    ContestEntry,
    Employer,
    FairAttendance,
    FairPost,
    InterestSubsidy,
    JobFair,
    JobOutcome,
    JobPost,
    JobSeeker,
    Park,
    StartupLoan,
)
from yizhou.people.indicators import veteran

FEN_PER_YI = 10_000 * FEN_PER_WAN
TEN_THOUSAND = 10_000


@indicator("job_seekers_registered")
def job_seekers_registered(scope: Scope) -> Measure:
    """Veterans who registered as looking for work, or whose entry was brought up to date; each has one entry."""
    touched = scope.dated("registered_on") | scope.dated("updated_on")
    rows = scope.within(JobSeeker.objects.all()).exclude(status="VOID")
    return Measure(rows.filter(touched, veteran("person__")))


@indicator("job_hotline_employers")
def job_hotline_employers(scope: Scope) -> Measure:
    """Approved employers that were resident at any time of the period, or had a post open."""
    open_posts = scope.whole(JobPost.objects.all()).filter(scope.overlapping("opened_on", "closed_on"))
    active = scope.overlapping("resident_from", "resident_to") | Q(pk__in=open_posts.values("employer_id"))
    employers = scope.within(Employer.objects.all())
    return Measure(employers.filter(active, scope.standing("approved_on", "delisted_on")))


@indicator("alliance_posts")
def alliance_posts(scope: Scope) -> Measure:
    """Places in the posts that the alliance brought."""
    posts = scope.within(JobPost.objects.all()).filter(scope.dated("opened_on"), source="ALLIANCE")
    return Measure(posts, total="headcount")


def outcomes(scope: Scope, source: str, *results: str) -> QuerySet[JobOutcome]:
    """What became of people in the period thanks to ``source``, unless voided."""
    rows = scope.within(JobOutcome.objects.all()).exclude(voided=True)
    return rows.filter(scope.dated("result_on"), source=source, result__in=results)


@indicator("job_hotline_placed")
def job_hotline_placed(scope: Scope) -> Measure:
    """Persons whom the hotline helped to work or to a business of their own, with something to show for it."""
    placed = outcomes(scope, "JOB_HOTLINE", "EMPLOYED", "STARTED").exclude(evidence="")
    return Measure(placed, distinct="person_id")


@indicator("alliance_employed")
def alliance_employed(scope: Scope) -> Measure:
    """Persons who found work through the alliance."""
    return Measure(outcomes(scope, "ALLIANCE", "EMPLOYED"), distinct="person_id")


def held_for_veterans(scope: Scope, fair: str = "") -> Q:
    """专场 held in the period; ``fair`` is the lookup of the fair from another table."""
    for_them = {f"{fair}target__in": ("VETERAN", "SPOUSE"), f"{fair}status": "HELD"}
    return scope.dated(f"{fair}held_on") & Q(**for_them)


def signed_in(scope: Scope) -> QuerySet[FairAttendance]:
    """Everybody who came to such a fair."""
    rows = scope.within(FairAttendance.objects.all())
    return rows.filter(held_for_veterans(scope, "fair__"), signed_in_at__isnull=False)


def posts_at_fairs(scope: Scope) -> QuerySet[FairPost]:
    """Posts offered at such fairs."""
    return scope.within(FairPost.objects.all()).filter(held_for_veterans(scope, "fair__"))


@indicator("spouse_fair_sessions")
def spouse_fair_sessions(scope: Scope) -> Measure:
    """Fairs for veterans or soldiers' wives, in a hall or online."""
    return Measure(scope.within(JobFair.objects.all()).filter(held_for_veterans(scope)))


@indicator("spouse_fair_participants")
def spouse_fair_participants(scope: Scope) -> Measure:
    """Attendances of anybody at them; who comes to two counts twice."""
    return Measure(signed_in(scope))


@indicator("fair_served_veterans")
def fair_served_veterans(scope: Scope) -> Measure:
    """Veterans who came to at least one of them."""
    return Measure(signed_in(scope).filter(kind="VETERAN"), distinct="id_number_index")


@indicator("fair_enterprises")
def fair_enterprises(scope: Scope) -> Measure:
    """Employers who offered a post at one of them."""
    return Measure(posts_at_fairs(scope), distinct="employer_id")


@indicator("fair_posts")
def fair_posts(scope: Scope) -> Measure:
    """Places offered at them; a post counts at each fair anew."""
    return Measure(posts_at_fairs(scope), total="headcount")


def entries(scope: Scope) -> QuerySet[ContestEntry]:
    """Entries to the contest that stand."""
    return scope.within(ContestEntry.objects.all()).filter(status="VALID")


@indicator("contest_enterprises")
def contest_enterprises(scope: Scope) -> Measure:
    """Employers who took part in the contests of the period."""
    return Measure(entries(scope).filter(scope.dated("held_on")), distinct="employer_id")


@indicator("contest_edition")
def contest_edition(scope: Scope) -> Measure:
    """The latest edition in the period, whatever became of its entries."""
    entered = scope.within(ContestEntry.objects.all()).filter(scope.dated("held_on"))
    return Measure(entered, highest="edition_no")


def provincial_awards(scope: Scope, grade: str) -> Measure:
    """Provincial awards of the period, of standing entries."""
    awarded = entries(scope).filter(scope.dated("awarded_on"), award_level="PROVINCE", award_grade=grade)
    return Measure(awarded)


@indicator("contest_provincial_first")
def contest_provincial_first(scope: Scope) -> Measure:
    """Projects with a first prize of the province."""
    return provincial_awards(scope, "FIRST")


@indicator("contest_provincial_second")
def contest_provincial_second(scope: Scope) -> Measure:
    """Projects with a second prize of the province."""
    return provincial_awards(scope, "SECOND")


def disbursed(scope: Scope) -> QuerySet[StartupLoan]:
    """Loans paid out in the period, of any kind and whatever the qualification says."""
    return scope.within(StartupLoan.objects.all()).filter(scope.dated("disbursed_on"))


@indicator("startup_loan_cases")
def startup_loan_cases(scope: Scope) -> Measure:
    """Loans paid out."""
    return Measure(disbursed(scope))


@indicator("startup_loan_amount")
def startup_loan_amount(scope: Scope) -> Measure:
    """What they amount to."""
    return Measure(disbursed(scope), total="principal_fen", divisor=FEN_PER_YI)


def qualified(scope: Scope) -> QuerySet[StartupLoan]:
    """Guaranteed loans whose borrower was found to qualify in the period."""
    rows = scope.within(StartupLoan.objects.all()).filter(scope.dated("qualified_on"))
    return rows.filter(kind="GUARANTEED", qualification="PASS")


def borrowers(scope: Scope) -> Measure:
    """Persons found to qualify, whether or not a loan was paid out since."""
    return Measure(qualified(scope), distinct="person_id")


def lent(scope: Scope) -> Measure:
    """What was paid out to them by the end of the period."""
    paid_out = qualified(scope).filter(disbursed_on__lte=scope.last)
    return Measure(paid_out, total="principal_fen", divisor=FEN_PER_WAN)


@indicator("loan_qualified_persons")
def loan_qualified_persons(scope: Scope) -> Measure:
    """Persons who may have a guaranteed loan."""
    return borrowers(scope)


@indicator("loan_qualified_amount")
def loan_qualified_amount(scope: Scope) -> Measure:
    """What they had of it."""
    return lent(scope)


@indicator("avg_loan_per_person")
def avg_loan_per_person(scope: Scope) -> Rate:
    """The same for each of them."""
    return Rate(lent(scope), borrowers(scope), average=True)


def subsidies(scope: Scope) -> QuerySet[InterestSubsidy]:
    """Interest subsidies paid in the period."""
    return scope.within(InterestSubsidy.objects.all()).filter(scope.dated("paid_on"), status="PAID")


@indicator("interest_subsidy_persons")
def interest_subsidy_persons(scope: Scope) -> Measure:
    """Borrowers who received a subsidy."""
    return Measure(subsidies(scope), distinct="loan__person_id")


@indicator("interest_subsidy_amount")
def interest_subsidy_amount(scope: Scope) -> Measure:
    """What they received."""
    return Measure(subsidies(scope), total="amount_fen", divisor=FEN_PER_WAN)


def parks_in_use(scope: Scope) -> QuerySet[Park]:
    """时点启用 incubator parks."""
    return scope.within(Park.objects.all()).filter(scope.standing("opened_on", "closed_on"))


@indicator("incubator_parks")
def incubator_parks(scope: Scope) -> Measure:
    """Parks in use."""
    return Measure(parks_in_use(scope))


@indicator("park_investment")
def park_investment(scope: Scope) -> Measure:
    """What was invested in them."""
    return Measure(parks_in_use(scope), total="total_investment_fen", divisor=FEN_PER_YI)


@indicator("park_floor_area")
def park_floor_area(scope: Scope) -> Measure:
    """Their floor area."""
    return Measure(parks_in_use(scope), total="floor_area", divisor=TEN_THOUSAND)
