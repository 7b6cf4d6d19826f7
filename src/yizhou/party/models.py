"""Tables of 党建."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import LedgerRow
from yizhou.people.models import Person


class PartyTransfer(LedgerRow):
    """党员组织关系转接 (ledger ``party_transfers``)."""

    AREA: ClassVar = "person__household_area"

    transfer_no = models.CharField("转接编号", max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    from_org = models.CharField("转出党组织", max_length=200)
    to_org = models.CharField("转入党组织", max_length=200)
    letter_on = models.DateField("介绍信日期")
    valid_days = models.IntegerField("有效天数", null=True)
    received_on = models.DateField("接收日期", null=True)

    objects = ScopedQuerySet["PartyTransfer"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "党员组织关系转接"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["transfer_no"], name="party_transfer_key"),
        ]
        indexes = [
            models.Index(fields=["letter_on", "id"], name="party_transfer_day"),
            models.Index(fields=["person"], name="party_transfer_person"),
        ]

    def __str__(self) -> str:
        return self.transfer_no
