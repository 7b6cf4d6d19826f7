"""Tables of cards, plaques, archives of honour, merit notices and commendations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yizhou.cases.models import Case
from yizhou.core.rows import Row
from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import LedgerRow, SealedLedgerRow
from yizhou.people.models import Person


class PreferentialCard(Row):
    """优待证: one valid card a person; the maker's number comes with the certificate of the case."""

    AREA: ClassVar = "person__household_area"
    card_no = models.CharField("申领编号", max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="持证人")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name="办件")
    kind = models.CharField("证种", max_length=40)
    issued_on = models.DateField("核准日期")
    cancelled_on = models.DateField("注销日期", null=True)

    objects = ScopedQuerySet["PreferentialCard"].as_manager()

    class Meta(Row.Meta):
        verbose_name = "优待证"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["card_no"], name="card_no"),
            models.UniqueConstraint(
                fields=["person"], name="card_one_valid", condition=Q(cancelled_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.card_no


class Plaque(SealedLedgerRow):
    """光荣牌 (ledger ``plaques``): one a family (一户一块); the address is sealed.

    What a case hangs is held to one a family here; a ledger taken over from before may say otherwise.
    """

    AREA: ClassVar = "person__household_area"
    SEALED: ClassVar = ("address",)
    plaque_no = models.CharField("光荣牌编号", max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="对象")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name="办件")
    household_no = models.CharField("户号", max_length=40, blank=True, default="")
    kind = models.CharField("对象类型", max_length=10)
    hung_on = models.DateField("悬挂日期")
    status = models.CharField("状态", max_length=10, default="HUNG")
    changed_on = models.DateField("变更日期", null=True)

    objects = ScopedQuerySet["Plaque"].as_manager()

    class Meta(SealedLedgerRow.Meta):
        verbose_name = "光荣牌"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["plaque_no"], name="plaque_no"),
            models.UniqueConstraint(
                fields=["person"],
                name="plaque_one_person",
                condition=~Q(status="CANCELLED") & Q(case__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["household_no"],
                name="plaque_one_household",
                condition=~Q(status="CANCELLED") & Q(case__isnull=False) & ~Q(household_no=""),
            ),
        ]

    def __str__(self) -> str:
        return self.plaque_no


class HonourArchive(LedgerRow):
    """“四个一”荣誉档案 (ledger ``honour_archives``)."""

    AREA: ClassVar = "person__household_area"

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    opened_on = models.DateField("建立日期")
    ledger_items = models.IntegerField("台账件数", null=True)
    archive_items = models.IntegerField("档案件数", null=True)
    image_items = models.IntegerField("图片件数", null=True)
    video_items = models.IntegerField("视频件数", null=True)
    status = models.CharField("状态", max_length=20)
    completed_on = models.DateField("建成日期", null=True)
    consent = models.BooleanField("本人同意", null=True)

    objects = ScopedQuerySet["HonourArchive"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "“四个一”荣誉档案"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["person"], name="honour_archive_key"),
        ]
        indexes = [
            models.Index(fields=["opened_on", "id"], name="honour_archive_day"),
            models.Index(fields=["completed_on"], name="honour_archive_done"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.opened_on}"


class MediaAsset(LedgerRow):
    """影像资料 (ledger ``media_assets``)."""

    asset_no = models.CharField("资料编号", max_length=60)
    kind = models.CharField("资料类型", max_length=20)
    work_no = models.CharField("作品编号", max_length=60)
    title = models.CharField("标题", max_length=200)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, verbose_name="对象", db_index=False, related_name="+"
    )
    pieces = models.IntegerField("数量")
    made_on = models.DateField("完成日期")
    review = models.CharField("审核状态", max_length=20)
    area = models.CharField("归属区划", max_length=12)

    objects = ScopedQuerySet["MediaAsset"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "影像资料"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["asset_no"], name="media_asset_key"),
        ]
        indexes = [
            models.Index(fields=["area", "made_on"], name="media_asset_area"),
            models.Index(fields=["made_on", "id"], name="media_asset_day"),
            models.Index(fields=["person"], name="media_asset_person"),
        ]

    def __str__(self) -> str:
        return self.title


class MeritNotice(LedgerRow):
    """立功喜报 (ledger ``merit_notices``)."""

    AREA: ClassVar = "person__household_area"

    notice_no = models.CharField("喜报编号", max_length=60)
    soldier_name = models.CharField("军人姓名", max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    grade = models.CharField("功名", max_length=10)
    approved_on = models.DateField("批准日期")
    delivered_on = models.DateField("送达日期", null=True)
    bonus_fen = models.BigIntegerField("奖励金", help_text="分", null=True)

    objects = ScopedQuerySet["MeritNotice"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "立功喜报"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["notice_no"], name="merit_notice_key"),
        ]
        indexes = [
            models.Index(fields=["approved_on", "id"], name="merit_notice_day"),
            models.Index(fields=["person"], name="merit_notice_person"),
        ]

    def __str__(self) -> str:
        return self.notice_no


class Award(SealedLedgerRow):
    """表彰与典型 (ledger ``awards``)."""

    SEALED: ClassVar = ("id_number",)

    award_no = models.CharField("表彰编号", max_length=60)
    award_kind = models.CharField("表彰名目", max_length=30)
    recipient_type = models.CharField("获奖主体", max_length=20)
    recipient = models.CharField("获奖者名称", max_length=200)
    id_number_index = models.BinaryField("身份证号索引", max_length=16, null=True)
    member_count = models.IntegerField("集体人数", null=True)
    level = models.CharField("级别", max_length=20, blank=True, default="")
    grade = models.CharField("等次", max_length=20, blank=True, default="")
    round_no = models.IntegerField("届次或年度", null=True)
    votes = models.IntegerField("得票数", null=True)
    awarded_on = models.DateField("获得日期")
    revoked_on = models.DateField("撤销日期", null=True)
    area = models.CharField("归属区划", max_length=12)

    objects = ScopedQuerySet["Award"].as_manager()

    class Meta(SealedLedgerRow.Meta):
        verbose_name = "表彰与典型"
        constraints = [
            *SealedLedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["award_no"], name="award_key"),
        ]
        indexes = [
            models.Index(fields=["area", "awarded_on"], name="award_area"),
            models.Index(fields=["awarded_on", "id"], name="award_day"),
            models.Index(
                fields=["id_number_index"], name="award_who", condition=Q(id_number_index__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.award_no
