"""The register of exports: one row a file, from the request to the deletion (trust.md G25)."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.urls import reverse

from yizhou.core.rows import Row
from yizhou.core.scope import ScopedQuerySet


class ExportStatus(models.TextChoices):
    """Where a file is on its way out."""

    WAITING = "WAITING", "待审批"
    QUEUED = "QUEUED", "排队生成"
    WRITING = "WRITING", "生成中"
    READY = "READY", "可下载"
    DECLINED = "DECLINED", "不同意"
    WITHDRAWN = "WITHDRAWN", "已撤回"
    FAILED = "FAILED", "失败"
    EXPIRED = "EXPIRED", "已到期"


ALONE = (ExportStatus.QUEUED, ExportStatus.WRITING, ExportStatus.READY, ExportStatus.EXPIRED)
OPEN = (ExportStatus.WAITING, ExportStatus.QUEUED, ExportStatus.WRITING)


class ExportQuerySet(ScopedQuerySet["Export"]):
    """Exports lie where the one who asked for them works."""

    def waiting(self) -> ExportQuerySet:
        """Those that wait for a second person."""
        return self.filter(status=ExportStatus.WAITING)

    def gone_out_alone(self) -> ExportQuerySet:
        """Those that went out, or are about to, without a second person's word."""
        return self.filter(why="", status__in=ALONE)


class Export(Row):
    """导出登记: what goes out, for whom, what for, by whose leave, and how the file is recognised.

    ``areas`` are those of the post in which it was asked for: the file is written as by that post. ``words`` say the
    choice in words, ``query`` in codes; ``why`` says why a second person had to agree, empty where nobody had to. ``digest`` is the SM3 of the file as it was handed out.
    """

    number = models.CharField("登记号", max_length=30)
    source = models.CharField("名单", max_length=60)
    title = models.CharField("名称", max_length=100)
    query = models.JSONField("条件", default=dict)
    words = models.CharField("条件说明", max_length=600)
    columns = models.JSONField("列", default=list)
    purpose = models.CharField("用途", max_length=200)
    form = models.CharField("格式", max_length=4)
    rows = models.IntegerField("申请时行数")
    written_rows = models.IntegerField("文件行数", null=True)
    status = models.CharField("状态", max_length=10, choices=ExportStatus.choices)
    why = models.CharField("须审批的原因", max_length=100, blank=True, default="")
    account_id = models.BigIntegerField("申请账号", null=True)
    actor = models.CharField("申请人", max_length=60)
    unit = models.CharField("申请人辖区", max_length=120, blank=True, default="")
    area = models.CharField("申请人区划", max_length=12, blank=True, default="")
    areas = models.JSONField("申请人范围", default=list)
    asked_at = models.DateTimeField("申请时间")
    decider_id = models.BigIntegerField("审批账号", null=True)
    decider = models.CharField("审批人", max_length=60, blank=True, default="")
    decided_at = models.DateTimeField("审批时间", null=True)
    note = models.CharField("审批意见", max_length=200, blank=True, default="")
    written_at = models.DateTimeField("生成时间", null=True)
    seconds = models.FloatField("用时", default=0)
    size = models.BigIntegerField("字节数", null=True)
    digest = models.CharField("文件指纹（SM3）", max_length=64, blank=True, default="")
    expires_at = models.DateTimeField("下载期限", null=True)
    downloads = models.IntegerField("下载次数", default=0)
    taken_at = models.DateTimeField("最近下载", null=True)
    error = models.CharField("失败原因", max_length=300, blank=True, default="")

    objects = ExportQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "导出登记"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["number"], name="export_number"),
        ]
        indexes = [
            models.Index(fields=["area", "id"], name="export_area"),
            models.Index(fields=["account_id", "id"], name="export_account"),
            models.Index(fields=["status", "id"], name="export_status"),
            models.Index(fields=["digest"], name="export_digest"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Its page in the register."""
        return reverse("exports:view", args=[self.uid])

    @property
    def file(self) -> Path:
        """Where the file lies, under a name of our own."""
        return Path(settings.EXPORTS_DIR) / f"{self.uid.hex}.{self.form}"

    @property
    def file_name(self) -> str:
        """The name it is handed out under; the number leads back to this row."""
        return f"{self.title}-{self.number}.{self.form}"
