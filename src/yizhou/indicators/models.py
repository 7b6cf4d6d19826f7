"""What drafters add to reports, and frozen periods: what a report said, fingerprints of the rows behind (ADR 0014)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from yizhou.core.rows import Row
from yizhou.core.scope import ScopedQuerySet
from yizhou.indicators.rules import MAX_REASON, MAX_RECIPIENT, MAX_SIGNER


class Snapshot(Row):
    """统计快照: a report as it was frozen. Rows are only ever added; triggers refuse UPDATE and DELETE.

    ``period`` is the code of a term (2025, 2025-Q3, 2025-09), ``area`` "" for all divisions. ``values`` holds every
    indicator of that day by code, ``document`` the report with its sentences, tables and checks.
    """

    period = models.CharField("统计期", max_length=8)
    area = models.CharField("区划", max_length=12, blank=True, default="")
    form = models.CharField("格式", max_length=8)
    version = models.IntegerField("版次")
    reason = models.CharField("原因", max_length=MAX_REASON, blank=True, default="")
    account_id = models.BigIntegerField("经办账号", null=True)
    actor = models.CharField("经办人", max_length=60)
    frozen_at = models.DateTimeField("固化时间")
    definitions = models.CharField("口径版本", max_length=16)
    values = models.JSONField("数值")
    document = models.JSONField("报告")

    objects = ScopedQuerySet["Snapshot"].as_manager()

    class Meta(Row.Meta):
        db_table = "stat_snapshot"
        verbose_name = "统计快照"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["area", "period", "form", "version"], name="snapshot_version"),
        ]

    def __str__(self) -> str:
        return f"{self.period} 第 {self.version} 版"

    def get_absolute_url(self) -> str:
        """The page of the frozen report."""
        return reverse("indicators:snapshot", args=[self.uid])


class Drafting(Row):
    """起草信息: what the drafter of a report adds to its numbers; ``targets`` are aims for the year after, by code."""

    period = models.CharField("统计期", max_length=8)
    area = models.CharField("区划", max_length=12, blank=True, default="")
    red_head = models.BooleanField("加版头", default=False)
    recipient = models.CharField("主送", max_length=MAX_RECIPIENT, blank=True, default="")
    signer = models.CharField("签发人", max_length=MAX_SIGNER, blank=True, default="")
    targets = models.JSONField("下一年目标", default=dict)
    account_id = models.BigIntegerField("经办账号", null=True)
    actor = models.CharField("经办人", max_length=60)
    drafted_at = models.DateTimeField("填写时间")

    objects = ScopedQuerySet["Drafting"].as_manager()

    class Meta(Row.Meta):
        db_table = "stat_drafting"
        verbose_name = "起草信息"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["area", "period"], name="drafting_key"),
        ]

    def __str__(self) -> str:
        return f"{self.period} 起草信息"


class SnapshotRows(models.Model):
    """The rows of one ledger behind any number of a snapshot: 24 bytes each, in the order of their public ids.

    16 bytes are the public id, 8 the beginning of the fingerprint of what the row said.
    """

    AREA: ClassVar = "snapshot__area"
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="rows", verbose_name="快照")
    ledger = models.CharField("台账", max_length=40)
    rows = models.BinaryField("行指纹")

    objects = ScopedQuerySet["SnapshotRows"].as_manager()

    class Meta:
        db_table = "stat_snapshot_rows"
        verbose_name = "快照的行"
        constraints = [models.UniqueConstraint(fields=["snapshot", "ledger"], name="snapshot_rows_once")]

    def __str__(self) -> str:
        return self.ledger


class SnapshotPart(models.Model):
    """Which of those rows make one number: a bit a row, packed; ``part`` is value, numerator or denominator."""

    AREA: ClassVar = "snapshot__area"
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="parts", verbose_name="快照")
    code = models.CharField("指标", max_length=60)
    part = models.CharField("部分", max_length=12)
    ledger = models.CharField("台账", max_length=40)
    members = models.BinaryField("成员")

    objects = ScopedQuerySet["SnapshotPart"].as_manager()

    class Meta:
        db_table = "stat_snapshot_part"
        verbose_name = "快照的组成"
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "code", "part"], name="snapshot_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.part}"
