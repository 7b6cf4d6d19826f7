"""Figures about who is taken over from the forces, and about arrears of insurance that are paid for them."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear

from yizhou.cases.models import Case
from yizhou.indicators.measures import AddDays, Measure, Rate
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.resettlement.models import InsuranceSupplement, ResettlementPerson

SOLDIERS = ("NCO", "CONSCRIPT")
HOUSEHOLD_ITEM = "RET-02"
"""The item by which somebody is registered in the household of his new place."""

Rows = QuerySet[ResettlementPerson]


def kept(scope: Scope, *identities: str) -> Rows:
    """Who was taken over in the area with such an identity, ever, and was not sent back by the last day."""
    rows = scope.within(ResettlementPerson.objects.all())
    return rows.filter(scope.not_ended("returned_on"), identity__in=identities)


def received(scope: Scope, *identities: str) -> Rows:
    """Of those, who reported in the period."""
    return kept(scope, *identities).filter(scope.dated("reported_on"))


def assigned(scope: Scope) -> Rows:
    """Soldiers whose assignment to a job was finished in the period, whenever they had reported."""
    return kept(scope, *SOLDIERS).filter(scope.dated("letter_on"), placement_mode="ASSIGN_JOB")


def persons(rows: Rows) -> Measure:
    """Each person once, whatever the number of batches."""
    return Measure(rows, distinct="person_id")


def with_household(scope: Scope, in_time: Q | None = None) -> Rows:
    """Officers received whose household was registered by the last day, even before the period."""
    officers = received(scope, "OFFICER")
    cases = scope.whole(Case.objects.all()).filter(
        scope.timed_by_end("completed_at"), item=HOUSEHOLD_ITEM, result="DONE"
    )
    # Days are reckoned last, and for these officers alone: that is dear.
    cases = cases.filter(person__in=officers.values("person"))
    if in_time is not None:
        cases = cases.annotate(limit_on=AddDays("due_on", "paused_days")).filter(in_time)
    # Looked up as a whole: asked of each officer, it is found by the item, which many people applied for.
    return officers.filter(person__in=cases.values("person"))


@indicator("received_soldiers")
def received_soldiers(scope: Scope) -> Measure:
    """Soldiers received."""
    return persons(received(scope, *SOLDIERS))


@indicator("assign_public_sector_rate")
def assign_public_sector_rate(scope: Scope) -> Rate:
    """Share of assigned soldiers who went to offices and public institutions."""
    rows = assigned(scope)
    return Rate(persons(rows.filter(unit_nature__in=("GOV", "INSTITUTION"))), persons(rows))


@indicator("assign_soe_rate")
def assign_soe_rate(scope: Scope) -> Rate:
    """Share of assigned soldiers who went to enterprises of the city or above."""
    rows = assigned(scope)
    return Rate(persons(rows.filter(unit_nature="SOE_CITY")), persons(rows))


@indicator("received_cadres")
def received_cadres(scope: Scope) -> Measure:
    """Officers received."""
    return persons(received(scope, "OFFICER"))


@indicator("received_cadres_2020")
def received_cadres_2020(scope: Scope) -> Measure:
    """The same number as the second source names it; the period is the one asked for."""
    return persons(received(scope, "OFFICER"))


@indicator("cadre_household_done")
def cadre_household_done(scope: Scope) -> Measure:
    """Officers received whose household is registered."""
    return persons(with_household(scope))


@indicator("cadre_household_rate")
def cadre_household_rate(scope: Scope) -> Rate:
    """Share of officers received whose household was registered in the time promised, pauses added."""
    in_time = with_household(scope, Q(completed_at__date__lte=F("limit_on")))
    return Rate(persons(in_time), persons(received(scope, "OFFICER")))


@indicator("self_career_cadres")
def self_career_cadres(scope: Scope) -> Measure:
    """Officers received who look for work themselves."""
    return persons(received(scope, "OFFICER").filter(placement_mode="SELF_CAREER"))


@indicator("received_ncos")
def received_ncos(scope: Scope) -> Measure:
    """Non-commissioned officers received."""
    return persons(received(scope, "NCO"))


@indicator("self_employed_ncos")
def self_employed_ncos(scope: Scope) -> Measure:
    """Non-commissioned officers received who are self-employed."""
    return persons(received(scope, "NCO").filter(placement_mode="SELF_EMPLOYMENT"))


def approved(scope: Scope) -> QuerySet[InsuranceSupplement]:
    """Arrears of pension insurance that passed the first review and were not withdrawn."""
    rows = scope.within(InsuranceSupplement.objects.all()).exclude(withdrawn=True)
    return rows.filter(insurance="PENSION", review_result="PASS")


@indicator("si_supplement_done")
def si_supplement_done(scope: Scope) -> Measure:
    """Persons whose arrears were settled in the period."""
    return Measure(approved(scope).filter(scope.dated("done_on")), distinct="person_id")


@indicator("si_supplement_done_rate")
def si_supplement_done_rate(scope: Scope) -> Rate:
    """Share of those reviewed in the period whose arrears are settled by its end."""
    reviewed = approved(scope).filter(scope.dated("reviewed_on"))
    settled = reviewed.filter(done_on__lte=scope.last)
    return Rate(Measure(settled, distinct="person_id"), Measure(reviewed, distinct="person_id"))


@indicator("key_work_dates")
def key_work_dates(scope: Scope) -> Measure:
    """The last day of a batch that falls into the period, as the number 20201028."""
    ending = scope.within(InsuranceSupplement.objects.all()).filter(scope.dated("cutoff_on"))
    number = ExtractYear("cutoff_on") * 10_000 + ExtractMonth("cutoff_on") * 100 + ExtractDay("cutoff_on")
    return Measure(ending.annotate(cutoff_number=number), highest="cutoff_number")
