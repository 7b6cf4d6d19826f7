"""Figures about contacts, visits and what is given: who on file is in touch with somebody, and who was consoled."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from yizhou.core.fen import FEN_PER_WAN
from yizhou.indicators.measures import Measure, Rate
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.orgs.models import StaffPost
from yizhou.people.indicators import household, on_file, people, veteran
from yizhou.people.models import Person, of_category, of_group
from yizhou.visits.models import ComfortPayment, ContactAssignment, Visit

KEY = Q(contact_class="KEY")

AboutPersons = QuerySet[Visit] | QuerySet[ContactAssignment] | QuerySet[ComfortPayment]
How = Callable[[AboutPersons], Q]
"""How persons are found by rows about them: ``among`` or ``each``."""


def among(rows: AboutPersons) -> Q:
    """Persons whom such rows concern: looked up as a whole, to count all of them."""
    return Q(pk__in=rows.values("person_id"))


def each(rows: AboutPersons) -> Q:
    """The same asked of each person by himself, to show a page of them without looking at the others."""
    return Q(Exists(rows.filter(person=OuterRef("pk"))))


def of_these(scope: Scope, whole: Q, counted: Callable[[Scope, How], Q]) -> Rate:
    """Share of the persons of the area, taken in one pass with whatever else is asked about them."""
    shown = people(scope).filter(whole & counted(scope, each))
    numerator = Measure(people(scope), whole & counted(scope, among), opens=shown)
    return Rate(numerator, Measure(people(scope), whole))


def contacts(scope: Scope) -> QuerySet[ContactAssignment]:
    """时点未解除 contacts of anybody."""
    rows = scope.whole(ContactAssignment.objects.all())
    return rows.filter(scope.standing("assigned_on", "ended_on"))


def served(scope: Scope) -> QuerySet[ContactAssignment]:
    """Of those, with somebody who holds a post on the last day."""
    posts = scope.whole(StaffPost.objects.all()).filter(scope.standing("started_on", "left_on"))
    return contacts(scope).filter(staff_index__in=posts.values("id_number_index"))


def in_touch(scope: Scope, how: How) -> Q:
    """With such a contact, and spoken with in the period by whomever."""
    spoken = scope.whole(Visit.objects.all()).filter(scope.timed("visited_at")).effective()
    return how(served(scope)) & how(spoken)


def with_card(scope: Scope, how: How) -> Q:
    """Signed the card of such a contact."""
    return how(served(scope).filter(card_signed_on__lte=scope.last))


def planned_for(scope: Scope, how: How) -> Q:
    """With a plan in force that was acted upon since it began."""
    return how(
        contacts(scope).filter(
            scope.lasting("plan_from", "plan_to"),
            plan_executed_on__gte=F("plan_from"),
            plan_executed_on__lte=scope.last,
        )
    )


@indicator("liaison_coverage_rate")
def liaison_coverage_rate(scope: Scope) -> Rate:
    """Share of all on file who are in touch with their contact."""
    return of_these(scope, on_file(scope), in_touch)


@indicator("one_to_one_contact_rate")
def one_to_one_contact_rate(scope: Scope) -> Rate:
    """The same of key persons."""
    return of_these(scope, on_file(scope) & KEY, in_touch)


@indicator("one_person_one_card_rate")
def one_person_one_card_rate(scope: Scope) -> Rate:
    """Share of all on file who signed the card of a contact who holds a post."""
    return of_these(scope, on_file(scope), with_card)


@indicator("one_person_one_plan_rate")
def one_person_one_plan_rate(scope: Scope) -> Rate:
    """Share of key persons with a plan in force that was acted upon since it began."""
    return of_these(scope, on_file(scope) & KEY, planned_for)


def consoled(scope: Scope, how: How) -> Q:
    """已慰问: visited, or given something, in the period."""
    visits = scope.whole(Visit.objects.all()).consoling().filter(scope.timed("visited_at"))
    payments = scope.whole(ComfortPayment.objects.all()).valid().filter(scope.dated("signed_on"))
    return how(visits) | how(payments)


@indicator("visited_veterans")
def visited_veterans(scope: Scope) -> Measure:
    """Veterans consoled at least once, signed by both sides; those who died or moved since still count."""
    visits = scope.within(Visit.objects.all()).consoling()
    rows = visits.filter(scope.timed("visited_at"), veteran("person__"))
    # Counted over the visits of the period, which an index finds; opened into the persons.
    persons = scope.whole(Person.objects.all()).filter(each(rows))
    return Measure(rows, distinct="person_id", opens=persons)


@indicator("key_beneficiary_visit_rate")
def key_beneficiary_visit_rate(scope: Scope) -> Rate:
    """Share of special-care persons on file who were consoled."""
    return of_these(scope, on_file(scope) & of_group("CARE"), consoled)


@indicator("active_family_visit_rate")
def active_family_visit_rate(scope: Scope) -> Rate:
    """Share of households with family of somebody who serves, of which such a member was consoled."""
    rows = people(scope).annotate(household=household())
    whole = on_file(scope) & of_category("F01")
    shown = rows.filter(whole & consoled(scope, each))
    return Rate(
        Measure(rows, whole & consoled(scope, among), distinct="household", opens=shown),
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
