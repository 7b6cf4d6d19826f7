"""What happened in somebody's life, what is to be done about it, and what hints that it happened."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhou.core.rows import Row
from yizhou.core.scope import ScopedQuerySet
from yizhou.orgs.models import StaffPost
from yizhou.people.models import Person


class EventState(models.TextChoices):
    """Whether the fact behind an event stands."""

    STANDS = "STANDS", "有效"
    REVOKED = "REVOKED", "事实已更正"


class TaskState(models.TextChoices):
    """How far a task has come."""

    OPEN = "OPEN", "待办"
    DONE = "DONE", "已办"
    SKIPPED = "SKIPPED", "已跳过"
    REVOKED = "REVOKED", "不必再办"


class LifeEvent(Row):
    """生命周期事件: one a person, kind and day, however often the facts are read."""

    AREA: ClassVar = "person__household_area"

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    kind = models.CharField("事件", max_length=20)
    happened_on = models.DateField("日期")
    state = models.CharField("状态", max_length=10, choices=EventState.choices, default=EventState.STANDS)
    found_on = models.DateField("发现日期")
    told = models.CharField("依据", max_length=200, blank=True, default="")
    companion = models.ForeignKey(
        StaffPost, models.PROTECT, null=True, verbose_name="陪办人", db_index=False, related_name="+"
    )

    objects = ScopedQuerySet["LifeEvent"].as_manager()

    class Meta(Row.Meta):
        verbose_name = "生命周期事件"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["person", "kind", "happened_on"], name="lifeevent_once"),
        ]
        indexes = [models.Index(fields=["kind", "happened_on"], name="lifeevent_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"

    def get_absolute_url(self) -> str:
        """The page of the event."""
        return reverse("lifecycle:event", args=[self.uid])


class LifeTaskQuerySet(ScopedQuerySet["LifeTask"]):
    """Tasks of events."""

    def open(self) -> Self:
        """Not done, skipped or revoked."""
        return self.filter(state=TaskState.OPEN)

    def overdue(self, on: dt.date) -> Self:
        """Open and past their day."""
        return self.open().filter(due_on__lt=on)


class LifeTask(Row):
    """事件任务: what a station does about an event, until when."""

    AREA: ClassVar = "event__person__household_area"

    event = models.ForeignKey(
        LifeEvent, models.PROTECT, related_name="tasks", db_index=False, verbose_name="事件"
    )
    code = models.CharField("任务代码", max_length=20)
    title = models.CharField("任务", max_length=80)
    level = models.CharField("责任站点级别", max_length=10)
    due_on = models.DateField("期限")
    state = models.CharField("进度", max_length=10, choices=TaskState.choices, default=TaskState.OPEN)
    settled_by = models.CharField("经办人", max_length=60, blank=True, default="")
    settled_on = models.DateField("办结日期", null=True)
    reason = models.CharField("跳过原因", max_length=60, blank=True, default="")
    note = models.CharField("办理情况", max_length=200, blank=True, default="")

    objects = LifeTaskQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "事件任务"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["event", "code"], name="lifetask_once"),
            models.CheckConstraint(
                condition=~Q(state="SKIPPED") | ~Q(reason=""), name="lifetask_skip_reason"
            ),
        ]
        indexes = [models.Index(fields=["level", "due_on"], name="lifetask_open", condition=Q(state="OPEN"))]

    def __str__(self) -> str:
        return self.title


class SignalKind(models.TextChoices):
    """Where a hint comes from that somebody may have died."""

    FUNERAL = "FUNERAL", "殡葬名单"
    CONFIRMATION = "CONFIRMATION", "定期核认未通过"
    PHONE = "PHONE", "多次联系不上"
    TOLD = "TOLD", "群众或亲属反映"


class SignalList(Row):
    """线索名单: a list of another office that was compared with the files; nothing is kept of those who are not on file."""

    AREA: ClassVar = "area"

    area = models.CharField("区划", max_length=12, blank=True, default="")
    areas = models.JSONField("比对范围", default=list)
    kind = models.CharField("来源", max_length=12, choices=SignalKind.choices)
    title = models.CharField("名单", max_length=100)
    noted_on = models.DateField("名单日期")
    rows = models.IntegerField("行数")
    matched = models.IntegerField("新增线索")
    known = models.IntegerField("已有线索")
    absent = models.IntegerField("不在档或不在辖区")
    faults = models.JSONField("没有采用的行", default=list)
    account_id = models.BigIntegerField("账号", null=True)
    actor = models.CharField("登记人", max_length=60)
    noted_at = models.DateTimeField("登记时间")

    objects = ScopedQuerySet["SignalList"].as_manager()

    class Meta(Row.Meta):
        verbose_name = "线索名单"
        indexes = [models.Index(fields=["area", "id"], name="signallist_area")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """What became of the list."""
        return reverse("lifecycle:signal_list", args=[self.uid])


class LifeSignal(Row):
    """近况线索: a weak hint. It stops nothing; with others of another kind it asks for a visit."""

    AREA: ClassVar = "person__household_area"

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", related_name="+")
    kind = models.CharField("来源", max_length=12, choices=SignalKind.choices)
    noted_on = models.DateField("日期")
    words = models.CharField("内容", max_length=200, blank=True, default="")
    listed = models.ForeignKey(
        SignalList, models.PROTECT, null=True, verbose_name="线索名单", related_name="signals"
    )
    account_id = models.BigIntegerField("账号", null=True)
    actor = models.CharField("登记人", max_length=60)
    noted_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_by = models.CharField("撤回人", max_length=60, blank=True, default="")
    withdrawn_why = models.CharField("撤回原因", max_length=200, blank=True, default="")

    objects = ScopedQuerySet["LifeSignal"].as_manager()

    class Meta(Row.Meta):
        verbose_name = "近况线索"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "kind", "noted_on"], name="signal_once", condition=Q(withdrawn_at=None)
            ),
        ]
        indexes = [models.Index(fields=["noted_on"], name="signal_day", condition=Q(withdrawn_at=None))]

    def __str__(self) -> str:
        return f"{self.kind} {self.noted_on}"
