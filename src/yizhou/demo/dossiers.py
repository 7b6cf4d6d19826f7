"""Files that were confirmed in the past year, as they are where stations keep to the cycle."""

from __future__ import annotations

import datetime as dt

from django.db.models import F
from django.db.models.functions import Mod

from yizhou.core import clock
from yizhou.people.models import Person

GROUPS, APART = 13, 27
"""The files of a group were confirmed so many days after those of the next; those of the last one were not."""


def confirm_most() -> None:
    """Set-wise and without an event each: nobody did it, the county is invented."""
    today = clock.today()
    people = Person.objects.everywhere("the demonstration").annotate(nth=Mod(F("id"), GROUPS))
    for nth in range(GROUPS - 1):
        people.filter(nth=nth).update(confirmed_on=today - dt.timedelta(days=nth * APART))
