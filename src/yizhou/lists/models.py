"""Saved filters, and bulk changes of the contact class with everything that takes them back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.core.rows import Row
from yizhou.core.scope import ScopedQuerySet
from yizhou.people.models import Person


def own_area(actor: Actor) -> str:
    """The division that the actor works for, as a whole code; "" for whoever works for all."""
    return next((area.ljust(12, "0") for area in actor.areas if area), "")


class SavedFilterQuerySet(ScopedQuerySet["SavedFilter"]):
    """Saved filters: one's own, and those that colleagues of the very same area share."""

    def visibility(self, actor: Actor) -> Q:
        """A unit above has its own: what a village shares is not laid before the county."""
        if actor.account_id is None:
            return Q(pk__in=[])
        whole = [area.ljust(12, "0") if area else "" for area in actor.areas]
        return Q(account_id=actor.account_id) | Q(is_shared=True, area__in=whole)

    def own(self, actor: Actor) -> SavedFilterQuerySet:
        """Those that the actor saved, wherever he worked then."""
        return self.everywhere("one's own").filter(account_id=actor.account_id, account_id__isnull=False)


class SavedFilter(Row):
    """常用筛选: filters, sort and columns of the list of people under a name. ``query`` is read anew for each reader."""

    name = models.CharField("名称", max_length=40)
    query = models.JSONField("条件、排序与列")
    is_shared = models.BooleanField("本单位共用", default=False)
    area = models.CharField("区划", max_length=12, blank=True, default="")
    account_id = models.BigIntegerField("账号", null=True)
    actor = models.CharField("保存人", max_length=60)
    saved_at = models.DateTimeField("保存时间")

    objects = SavedFilterQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "常用筛选"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["account_id", "name"], name="saved_filter_name"),
        ]
        indexes = [models.Index(fields=["area"], name="saved_filter_shared", condition=Q(is_shared=True))]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where they are looked after."""
        return reverse("lists:saved")


class BatchStatus(models.TextChoices):
    """How far a bulk change is."""

    QUEUED = "QUEUED", "等待办理"
    RUNNING = "RUNNING", "办理中"
    DONE = "DONE", "已办理"
    FAILED = "FAILED", "中止"
    UNDOING = "UNDOING", "撤销中"
    UNDONE = "UNDONE", "已撤销"


UNDER_WAY = (BatchStatus.QUEUED, BatchStatus.RUNNING, BatchStatus.UNDOING)
SETTLED = (BatchStatus.DONE, BatchStatus.FAILED)


class ClassBatch(Row):
    """成批设置联系类别: one contact class for many at once."""

    area = models.CharField("经办人区划", max_length=12, blank=True, default="")
    areas = models.JSONField("经办人范围")
    words = models.CharField("条件说明", max_length=600)
    contact_class = models.CharField("联系类别", max_length=10)
    reason = models.CharField("原因", max_length=200)
    total = models.IntegerField("人数")
    status = models.CharField("状态", max_length=8, choices=BatchStatus.choices)
    error = models.CharField("中止原因", max_length=300, blank=True, default="")
    account_id = models.BigIntegerField("经办账号", null=True)
    actor = models.CharField("经办人", max_length=60)
    made_at = models.DateTimeField("办理时间")
    undone_by_id = models.BigIntegerField("撤销账号", null=True)
    undone_areas = models.JSONField("撤销人范围", default=list)
    undone_at = models.DateTimeField("撤销时间", null=True)

    objects = ScopedQuerySet["ClassBatch"].as_manager()

    class Meta(Row.Meta):
        verbose_name = "成批设置联系类别"
        indexes = [models.Index(fields=["area", "id"], name="class_batch_area")]

    def __str__(self) -> str:
        return f"{self.contact_class} {self.words}"

    def get_absolute_url(self) -> str:
        """Its page: how far it is, what came of it, the way back."""
        return reverse("lists:class_batch", args=[self.uid])


class MoveState(models.TextChoices):
    """What became of one person of a bulk change."""

    PLANNED = "PLANNED", "待办"
    DONE = "DONE", "已改"
    SKIPPED = "SKIPPED", "未改"
    UNDONE = "UNDONE", "已撤销"
    KEPT = "KEPT", "未撤销"


class ClassMove(Row):
    """One person of a bulk change: the class before, the entry in the ledger of changes, or why nothing was done."""

    AREA: ClassVar = "person__household_area"

    batch = models.ForeignKey(
        ClassBatch, models.PROTECT, verbose_name="批次", db_index=False, related_name="moves"
    )
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    former = models.CharField("原联系类别", max_length=10, blank=True, default="")
    change_id = models.BigIntegerField("信息维护记录", null=True)
    state = models.CharField("结果", max_length=8, choices=MoveState.choices)
    reason = models.CharField("说明", max_length=120, blank=True, default="")

    objects = ScopedQuerySet["ClassMove"].as_manager()

    class Meta(Row.Meta):
        verbose_name = "成批设置联系类别的对象"
        indexes = [
            models.Index(fields=["batch", "state", "id"], name="class_move_batch"),
            models.Index(fields=["person"], name="class_move_person"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.person_id}"
