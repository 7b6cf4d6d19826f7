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
    """Where the paper is: never stored, always read from the outing that stands (``place_by``)."""

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
STANDING = Q(stage__in=["ASKED", "APPROVED", "OUT"]) | Q(way="TRANSFER", stage="DONE")
"""An outing that says where the paper is or will be; the database holds an archive to one of them."""
LENT = Q(way=Way.LOAN, stage=Stage.OUT)
SENT = Q(way=Way.TRANSFER, stage__in=(Stage.OUT, Stage.DONE))


class ArchiveQuerySet(ScopedQuerySet["Archive"]):
    """Archives, each where its person's household is."""

    def incomplete(self) -> Self:
        """Those that lack a kind of paper which the person's categories ask for."""
        return self.filter(_lacks())

    def complete(self) -> Self:
        """Those that lack none."""
        return self.exclude(_lacks())

    def placed(self, place: Place) -> Self:
        """Those whose paper is there."""
        away = Outing.objects.everywhere("of the archives in question").filter(archive=OuterRef("pk"))
        if place == Place.KEPT:
            return self.filter(~Exists(away.filter(LENT | SENT)))
        return self.filter(Exists(away.filter(LENT if place == Place.LENT else SENT)))


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
    """人事档案: one a person; ``shelf`` is where it is kept, ``place`` where the paper is now."""

    AREA: ClassVar = "person__household_area"

    person = models.OneToOneField(Person, models.PROTECT, verbose_name="对象", related_name="archive")
    shelf = models.CharField("存放位置", max_length=60, help_text="库房、柜号、盒号")
    received_on = models.DateField("收到日期")
    received_from = models.CharField("移交单位", max_length=80)
    verified_at = models.DateTimeField("最近校验时间", null=True)
    damaged = models.IntegerField("校验不符页数", default=0)

    objects = ArchiveQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "人事档案"

    def __str__(self) -> str:
        return self.shelf

    def get_absolute_url(self) -> str:
        """The page of the archive."""
        return reverse("archives:archive", args=[self.uid])

    @property
    def place(self) -> Place:
        """Where the paper is, as the outing says that stands."""
        outings = Outing.objects.everywhere("the archive at hand")
        return place_by(outings.standing().filter(archive=self).first())


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

    def standing(self) -> Self:
        """Those that say where the paper is: one an archive."""
        return self.filter(STANDING)

    def overdue(self, on: dt.date) -> Self:
        """Lent, and not given back by the day."""
        return self.filter(stage=Stage.OUT, until__lt=on)

    def to_receive(self, account_id: int | None, on: dt.date) -> Self:
        """Handed over and not signed for by this account, which receives; and what it borrowed past its day."""
        for_another = Q(asked_by_id__isnull=True) | Q(asked_by_id=F("handed_by_id"))
        receives = Q(way=Way.TRANSFER) | Q(asked_by_id=account_id) | for_another
        unsigned = Q(signed_at__isnull=True) & receives & ~Q(handed_by_id=account_id)
        late = Q(way=Way.LOAN, asked_by_id=account_id, until__lt=on)
        return self.filter(unsigned | late, stage=Stage.OUT)


class Outing(Row):
    """借阅转递单: asked for by one, approved by another, handed over by one, signed for by another.

    At most one an archive is under way, and none beside a transfer that arrived: what is said of the place of the
    paper cannot contradict its outings.
    """

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
    handed_by_id = models.BigIntegerField("交出账号", null=True)
    handed_by = models.CharField("交出人", max_length=60, blank=True, default="")
    handed_at = models.DateTimeField("交出时间", null=True)
    signed_by_id = models.BigIntegerField("签收账号", null=True)
    signed_by = models.CharField("签收人", max_length=60, blank=True, default="")
    signed_at = models.DateTimeField("签收时间", null=True)
    closed_at = models.DateTimeField("归还或收到时间", null=True)
    closing_note = models.CharField("归还或回执情况", max_length=200, blank=True, default="")

    objects = OutingQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "借阅转递单"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["archive"],
                name="outing_one_standing",
                condition=STANDING,
            ),
            models.CheckConstraint(
                condition=Q(signed_by_id__isnull=True)
                | Q(handed_by_id__isnull=True)
                | ~Q(signed_by_id=F("handed_by_id")),
                name="outing_signed_by_other",
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


def place_by(outing: Outing | None) -> Place:
    """Where the paper is when this outing stands, none meaning that it was never asked for or is back."""
    if outing is None or outing.stage in (Stage.ASKED, Stage.APPROVED):
        return Place.KEPT
    return Place.LENT if outing.way == Way.LOAN else Place.SENT
