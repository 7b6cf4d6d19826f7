"""What happened in somebody's life, and what is to be done about it."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhou.core.rows import Row
from yizhou.core.scope import ScopedQuerySet
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
