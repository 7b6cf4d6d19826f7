"""The outbox."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhou.core.rows import Row, SealedRow
from yizhou.core.scope import ScopedQuerySet


class Status(models.TextChoices):
    """Where a message is."""

    WAITING = "WAITING", "待发送"
    SENDING = "SENDING", "发送中"
    SENT = "SENT", "已发送"
    FAILED = "FAILED", "发送失败"


class Message(SealedRow):
    """待发消息: one message to one telephone; number and words are sealed.

    ``key`` says what it is about, so that the same thing is told once; ``kind`` is the event that is told.
    """

    SEALED: ClassVar = ("phone", "text")
    key = models.CharField("去重键", max_length=80)
    kind = models.CharField("动作", max_length=60)
    person_id = models.BigIntegerField("服务对象", null=True)
    area = models.CharField("区划", max_length=12, blank=True, default="")
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.WAITING)
    attempts = models.SmallIntegerField("已试次数", default=0)
    error = models.CharField("失败原因", max_length=200, blank=True, default="")
    created_at = models.DateTimeField("写入时间")
    due_at = models.DateTimeField("下次发送")
    sent_at = models.DateTimeField("发出时间", null=True)

    objects = ScopedQuerySet["Message"].as_manager()

    class Meta(SealedRow.Meta):
        verbose_name = "待发消息"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["key"], name="message_key"),
            models.CheckConstraint(
                condition=Q(status="SENT", sent_at__isnull=False)
                | (~Q(status="SENT") & Q(sent_at__isnull=True)),
                name="message_sent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="message_due", condition=Q(status__in=["WAITING", "SENDING"])
            ),
            models.Index(fields=["area", "id"], name="message_failed", condition=Q(status="FAILED")),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """The outbox, where it stands."""
        return reverse("notices:outbox")
