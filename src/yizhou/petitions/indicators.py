"""Figures about petitions, legal services and advisors."""

from __future__ import annotations

from django.db.models import Count, F, QuerySet

from yizhou.indicators.measures import Measure, Rate
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.ledgers.columns import code_table
from yizhou.petitions.models import Advisor, LegalService, Petition, PetitionStep


@indicator("petition_reception_times")
def petition_reception_times(scope: Scope) -> Measure:
    """People who came with a petition, whatever became of it."""
    came = scope.within(Petition.objects.all()).filter(scope.dated("registered_on"), channel="VISIT")
    return Measure(came, total="persons")


@indicator("petition_step_complete_rate")
def petition_step_complete_rate(scope: Scope) -> Rate:
    """Share of closed petitions of which every step is on record, done or found needless."""
    rows = scope.within(Petition.objects.all()).exclude(outcome="WITHDRAWN")
    closed = rows.filter(scope.dated("closed_on"))
    steps = scope.whole(PetitionStep.objects.all()).filter(
        petition__in=closed.values("pk"), done_on__lte=scope.last
    )
    walked = steps.values("petition").annotate(steps=Count("step", distinct=True))
    complete = walked.filter(steps=len(code_table("petition_step").names))
    return Rate(Measure(closed.filter(pk__in=complete.values("petition"))), Measure(closed))


def services(scope: Scope) -> QuerySet[LegalService]:
    """Legal services that were not withdrawn."""
    return scope.within(LegalService.objects.all()).exclude(withdrawn=True)


@indicator("legal_service_times")
def legal_service_times(scope: Scope) -> Measure:
    """People counselled or aided; who comes twice counts twice."""
    rows = services(scope).filter(scope.dated("served_on"), kind__in=("CONSULT", "AID"))
    return Measure(rows, total="persons")


@indicator("legal_documents")
def legal_documents(scope: Scope) -> Measure:
    """Documents written for somebody."""
    return Measure(services(scope).filter(scope.dated("completed_on"), kind="DOCUMENT"))


@indicator("legal_reply_rate")
def legal_reply_rate(scope: Scope) -> Rate:
    """Share of requests answered by the day that was set, of those set for the period."""
    due = services(scope).filter(scope.dated("reply_due_on"))
    return Rate(Measure(due.filter(replied_on__lte=F("reply_due_on"))), Measure(due))


@indicator("legal_satisfaction_rate")
def legal_satisfaction_rate(scope: Scope) -> Rate:
    """Share of ratings that are satisfied or better; basically satisfied is less."""
    rated = services(scope).filter(scope.dated("served_on")).exclude(rating="")
    return Rate(Measure(rated.filter(rating__gte="4")), Measure(rated))


def in_office(scope: Scope, kind: str) -> QuerySet[Advisor]:
    """时点聘期内 advisors of a kind."""
    return scope.within(Advisor.objects.all()).filter(scope.lasting("term_from", "term_to"), kind=kind)


@indicator("startup_mentors")
def startup_mentors(scope: Scope) -> Measure:
    """Mentors of founders; who is appointed twice counts once."""
    return Measure(in_office(scope, "STARTUP"), distinct="id_number_index")


@indicator("legal_advisors")
def legal_advisors(scope: Scope) -> Measure:
    """Lawyers who advise all year."""
    return Measure(in_office(scope, "LEGAL"), distinct="id_number_index")


@indicator("mentor_team_first_batch")
def mentor_team_first_batch(scope: Scope) -> Measure:
    """The first batch of mentors, whether or not their term is over."""
    first = scope.within(Advisor.objects.all()).filter(kind__in=("STARTUP", "EMPLOYMENT"), batch_no=1)
    return Measure(first.filter(term_from__lte=scope.last), distinct="id_number_index")
