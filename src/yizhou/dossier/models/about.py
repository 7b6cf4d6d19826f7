"""What every row of the form has: the person it is about, in whose household's area it lies."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import LedgerRow, SealedLedgerRow
from yizhou.people.models import Person


class AboutPerson(LedgerRow):
    """A row of the form. Its natural key begins with the person: that is the index the person's page asks."""

    AREA: ClassVar = "person__household_area"

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")

    objects = ScopedQuerySet[Any].as_manager()

    class Meta(LedgerRow.Meta):
        abstract = True


class SealedAboutPerson(SealedLedgerRow):
    """The same with sealed values."""

    AREA: ClassVar = "person__household_area"

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")

    objects = ScopedQuerySet[Any].as_manager()

    class Meta(SealedLedgerRow.Meta):
        abstract = True
