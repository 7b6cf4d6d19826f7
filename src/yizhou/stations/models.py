"""Tables of stations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import LedgerRow
from yizhou.orgs.models import Station


class StationCheck(LedgerRow):
    """站点创建评定 (ledger ``station_checks``)."""

    AREA: ClassVar = "station__area"

    check_no = models.CharField("评定编号", max_length=60)
    station = models.ForeignKey(
        Station, models.PROTECT, verbose_name="站点", db_index=False, related_name="+"
    )
    program = models.CharField("评定项目", max_length=30)
    started_on = models.DateField("立项日期")
    concluded_on = models.DateField("结论日期", null=True)
    conclusion = models.CharField("结论", max_length=20, blank=True, default="")
    score = models.FloatField("得分", null=True)
    revoked_on = models.DateField("摘牌日期", null=True)
    withdrawn_on = models.DateField("撤回日期", null=True)

    objects = ScopedQuerySet["StationCheck"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "站点创建评定"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["check_no"], name="station_check_key"),
        ]
        indexes = [
            models.Index(fields=["concluded_on", "id"], name="station_check_day"),
            models.Index(fields=["station", "program", "concluded_on"], name="station_check_station"),
        ]

    def __str__(self) -> str:
        return self.check_no
