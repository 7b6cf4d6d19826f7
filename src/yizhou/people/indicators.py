"""Figures about the people on file, taken in one pass over them: no period narrows who is on file."""

from __future__ import annotations

from django.db.models import Case, CharField, Expression, F, Q, Value, When
from django.db.models.functions import Cast, Concat

from yizhou.indicators.measures import Measure, Rate
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.people.models import Person, PersonQuerySet, of_group, registered


def people(scope: Scope) -> PersonQuerySet:
    """Everybody inside the area, past and present."""
    return scope.within(Person.objects.all())


def on_file(scope: Scope) -> Q:
    """在册 on the last day."""
    return registered(scope.last)


def veteran(person: str = "") -> Q:
    """退役军人类 by any category; ``person`` is the lookup of the person from another table."""
    return of_group("VET", person)


def household(person: str = "") -> Expression:
    """户: the number of the household; without one, somebody is a household alone.

    The blank keeps the person's own number apart from every household's: no stored text begins with one.
    """
    alone = Concat(Value(" "), Cast(f"{person}pk", CharField()))
    return Case(When(**{f"{person}household_no": ""}, then=alone), default=F(f"{person}household_no"))


@indicator("netted_veterans")
def netted_veterans(scope: Scope) -> Measure:
    """Veterans on file and archived, whether or not the file is complete."""
    return Measure(people(scope), on_file(scope) & Q(archived_on__lte=scope.last) & veteran())


@indicator("archived_persons")
def archived_persons(scope: Scope) -> Measure:
    """Persons on file and archived whose essentials are all filled."""
    return Measure(people(scope), on_file(scope) & Q(archived_on__lte=scope.last, missing_count=0))


@indicator("e_archives")
def e_archives(scope: Scope) -> Measure:
    """Electronic files of veterans finished in the period; those who died or moved since still count."""
    return Measure(people(scope), scope.dated("e_archive_on") & veteran())


@indicator("one_person_one_file_rate")
def one_person_one_file_rate(scope: Scope) -> Rate:
    """Persons with a finished and complete electronic file, of all on file."""
    whole = on_file(scope)
    complete = Q(e_archive_on__lte=scope.last, archive_complete=True)
    return Rate(Measure(people(scope), whole & complete), Measure(people(scope), whole))
