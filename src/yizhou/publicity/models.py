"""Tables of 宣传."""

from __future__ import annotations

from django.db import models

from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import LedgerRow


class HonourWall(LedgerRow):
    """学校军人荣誉墙 (ledger ``honour_walls``)."""

    school_no = models.CharField("学校编号", max_length=60)
    name = models.CharField("学校名称", max_length=60)
    stage = models.CharField("学段", max_length=20)
    area = models.CharField("所在区划", max_length=12)
    required = models.BooleanField("是否应建")
    built_on = models.DateField("建成日期", null=True)
    accepted_on = models.DateField("验收合格日期", null=True)
    closed_on = models.DateField("停办日期", null=True)

    objects = ScopedQuerySet["HonourWall"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "学校军人荣誉墙"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["school_no"], name="honour_wall_key"),
        ]
        indexes = [
            models.Index(fields=["area", "built_on"], name="honour_wall_area"),
            models.Index(fields=["built_on", "id"], name="honour_wall_day"),
        ]

    def __str__(self) -> str:
        return self.name


class PublicityEvent(LedgerRow):
    """宣传与授课活动 (ledger ``publicity_events``)."""

    event_no = models.CharField("活动编号", max_length=60)
    kind = models.CharField("活动类型", max_length=20)
    topic = models.CharField("主题", max_length=20, blank=True, default="")
    line = models.CharField("主线", max_length=20, blank=True, default="")
    title = models.CharField("名称", max_length=200)
    school = models.ForeignKey(
        HonourWall, models.PROTECT, null=True, verbose_name="学校", db_index=False, related_name="+"
    )
    held_on = models.DateField("举办日期")
    status = models.CharField("状态", max_length=20)
    attendees = models.IntegerField("参加人数", null=True)
    area = models.CharField("举办地区划", max_length=12)

    objects = ScopedQuerySet["PublicityEvent"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "宣传与授课活动"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["event_no"], name="publicity_event_key"),
        ]
        indexes = [
            models.Index(fields=["area", "held_on"], name="publicity_event_area"),
            models.Index(fields=["held_on", "id"], name="publicity_event_day"),
            models.Index(fields=["school"], name="publicity_event_school"),
        ]

    def __str__(self) -> str:
        return self.title


class PublicityMaterial(LedgerRow):
    """宣传品发放 (ledger ``publicity_materials``)."""

    issue_no = models.CharField("发放编号", max_length=60)
    kind = models.CharField("宣传品类型", max_length=20)
    topic = models.CharField("主题", max_length=20, blank=True, default="")
    title = models.CharField("名称", max_length=200)
    printed = models.IntegerField("印制数量", null=True)
    issued = models.IntegerField("发放数量")
    issued_on = models.DateField("发放日期")
    area = models.CharField("归属区划", max_length=12)

    objects = ScopedQuerySet["PublicityMaterial"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "宣传品发放"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["issue_no"], name="publicity_material_key"),
        ]
        indexes = [
            models.Index(fields=["area", "issued_on"], name="publicity_material_area"),
            models.Index(fields=["issued_on", "id"], name="publicity_material_day"),
        ]

    def __str__(self) -> str:
        return self.title


class MediaArticle(LedgerRow):
    """媒体刊登 (ledger ``media_articles``)."""

    article_no = models.CharField("稿件编号", max_length=60)
    title = models.CharField("标题", max_length=200)
    media = models.CharField("媒体名称", max_length=60)
    level = models.CharField("媒体级别", max_length=20)
    published_on = models.DateField("刊登日期")
    adopted = models.BooleanField("是否采用")
    author = models.CharField("作者", max_length=60, blank=True, default="")
    area = models.CharField("归属区划", max_length=12)

    objects = ScopedQuerySet["MediaArticle"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "媒体刊登"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["article_no", "media", "published_on"], name="media_article_key"),
        ]
        indexes = [
            models.Index(fields=["area", "published_on"], name="media_article_area"),
            models.Index(fields=["published_on", "id"], name="media_article_day"),
        ]

    def __str__(self) -> str:
        return self.title


class Video(LedgerRow):
    """微视频与点击量 (ledger ``videos``)."""

    work_no = models.CharField("作品编号", max_length=60)
    title = models.CharField("作品名称", max_length=200)
    kind = models.CharField("作品类型", max_length=20)
    series = models.CharField("系列", max_length=20, blank=True, default="")
    platform = models.CharField("平台", max_length=60)
    published_on = models.DateField("发布日期")
    snapshot_on = models.DateField("采数日期")
    views = models.IntegerField("累计点击量")
    area = models.CharField("归属区划", max_length=12)

    objects = ScopedQuerySet["Video"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "微视频与点击量"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["work_no", "platform", "snapshot_on"], name="video_key"),
        ]
        indexes = [
            models.Index(fields=["area", "published_on"], name="video_area"),
            models.Index(fields=["published_on", "id"], name="video_day"),
        ]

    def __str__(self) -> str:
        return self.title
