"""Figures about contacts, visits and what is given: who on file is in touch with somebody, and who was consoled."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from yizhou.core.fen import FEN_PER_WAN
from yizhou.indicators.measures import Measure, Rate
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.orgs.models import StaffPost
from yizhou.people.indicators import household, on_file, people, veteran
from yizhou.people.models import Person, of_category, of_group
from yizhou.visits.models import ComfortPayment, ContactAssignment, Visit

KEY = Q(contact_class="KEY")


def among(rows: QuerySet[Visit] | QuerySet[ContactAssignment] | QuerySet[ComfortPayment]) -> Q:
    """Persons whom such rows concern: looked up as a whole, once for all persons."""
    return Q(pk__in=rows.values("person_id"))


def of_these(scope: Scope, whole: Q, counted: Q) -> Rate:
    """Share of the persons of the area, taken in one pass with whatever else is asked about them."""
    return Rate(Measure(people(scope), whole & counted), Measure(people(scope), whole))


def contacts(scope: Scope) -> QuerySet[ContactAssignment]:
    """时点未解除 contacts of anybody."""
    rows = scope.whole(ContactAssignment.objects.all())
    return rows.filter(scope.standing("assigned_on", "ended_on"))


def served(scope: Scope) -> QuerySet[ContactAssignment]:
    """Of those, with somebody who holds a post on the last day."""
    posts = scope.whole(StaffPost.objects.all()).filter(scope.standing("started_on", "left_on"))
    return contacts(scope).filter(staff_index__in=posts.values("id_number_index"))


def in_touch(scope: Scope) -> Q:
    """With such a contact, and spoken with in the period by whomever."""
    spoken = scope.whole(Visit.objects.all()).filter(scope.timed("visited_at")).effective()
    return among(served(scope)) & among(spoken)


@indicator("liaison_coverage_rate")
def liaison_coverage_rate(scope: Scope) -> Rate:
    """Share of all on file who are in touch with their contact."""
    return of_these(scope, on_file(scope), in_touch(scope))


@indicator("one_to_one_contact_rate")
def one_to_one_contact_rate(scope: Scope) -> Rate:
    """The same of key persons."""
    return of_these(scope, on_file(scope) & KEY, in_touch(scope))


@indicator("one_person_one_card_rate")
def one_person_one_card_rate(scope: Scope) -> Rate:
    """Share of all on file who signed the card of a contact who holds a post."""
    return of_these(scope, on_file(scope), among(served(scope).filter(card_signed_on__lte=scope.last)))


@indicator("one_person_one_plan_rate")
def one_person_one_plan_rate(scope: Scope) -> Rate:
    """Share of key persons with a plan in force that was acted upon since it began."""
    planned = contacts(scope).filter(
        scope.lasting("plan_from", "plan_to"),
        plan_executed_on__gte=F("plan_from"),
        plan_executed_on__lte=scope.last,
    )
    return of_these(scope, on_file(scope) & KEY, among(planned))


def consoled(scope: Scope) -> Q:
    """已慰问: visited, or given something, in the period."""
    visits = scope.whole(Visit.objects.all()).consoling().filter(scope.timed("visited_at"))
    payments = scope.whole(ComfortPayment.objects.all()).valid().filter(scope.dated("signed_on"))
    return among(visits) | among(payments)


@indicator("visited_veterans")
def visited_veterans(scope: Scope) -> Measure:
    """Veterans consoled at least once, signed by both sides; those who died or moved since still count."""
    visits = scope.within(Visit.objects.all()).consoling()
    rows = visits.filter(scope.timed("visited_at"), veteran("person__"))
    # Counted over the visits of the period, which an index finds; opened into the persons.
    persons = scope.whole(Person.objects.all()).filter(among(rows))
    return Measure(rows, distinct="person_id", opens=persons)


@indicator("key_beneficiary_visit_rate")
def key_beneficiary_visit_rate(scope: Scope) -> Rate:
    """Share of special-care persons on file who were consoled."""
    return of_these(scope, on_file(scope) & of_group("CARE"), consoled(scope))


@indicator("active_family_visit_rate")
def active_family_visit_rate(scope: Scope) -> Rate:
    """Share of households with family of somebody who serves, of which such a member was consoled."""
    rows = people(scope).annotate(household=household())
    whole = on_file(scope) & of_category("F01")
    return Rate(
        Measure(rows, whole & consoled(scope), distinct="household"),
        Measure(rows, whole, distinct="household"),
    )


def given(scope: Scope, which: Q) -> Measure:
    """What was given and signed for in the period; goods count at their price."""
    payments = scope.within(ComfortPayment.objects.all()).valid()
    return Measure(payments.filter(scope.dated("signed_on"), which), total="amount_fen", divisor=FEN_PER_WAN)


@indicator("activity_consolation_amount")
def activity_consolation_amount(scope: Scope) -> Measure:
    """Given in the activity 老兵永远跟党走."""
    return given(scope, Q(activity="EVER_WITH_PARTY"))


@indicator("festival_consolation_amount")
def festival_consolation_amount(scope: Scope) -> Measure:
    """Given at the Spring Festival and on Army Day."""
    return given(scope, Q(occasion__in=("SPRING", "ARMY_DAY")))
