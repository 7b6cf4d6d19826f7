"""Confirmed balances: the table as it went up, and the names that stood at its close."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from yizhou.core.rows import Row
from yizhou.core.scope import ScopedQuerySet


class ConfirmedBalance(Row):
    """平衡表核定: rows are only ever added; triggers refuse UPDATE and DELETE.

    ``period`` is the code of a term, ``area`` "" for all divisions. ``names`` holds the inner number, the category and
    the division of every row that stood at the close: the opening of the period after (parquet).
    """

    balance = models.CharField("平衡表", max_length=40)
    area = models.CharField("区划", max_length=12, blank=True, default="")
    period = models.CharField("统计期", max_length=8)
    last = models.DateField("期末")
    version = models.IntegerField("版次")
    reason = models.CharField("原因", max_length=300, blank=True, default="")
    account_id = models.BigIntegerField("经办账号", null=True)
    actor = models.CharField("经办人", max_length=60)
    confirmed_at = models.DateTimeField("核定时间")
    document = models.JSONField("表")
    names = models.BinaryField("期末名册")

    objects = ScopedQuerySet["ConfirmedBalance"].as_manager()

    class Meta(Row.Meta):
        db_table = "stat_balance"
        verbose_name = "平衡表核定"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["area", "balance", "period", "version"], name="balance_version"),
        ]

    def __str__(self) -> str:
        return f"{self.balance} {self.period} 第 {self.version} 版"

    def get_absolute_url(self) -> str:
        """The page of the table as it was confirmed."""
        return reverse("balances:confirmed", args=[self.uid])
