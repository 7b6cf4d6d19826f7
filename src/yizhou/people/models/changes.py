"""信息维护台账: every change of a file with what stood there before and after, and changes that wait for a second person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhou.core.rows import SealedRow
from yizhou.core.scope import ScopedQuerySet
from yizhou.people.models.person import Person

OLD, NEW = "old.", "new."
"""Before the name of a field in the sealed part of a change: its text before and after."""


class Source(models.TextChoices):
    """What a change of a file came from."""

    FORM = "FORM", "更正"
    IMPORT = "IMPORT", "导入"
    REVERSE = "REVERSE", "冲回"
    CASE = "CASE", "办件"
    MERGE = "MERGE", "合并"


class FileChange(SealedRow):
    """One change of one file; rows are only ever added (依据: 手册第 20 章 info_ledger).

    Old and new texts are sealed, of all fields alike: ``fields`` names them. ``file`` is the public id of the file
    that was changed: it stays when two files become one. ``event_id`` is the event of the log that tells of it;
    ``reverses`` the change that this one takes back.
    """

    AREA: ClassVar = "person__household_area"

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    file = models.UUIDField("档案公开编号")
    changed_at = models.DateTimeField("时间")
    source = models.CharField("来源", max_length=8, choices=Source.choices)
    fields = models.TextField("改动的栏", default="")
    reason = models.CharField("原因", max_length=300, blank=True, default="")
    account_id = models.BigIntegerField("经办账号", null=True)
    actor = models.CharField("经办人", max_length=60)
    approved_by = models.CharField("复核人", max_length=60, blank=True, default="")
    batch = models.CharField("批次", max_length=32, blank=True, default="")
    row_no = models.IntegerField("批次行号", null=True)
    event_id = models.BigIntegerField("工作动态序号", null=True)
    reverses = models.ForeignKey(
        "self", models.PROTECT, verbose_name="冲回的变更", null=True, db_index=False, related_name="+"
    )

    objects = ScopedQuerySet["FileChange"].as_manager()

    class Meta(SealedRow.Meta):
        verbose_name = "信息维护记录"
        constraints = [
            *SealedRow.Meta.constraints,
            # A change is taken back once; who wants it again changes the file again.
            models.UniqueConstraint(fields=["reverses"], name="file_change_reversed_once"),
        ]
        indexes = [
            models.Index(fields=["person", "id"], name="file_change_person"),
            models.Index(fields=["batch", "id"], name="file_change_batch", condition=~Q(batch="")),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.fields}"

    @property
    def names(self) -> list[str]:
        """The fields that it changed."""
        return self.fields.split(";")

    def before(self) -> dict[str, str]:
        """The texts that stood there before, by field; in plain, for our own use."""
        return self._texts(OLD)

    def after(self) -> dict[str, str]:
        """The texts that it put there."""
        return self._texts(NEW)

    def _texts(self, which: str) -> dict[str, str]:
        opened = self.opened()
        return {field: opened.get(which + field, "") for field in self.names}


class ProposalStatus(models.TextChoices):
    """What became of a change that wants a second person."""

    WAITING = "WAITING", "待复核"
    APPROVED = "APPROVED", "已复核"
    REFUSED = "REFUSED", "未通过"
    WITHDRAWN = "WITHDRAWN", "已撤回"


class Proposal(SealedRow):
    """待复核的更正: identity, category, benefit or account are to change, and somebody else has to look at it first.

    ``secret`` holds the old and the new texts of the fields, as in ``FileChange``; the file itself is untouched until
    then. ``accepted_doubts``: whoever asked for it has looked into what the rules doubt.
    """

    AREA: ClassVar = "person__household_area"

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    fields = models.TextField("改动的栏")
    guarded = models.CharField("须复核的事项", max_length=60)
    reason = models.CharField("原因", max_length=300)
    status = models.CharField("状态", max_length=10, choices=ProposalStatus.choices)
    account_id = models.BigIntegerField("经办账号", null=True)
    actor = models.CharField("经办人", max_length=60)
    asked_at = models.DateTimeField("提交时间")
    accepted_doubts = models.BooleanField("已核对存疑", default=False)
    reverses = models.ForeignKey(
        FileChange, models.PROTECT, verbose_name="冲回的变更", null=True, db_index=False, related_name="+"
    )
    decided_by_id = models.BigIntegerField("复核账号", null=True)
    decided_by = models.CharField("复核人", max_length=60, blank=True, default="")
    decided_at = models.DateTimeField("复核时间", null=True)
    note = models.CharField("复核意见", max_length=300, blank=True, default="")

    objects = ScopedQuerySet["Proposal"].as_manager()

    class Meta(SealedRow.Meta):
        verbose_name = "待复核的更正"
        constraints = [
            *SealedRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"], condition=Q(status="WAITING"), name="proposal_one_waiting"
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="proposal_waiting", condition=Q(status="WAITING")),
            models.Index(fields=["person", "id"], name="proposal_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.fields}"

    def get_absolute_url(self) -> str:
        """Where it is decided."""
        return reverse("people:proposal", args=[self.uid])

    @property
    def names(self) -> list[str]:
        """The fields that are to change."""
        return self.fields.split(";")

    def before(self) -> dict[str, str]:
        """What stood there when it was asked for."""
        opened = self.opened()
        return {field: opened.get(OLD + field, "") for field in self.names}

    def after(self) -> dict[str, str]:
        """What is to stand there."""
        opened = self.opened()
        return {field: opened.get(NEW + field, "") for field in self.names}
