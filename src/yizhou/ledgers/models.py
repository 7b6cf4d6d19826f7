"""Import batches: each file taken in is a row with its fate (trust.md D9)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhou.core.rows import Row, SealedRow
from yizhou.core.scope import ScopedQuerySet


class BatchStatus(models.TextChoices):
    """Where a file is on its way."""

    UPLOADED = "UPLOADED", "已上传"
    CHECKING = "CHECKING", "校验中"
    CHECKED = "CHECKED", "待确认"
    AWAITING = "AWAITING", "待复核"
    CONFIRMED = "CONFIRMED", "排队入库"
    LOADING = "LOADING", "入库中"
    DONE = "DONE", "完成"
    FAILED = "FAILED", "失败"
    CANCELLED = "CANCELLED", "已取消"


class ImportBatch(Row):
    """导入批次: one file, who brought it, what the check found, what was stored.

    A workbook with a sheet for each ledger is as many batches, each with the file of its own; ``workbook`` is what
    they have in common.
    """

    ledger = models.CharField("台账", max_length=40)
    sheet = models.CharField("工作表", max_length=31, blank=True, default="")
    workbook = models.UUIDField("整本编号", null=True)
    file_name = models.CharField("文件名", max_length=200)
    path = models.CharField("存放位置", max_length=300)
    account_id = models.BigIntegerField("上传人", null=True)
    actor = models.CharField("经办人", max_length=60)
    area = models.CharField("上传人区划", max_length=12, blank=True, default="")
    areas = models.JSONField("上传人范围", default=list)
    status = models.CharField("状态", max_length=12, choices=BatchStatus.choices)
    rows = models.IntegerField("行数", default=0)
    created = models.IntegerField("新增", default=0)
    updated = models.IntegerField("更新", default=0)
    unchanged = models.IntegerField("未变", default=0)
    rejected = models.IntegerField("被拒", default=0)
    warnings = models.IntegerField("告警", default=0)
    can_wait = models.IntegerField("只差引用对象的行", default=0)
    holds = models.BooleanField("暂存待补", default=False)
    waiting = models.IntegerField("已暂存", default=0)
    guarded = models.IntegerField("须复核的行", default=0)
    changes = models.JSONField("须复核的前若干行", default=list)
    approved_by_id = models.BigIntegerField("复核账号", null=True)
    approved_by = models.CharField("复核人", max_length=60, blank=True, default="")
    sample = models.JSONField("问题前若干行", default=list)
    errors_path = models.CharField("错误文件", max_length=300, blank=True, default="")
    error = models.CharField("失败原因", max_length=500, blank=True, default="")
    progress = models.SmallIntegerField("进度", default=0, help_text="百分之几")
    step = models.CharField("正在做", max_length=60, blank=True, default="")
    seconds = models.FloatField("用时", default=0)
    submitted_at = models.DateTimeField("提交时间", auto_now_add=True)
    attempted_at = models.DateTimeField("开始时间", null=True)
    processed_at = models.DateTimeField("完成时间", null=True)

    objects = ScopedQuerySet["ImportBatch"].as_manager()

    class Meta(Row.Meta):
        verbose_name = "导入批次"
        indexes = [
            models.Index(fields=["status"], name="import_batch_status"),
            models.Index(fields=["workbook"], name="import_workbook", condition=Q(workbook__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """The page of the batch."""
        return reverse("ledgers:batch", args=[self.uid])


class VoidedRow(SealedRow):
    """作废记录: a row taken out of its ledger, whole and sealed, with who did it, when and why (ADR 0013).

    ``digest`` is the fingerprint of what it said, by which a file that says it again is recognised. ``person_id`` is
    the person with whom the row lay: where that person goes, it goes along.
    """

    ledger = models.CharField("台账", max_length=40)
    row_uid = models.UUIDField("原公开编号")
    row_id = models.BigIntegerField("原行号")
    title = models.CharField("摘要", max_length=200)
    person_id = models.BigIntegerField("服务对象", null=True)
    area = models.CharField("区划", max_length=12, blank=True, default="")
    digest = models.BinaryField("内容指纹", max_length=16)
    reason = models.CharField("作废原因", max_length=300)
    account_id = models.BigIntegerField("经办账号", null=True)
    actor = models.CharField("经办人", max_length=60)
    voided_at = models.DateTimeField("作废时间")
    restored_at = models.DateTimeField("恢复时间", null=True)

    objects = ScopedQuerySet["VoidedRow"].as_manager()

    class Meta(SealedRow.Meta):
        verbose_name = "作废记录"
        indexes = [
            models.Index(fields=["ledger", "area", "id"], name="voided_ledger"),
            models.Index(fields=["person_id"], name="voided_person", condition=Q(person_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title


class WaitingRow(SealedRow):
    """待补引用: a row of a file that refers to somebody or something not there yet, kept until it arrives.

    ``digest`` is the keyed fingerprint of its cells, so that the same row waits once; ``areas`` are those of who
    brought it: it will be taken in as by that person.
    """

    ledger = models.CharField("台账", max_length=40)
    digest = models.BinaryField("内容指纹", max_length=16)
    title = models.CharField("摘要", max_length=200)
    reason = models.CharField("等什么", max_length=500)
    account_id = models.BigIntegerField("上传账号", null=True)
    actor = models.CharField("经办人", max_length=60)
    area = models.CharField("上传人区划", max_length=12, blank=True, default="")
    areas = models.JSONField("上传人范围", default=list)
    waiting_since = models.DateTimeField("开始等待")

    objects = ScopedQuerySet["WaitingRow"].as_manager()

    class Meta(SealedRow.Meta):
        verbose_name = "待补引用"
        constraints = [
            *SealedRow.Meta.constraints,
            models.UniqueConstraint(fields=["ledger", "digest"], name="waiting_once"),
        ]
        indexes = [models.Index(fields=["area", "id"], name="waiting_area")]

    def __str__(self) -> str:
        return self.title
