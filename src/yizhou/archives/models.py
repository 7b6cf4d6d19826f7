"""The archive of a person, its catalogue, its scanned pages, and who has the paper."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import GreaterThan
from django.urls import reverse

from yizhou.archives.catalogue import kinds
from yizhou.cases.models import Case
from yizhou.core.rows import Row
from yizhou.core.scope import ScopedQuerySet
from yizhou.files.models import StoredFile
from yizhou.people.models import Person


class Place(models.TextChoices):
    """Where the paper is."""

    KEPT = "KEPT", "在库"
    LENT = "LENT", "借出"
    SENT = "SENT", "已转出"


class Stage(models.TextChoices):
    """How far a request for the paper has come."""

    ASKED = "ASKED", "待审批"
    APPROVED = "APPROVED", "已批准"
    OUT = "OUT", "在外"
    DONE = "DONE", "已办结"
    REFUSED = "REFUSED", "未批准"
    WITHDRAWN = "WITHDRAWN", "已撤回"


class Way(models.TextChoices):
    """Lent, or sent on for good."""

    LOAN = "LOAN", "借阅"
    TRANSFER = "TRANSFER", "转递"


UNDER_WAY = (Stage.ASKED, Stage.APPROVED, Stage.OUT)


class ArchiveQuerySet(ScopedQuerySet["Archive"]):
    """Archives, each where its person's household is."""

    def incomplete(self) -> Self:
        """Those that lack a kind of paper which the person's categories ask for."""
        return self.filter(_lacks())

    def complete(self) -> Self:
        """Those that lack none."""
        return self.exclude(_lacks())


def _lacks() -> Q:
    """One condition for each kind that somebody must have, from facts and not from a stored mark that could fall behind."""
    found = Q(pk__in=[])
    for kind in kinds().values():
        if kind.mask:
            held = ArchiveItem.objects.filter(archive=OuterRef("pk"), kind=kind.code, removed_at__isnull=True)
            asked = GreaterThan(F("person__category_mask").bitand(kind.mask), 0)
            found |= Q(asked) & ~Q(Exists(held))
    return found


class Archive(Row):
    """人事档案: one a person; ``place`` says where the paper is, ``shelf`` where it is kept."""

    AREA: ClassVar = "person__household_area"

    person = models.OneToOneField(Person, models.PROTECT, verbose_name="对象", related_name="archive")
    shelf = models.CharField("存放位置", max_length=60, help_text="库房、柜号、盒号")
    received_on = models.DateField("收到日期")
    received_from = models.CharField("移交单位", max_length=80)
    place = models.CharField("状态", max_length=10, choices=Place.choices, default=Place.KEPT)
    verified_at = models.DateTimeField("最近校验时间", null=True)
    damaged = models.IntegerField("校验不符页数", default=0)

    objects = ArchiveQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "人事档案"
        indexes = [models.Index(fields=["place"], name="archive_away", condition=~Q(place="KEPT"))]

    def __str__(self) -> str:
        return self.shelf

    def get_absolute_url(self) -> str:
        """The page of the archive."""
        return reverse("archives:archive", args=[self.uid])


class ArchiveItemQuerySet(ScopedQuerySet["ArchiveItem"]):
    """Lines of catalogues."""

    def standing(self) -> Self:
        """Those that were not taken out again."""
        return self.filter(removed_at__isnull=True)


class ArchiveItem(Row):
    """卷内材料: one line of the catalogue."""

    AREA: ClassVar = "archive__person__household_area"

    archive = models.ForeignKey(
        Archive, models.PROTECT, related_name="items", db_index=False, verbose_name="档案"
    )
    position = models.IntegerField("序号")
    kind = models.CharField("种类", max_length=20)
    title = models.CharField("材料名称", max_length=80)
    made_on = models.DateField("形成日期", null=True)
    sheets = models.IntegerField("页数", default=1)
    is_copy = models.BooleanField("是否复制件", default=False)
    remark = models.CharField("涂改、缺印等情况", max_length=200, blank=True, default="")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="来自办件"
    )
    removed_at = models.DateTimeField("撤出时间", null=True)

    objects = ArchiveItemQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "卷内材料"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["archive", "position"], name="archiveitem_position"),
            models.CheckConstraint(condition=Q(sheets__gt=0), name="archiveitem_sheets"),
        ]
        indexes = [models.Index(fields=["archive", "kind"], name="archiveitem_kind")]

    def __str__(self) -> str:
        return self.title


class ArchivePage(Row):
    """卷内扫描页: the newest of a position stands, what it replaced is kept."""

    AREA: ClassVar = "item__archive__person__household_area"

    item = models.ForeignKey(
        ArchiveItem, models.PROTECT, related_name="pages", db_index=False, verbose_name="材料"
    )
    position = models.IntegerField("页序")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="扫描件")
    replaced_at = models.DateTimeField("替换时间", null=True)
    replaced_for = models.CharField("替换原因", max_length=200, blank=True, default="")

    objects = ScopedQuerySet["ArchivePage"].as_manager()

    class Meta(Row.Meta):
        verbose_name = "卷内扫描页"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["item", "position"],
                name="archivepage_position",
                condition=Q(replaced_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["item", "position"], name="archivepage_item")]

    def __str__(self) -> str:
        return f"{self.position}"


class OutingQuerySet(ScopedQuerySet["Outing"]):
    """Requests for the paper."""

    def under_way(self) -> Self:
        """Those that are not finished."""
        return self.filter(stage__in=UNDER_WAY)

    def overdue(self, on: dt.date) -> Self:
        """Lent, and not given back by the day."""
        return self.filter(stage=Stage.OUT, until__lt=on)


class Outing(Row):
    """借阅转递单: asked for by one, approved by another; at most one an archive under way."""

    AREA: ClassVar = "archive__person__household_area"

    archive = models.ForeignKey(Archive, models.PROTECT, related_name="outings", verbose_name="档案")
    way = models.CharField("类型", max_length=10, choices=Way.choices)
    stage = models.CharField("进度", max_length=10, choices=Stage.choices, default=Stage.ASKED)
    taker = models.CharField("借阅人或转往单位", max_length=80)
    purpose = models.CharField("用途", max_length=200)
    until = models.DateField("应还日期", null=True)
    asked_by_id = models.BigIntegerField("申请账号", null=True)
    asked_by = models.CharField("申请人", max_length=60)
    asked_at = models.DateTimeField("申请时间")
    decided_by_id = models.BigIntegerField("审批账号", null=True)
    decided_by = models.CharField("审批人", max_length=60, blank=True, default="")
    decided_at = models.DateTimeField("审批时间", null=True)
    note = models.CharField("审批意见", max_length=200, blank=True, default="")
    seal_no = models.CharField("密封编号", max_length=40, blank=True, default="")
    sent_by = models.CharField("转递方式", max_length=12, blank=True, default="")
    handed_at = models.DateTimeField("交出时间", null=True)
    closed_at = models.DateTimeField("归还或收到时间", null=True)
    closing_note = models.CharField("归还或回执情况", max_length=200, blank=True, default="")

    objects = OutingQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "借阅转递单"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["archive"],
                name="outing_one_open",
                condition=Q(stage__in=["ASKED", "APPROVED", "OUT"]),
            ),
            models.CheckConstraint(
                condition=Q(decided_by_id__isnull=True) | ~Q(decided_by_id=F("asked_by_id")),
                name="outing_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(way="TRANSFER") | Q(until__isnull=False), name="outing_loan_has_end"
            ),
        ]
        indexes = [
            models.Index(
                fields=["stage", "until"],
                name="outing_open",
                condition=Q(stage__in=["ASKED", "APPROVED", "OUT"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.taker}"
