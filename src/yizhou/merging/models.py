"""The queue of suspected pairs, the runs that fill it, and the record of every merge."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.core.rows import Row, SealedRow
from yizhou.core.scope import ScopedQuerySet, prefix_of, within
from yizhou.merging import rules
from yizhou.people.models import Person


class Strength(models.TextChoices):
    """How sure it is that two files are of one person."""

    CERTAIN = rules.CERTAIN, "基本确定"
    PROBABLE = rules.PROBABLE, "疑似"


class PairStatus(models.TextChoices):
    """What became of a pair."""

    OPEN = "OPEN", "待裁决"
    DISTINCT = "DISTINCT", "确认两人"
    MERGED = "MERGED", "已合并"
    GONE = "GONE", "不再相似"


# A file may have left its table since: the columns that refer to one keep its inner number without a constraint.


class PairQuerySet(ScopedQuerySet["SuspectPair"]):
    """Pairs, for those who see both files; whoever sees one of them alone learns nothing of the other."""

    def visibility(self, actor: Actor) -> Q:
        """Both files inside the actor's areas."""
        first, second = (within(f"{side}__household_area", actor.areas) for side in ("first", "second"))
        return first & second

    def half_visible_to(self, actor: Actor) -> PairQuerySet:
        """Pairs of which the actor sees one side only: an office above both decides."""
        first, second = (within(f"{side}__household_area", actor.areas) for side in ("first", "second"))
        return self.everywhere("one side of them is the actor's").filter(
            (first & ~second) | (second & ~first)
        )

    def open(self) -> PairQuerySet:
        """Not decided yet."""
        return self.filter(status=PairStatus.OPEN)

    def lying_in(self, code: str) -> PairQuerySet:
        """With either file in a division; empty means no filter."""
        if not code:
            return self.all()
        inside = [prefix_of(code)]
        first, second = (within(f"{side}__household_area", inside) for side in ("first", "second"))
        return self.filter(first | second)

    def of(self, person_id: int) -> PairQuerySet:
        """With this file on either side."""
        return self.filter(Q(first_id=person_id) | Q(second_id=person_id))


class SuspectPair(Row):
    """疑似重复: two files that may be of one person, why, and what was decided.

    ``digest`` is the keyed fingerprint of what made them alike: a pair that was decided comes back only when that
    has changed.
    """

    AREA: ClassVar = "first__household_area"
    first = models.ForeignKey(
        Person,
        models.DO_NOTHING,
        verbose_name="先建的档案",
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    second = models.ForeignKey(
        Person,
        models.DO_NOTHING,
        verbose_name="后建的档案",
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    rules = models.CharField("依据", max_length=80)
    agrees = models.CharField("一致的项", max_length=80, blank=True, default="")
    strength = models.CharField("把握", max_length=10, choices=Strength.choices)
    percent = models.SmallIntegerField("第二意见：同一人的概率（%）", null=True)
    opinion = models.CharField("第二意见：各项怎样", max_length=120, blank=True, default="")
    digest = models.BinaryField("依据指纹", max_length=16)
    status = models.CharField("状态", max_length=10, choices=PairStatus.choices, default=PairStatus.OPEN)
    found_at = models.DateTimeField("发现时间")
    note = models.CharField("裁决说明", max_length=300, blank=True, default="")
    actor = models.CharField("裁决人", max_length=60, blank=True, default="")
    decided_at = models.DateTimeField("裁决时间", null=True)

    objects = PairQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "疑似重复"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["first", "second"], name="suspectpair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="suspectpair_order"),
        ]
        indexes = [
            models.Index(fields=["status", "strength", "id"], name="suspectpair_status"),
            models.Index(fields=["second"], name="suspectpair_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} · {self.second_id}"

    @property
    def why(self) -> str:
        """What made the two files alike, in words."""
        return "；".join(rules.EVIDENCE[code] for code in self.rules.split(";"))

    def get_absolute_url(self) -> str:
        """Both files side by side."""
        return reverse("merging:pair", args=[self.uid])


class RunStatus(models.TextChoices):
    """Where a search for duplicates is on its way."""

    WAITING = "WAITING", "排队中"
    RUNNING = "RUNNING", "查找中"
    DONE = "DONE", "完成"
    FAILED = "FAILED", "失败"


class SecondStatus(models.TextChoices):
    """What became of the second opinion in a search."""

    NOT_NEEDED = "NOT_NEEDED", "没有缺可信证件号的档案，不必问第二意见"
    ABSENT = "ABSENT", "未安装第二意见"
    ANSWERED = "ANSWERED", "第二意见已答复"
    FAILED = "FAILED", "第二意见没有答复"


class FindingRun(models.Model):
    """查重: one search through all files, with its progress."""

    status = models.CharField("状态", max_length=10, choices=RunStatus.choices, default=RunStatus.WAITING)
    actor = models.CharField("发起人", max_length=60)
    progress = models.SmallIntegerField("进度", default=0, help_text="百分之几")
    step = models.CharField("正在做", max_length=60, blank=True, default="")
    people = models.IntegerField("比对人数", default=0)
    found = models.IntegerField("相似的对数", default=0)
    opened = models.IntegerField("新进队列", default=0)
    bare = models.IntegerField("没有可信证件号的档案", default=0)
    second = models.CharField("第二意见", max_length=10, choices=SecondStatus.choices, blank=True, default="")
    second_found = models.IntegerField("第二意见另找到", default=0)
    asked_at = models.DateTimeField("发起时间")
    ended_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = "查重"
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=Q(status__in=["WAITING", "RUNNING"]), name="findingrun_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_at} {self.status}"


class MergeQuerySet(ScopedQuerySet["Merge"]):
    """Merges, for those who see the file of today and where the other one lay."""

    def visibility(self, actor: Actor) -> Q:
        """Both places inside the actor's areas."""
        return within("now__household_area", actor.areas) & within("lost_area", actor.areas)

    def standing(self) -> MergeQuerySet:
        """Not undone."""
        return self.filter(undone_at__isnull=True)


class Merge(SealedRow):
    """合并记录: which file went into which, with everything that it takes to undo it, sealed (ADR 0018).

    ``kept`` is the file that stayed, ``now`` where its content is today: the kept file may itself have gone into
    a third one since. The sealed ``rows`` are the stored rows of all tables as they were, byte for byte.
    """

    AREA: ClassVar = "now__household_area"
    kept = models.ForeignKey(
        Person,
        models.DO_NOTHING,
        verbose_name="保留的档案",
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    now = models.ForeignKey(
        Person,
        models.DO_NOTHING,
        verbose_name="现在的档案",
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    lost_id = models.BigIntegerField("并入的档案")
    lost_uid = models.UUIDField("并入档案的公开编号")
    lost_name = models.CharField("并入档案的姓名", max_length=60)
    lost_area = models.CharField("并入档案的区划", max_length=12)
    lost_number_index = models.BinaryField("并入档案的证件号索引", max_length=16)
    kept_number_index = models.BinaryField("保留档案原来的证件号索引", max_length=16)
    moved = models.IntegerField("转入的记录数", default=0)
    aside = models.IntegerField("另存的记录数", default=0)
    note = models.CharField("合并说明", max_length=300)
    account_id = models.BigIntegerField("经办账号", null=True)
    actor = models.CharField("经办人", max_length=60)
    merged_at = models.DateTimeField("合并时间")
    undone_at = models.DateTimeField("撤销时间", null=True)
    undone_by = models.CharField("撤销人", max_length=60, blank=True, default="")
    undo_reason = models.CharField("撤销原因", max_length=300, blank=True, default="")
    is_restored = models.BooleanField("保留的档案恢复原样", null=True)

    objects = MergeQuerySet.as_manager()

    class Meta(SealedRow.Meta):
        verbose_name = "合并记录"
        constraints = [
            *SealedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["lost_id"], condition=Q(undone_at__isnull=True), name="merge_lost_once"
            ),
        ]
        indexes = [
            models.Index(fields=["now"], name="merge_now"),
            models.Index(fields=["lost_uid"], name="merge_lost_uid"),
        ]

    def __str__(self) -> str:
        return f"{self.lost_name} → {self.now_id}"

    def get_absolute_url(self) -> str:
        """The list of merges, where it can be undone."""
        return reverse("merging:done")
