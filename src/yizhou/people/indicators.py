"""Figures about the people on file."""

from __future__ import annotations

from django.db.models import Q

from yizhou.indicators.measures import Measure, Rate
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.people.models import Person, PersonQuerySet


def registered(scope: Scope) -> PersonQuerySet:
    """时点在册 inside the area."""
    return scope.within(Person.objects.all()).registered(scope.last)


@indicator("netted_veterans")
def netted_veterans(scope: Scope) -> Measure:
    """Veterans on file and archived, whether or not the file is complete."""
    return Measure(registered(scope).archived(scope.last).of_group("VET"))


@indicator("archived_persons")
def archived_persons(scope: Scope) -> Measure:
    """Persons on file and archived whose essentials are all filled."""
    return Measure(registered(scope).archived(scope.last).filter(missing_count=0))


@indicator("e_archives")
def e_archives(scope: Scope) -> Measure:
    """Electronic files of veterans finished in the period; those who died or moved since still count."""
    return Measure(scope.within(Person.objects.all()).of_group("VET").filter(scope.dated("e_archive_on")))


@indicator("one_person_one_file_rate")
def one_person_one_file_rate(scope: Scope) -> Rate:
    """Persons with a finished and complete electronic file, of all on file."""
    everybody = registered(scope)
    return Rate(
        Measure(everybody.filter(Q(e_archive_on__lte=scope.last), archive_complete=True)), Measure(everybody)
    )
