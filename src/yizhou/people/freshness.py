"""动态更新周期: how long what a file says counts as current (handbook §20). Files of those who are gone rest."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from yizhou.core.configured import parameter
from yizhou.indicators.periods import month_before
from yizhou.people.models import Person

KEY = "KEY"
"""The contact class of those who are looked after most closely."""


def months_for(contact_class: str) -> int:
    """After how many months a file has to be looked at again."""
    return parameter("dossier_refresh_key_months" if contact_class == KEY else "dossier_refresh_months")


def refreshed_on(person: Person) -> dt.date:
    """The day of which the file speaks: collected, corrected or confirmed, whichever was last."""
    return max(person.collected_on, person.confirmed_on or person.collected_on)


def due_on(person: Person) -> dt.date:
    """The last day on which the file is current."""
    return month_before(refreshed_on(person), -months_for(person.contact_class))


def stale(today: dt.date) -> Q:
    """到期未更新: files whose last day lies behind."""
    key = Q(contact_class=KEY)
    return key & _before(month_before(today, months_for(KEY))) | ~key & _before(
        month_before(today, months_for(""))
    )


def _before(day: dt.date) -> Q:
    return Q(collected_on__lt=day) & (Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=day))
