"""Tables of the log, its seals and the idempotency tokens."""

from __future__ import annotations

from django.db import models

from yizhou.core.scope import ScopedQuerySet


class Outcome(models.IntegerChoices):
    """How the attempt ended; refusals and failures are logged as well (trust.md T21)."""

    DONE = 1, "完成"
    REFUSED = 2, "拒绝"
    FAILED = 3, "失败"


class Event(models.Model):
    """One thing done or refused. Rows are only ever added; triggers refuse UPDATE and DELETE.

    ``about`` is the table of the object and ``about_id`` its inner id; ``person_id`` is the veteran or family
    member concerned, for the life axis; ``area`` the owning division; ``data`` holds only what is not sensitive.
    """

    id = models.BigAutoField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    kind = models.CharField("动作", max_length=60)
    outcome = models.SmallIntegerField("结果", choices=Outcome.choices, default=Outcome.DONE)
    account_id = models.BigIntegerField("账号", null=True)
    actor = models.CharField("经办人", max_length=60)
    address = models.CharField("来源地址", max_length=45, blank=True, default="")
    request_id = models.CharField("请求编号", max_length=32, blank=True, default="")
    about = models.CharField("对象", max_length=40, blank=True, default="")
    about_id = models.BigIntegerField("对象编号", null=True)
    person_id = models.BigIntegerField("服务对象", null=True)
    area = models.CharField("区划", max_length=12, blank=True, default="")
    reason = models.CharField("原因", max_length=300, blank=True, default="")
    data = models.JSONField("内容", null=True)

    objects = ScopedQuerySet["Event"].as_manager()

    class Meta:
        verbose_name = "工作动态"
        indexes = [
            models.Index(
                fields=["person_id", "id"], name="event_person", condition=models.Q(person_id__isnull=False)
            ),
            models.Index(
                fields=["about", "about_id"], name="event_about", condition=models.Q(about_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"


class Seal(models.Model):
    """A link of the chain: it seals the events ``first_id``–``last_id`` and the link before it.

    ``leaves`` holds, for each sealed event in order, its id (8 bytes) and 16 bytes of its SM3 hash, so that an
    altered, missing or inserted row is named; ``head`` is SM3 over the previous head and ``leaves``.
    """

    first_id = models.BigIntegerField("首行序号")
    last_id = models.BigIntegerField("末行序号", unique=True)
    leaves = models.BinaryField("行指纹")
    previous = models.BinaryField("上一环", max_length=32)
    head = models.BinaryField("本环", max_length=32)
    signature = models.BinaryField("签名", max_length=32)
    sealed_at = models.DateTimeField("封存时间")

    class Meta:
        verbose_name = "封存"

    def __str__(self) -> str:
        return f"{self.first_id}–{self.last_id}"


class Submission(models.Model):
    """An idempotency token already used, and what the first attempt answered (trust.md T8)."""

    account_id = models.BigIntegerField("账号")
    token = models.CharField("令牌", max_length=64)
    action = models.CharField("动作", max_length=80)
    fingerprint = models.CharField("内容指纹", max_length=64)
    result = models.CharField("结果", max_length=200, blank=True, default="")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "提交令牌"
        constraints = [models.UniqueConstraint(fields=["account_id", "token"], name="submission_once")]

    def __str__(self) -> str:
        return self.token
