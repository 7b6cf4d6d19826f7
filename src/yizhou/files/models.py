"""Rows of stored files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yizhou.core.actor import Actor
from yizhou.core.rows import Row
from yizhou.core.scope import ScopedQuerySet
from yizhou.files.doors import DOORS


class FileQuerySet(ScopedQuerySet["StoredFile"]):
    """Files, those about rows of a ledger behind the ledger's own door."""

    def visibility(self, actor: Actor) -> Q:
        """Inside the actor's areas, and about nothing that is closed to the actor."""
        closed = [name for name, permission in DOORS.items() if not actor.may(permission)]
        return super().visibility(actor) & ~Q(about__in=closed)


class StoredFile(Row):
    """附件: one file about a person, about a row of a ledger, or both.

    It is kept under its public id; the name that it came with is only shown. ``about`` is the ledger and
    ``about_uid`` the public id of the row.
    """

    title = models.CharField("材料名称", max_length=80)
    name = models.CharField("文件名", max_length=120)
    suffix = models.CharField("后缀", max_length=5)
    media_type = models.CharField("类型", max_length=40)
    size = models.IntegerField("字节数")
    checksum = models.BinaryField("SM3", max_length=32)
    person_id = models.BigIntegerField("服务对象", null=True)
    about = models.CharField("台账", max_length=40, blank=True, default="")
    about_uid = models.UUIDField("台账记录", null=True)
    area = models.CharField("区划", max_length=12)
    account_id = models.BigIntegerField("上传账号", null=True)
    actor = models.CharField("上传人", max_length=60)
    stored_at = models.DateTimeField("上传时间")

    objects = FileQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "附件"
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(condition=Q(size__gt=0), name="storedfile_size"),
        ]
        indexes = [
            models.Index(fields=["person_id", "id"], name="storedfile_person"),
            models.Index(
                fields=["about_uid", "id"], name="storedfile_row", condition=Q(about_uid__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title
