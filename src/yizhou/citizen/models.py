"""What lets a person in: the slip handed over at the station, and the access made with it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yizhou.core.rows import Row
from yizhou.core.scope import ScopedQuerySet
from yizhou.people.models import Person


class SlipQuerySet(ScopedQuerySet["Slip"]):
    """Slips belong to the division of the person's household."""


class Slip(Row):
    """激活单: handed to the person after the station saw the identity card; its code is kept as a hash only.

    At most one of a person is open. ``ended_at`` is when it was used or replaced.
    """

    AREA: ClassVar = "person__household_area"

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="本人", db_index=False, related_name="+")
    code_hash = models.CharField("激活码摘要", max_length=128)
    issued_by_id = models.BigIntegerField("发放账号", null=True)
    issued_by = models.CharField("发放人", max_length=60)
    issued_at = models.DateTimeField("发放时间")
    expires_on = models.DateField("有效期至")
    ended_at = models.DateTimeField("失效时间", null=True)
    is_used = models.BooleanField("已激活", default=False)

    objects = SlipQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "激活单"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"], name="slip_one_open", condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(is_used=False) | Q(ended_at__isnull=False), name="slip_used_ended"
            ),
        ]
        indexes = [models.Index(fields=["person", "id"], name="slip_person")]

    def __str__(self) -> str:
        return f"激活单 {self.uid.hex[:8].upper()}"


class AccessQuerySet(ScopedQuerySet["Access"]):
    """Accesses belong to the division of the person's household."""


class Access(Row):
    """我的服务 of one person. ``generation`` rises whenever it is opened or closed: older sessions end with it."""

    AREA: ClassVar = "person__household_area"

    person = models.OneToOneField(Person, models.PROTECT, verbose_name="本人", related_name="+")
    password = models.CharField("口令摘要", max_length=128)
    generation = models.IntegerField("代次", default=1)
    opened_at = models.DateTimeField("开通时间")
    seen_at = models.DateTimeField("最近登录", null=True)
    closed_at = models.DateTimeField("停用时间", null=True)

    objects = AccessQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "我的服务"

    def __str__(self) -> str:
        return f"我的服务 {self.uid.hex[:8].upper()}"
