"""Tables of divisions, stations, posts, accounts and work days."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhou.core.rows import Row, SealedRow
from yizhou.core.scope import ScopedQuerySet


class Level(models.TextChoices):
    """Levels of divisions (codes.tsv ``area_level``)."""

    CITY = "CITY", "市"
    COUNTY = "COUNTY", "县"
    TOWN = "TOWN", "乡镇街道"
    VILLAGE = "VILLAGE", "村社区"


class Division(Row):
    """行政区划: a 12-digit code, nesting by prefix (codes.md §1.9). Public knowledge, so not scoped."""

    AREA: ClassVar = "area_code"

    area_code = models.CharField("区划代码", max_length=12)
    name = models.CharField("区划名称", max_length=60)
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    parent_code = models.CharField("上级代码", max_length=12, blank=True, default="")
    urban_rural = models.CharField("城乡分类", max_length=10, blank=True, default="")
    valid_from = models.DateField("启用日期", null=True)
    valid_to = models.DateField("停用日期", null=True)
    row_digest = models.BinaryField(null=True, default=None)

    class Meta(Row.Meta):
        verbose_name = "行政区划"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["area_code"], name="division_code"),
        ]
        indexes = [models.Index(fields=["parent_code"], name="division_parent")]

    def __str__(self) -> str:
        return self.name


class StationQuerySet(ScopedQuerySet["Station"]):
    """Stations belong to the division that their ledger row names."""

    def standing(self, day: dt.date) -> Self:
        """时点存续: founded by the end of that day, and not closed by then (ledgers.md §5.2)."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), founded_on__lte=day)


class Station(Row):
    """服务中心(站): 县级中心、镇街站、村社站三级体系(handbook §1)."""

    SEVEN: ClassVar = (
        "has_office",
        "has_reception",
        "has_honour_room",
        "has_study_room",
        "has_mediation_room",
        "has_hall",
        "has_window",
    )
    station_no = models.CharField("站点编号", max_length=40)
    name = models.CharField("站点名称", max_length=80)
    level = models.CharField("层级", max_length=10)
    area = models.CharField("所属区划", max_length=12)
    address = models.CharField("地址", max_length=200, blank=True, default="")
    phone = models.CharField("联系电话", max_length=40, blank=True, default="")
    founded_on = models.DateField("成立日期")
    closed_on = models.DateField("撤销日期", null=True)
    has_office = models.BooleanField("办公室", null=True)
    has_reception = models.BooleanField("接待室", null=True)
    has_honour_room = models.BooleanField("荣誉室", null=True)
    has_study_room = models.BooleanField("学习活动室", null=True)
    has_mediation_room = models.BooleanField("调解室", null=True)
    has_hall = models.BooleanField("服务大厅", null=True)
    has_window = models.BooleanField("服务窗口", null=True)
    party_branch_on = models.DateField("党支部成立日期", null=True)
    row_digest = models.BinaryField(null=True, default=None)

    objects = StationQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "服务中心(站)"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["station_no"], name="station_no"),
        ]
        indexes = [models.Index(fields=["area", "level"], name="station_area")]

    def __str__(self) -> str:
        return self.name


class StaffPost(SealedRow):
    """岗位: one person in one kind of post at one station from one day on (ledger ``staff_posts``)."""

    AREA: ClassVar = "station__area"
    SEALED: ClassVar = ("id_number", "phone")
    id_number_index = models.BinaryField("身份证号索引", max_length=16)
    name = models.CharField("姓名", max_length=60)
    post_type = models.CharField("岗位类型", max_length=30)
    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点", db_index=False)
    is_agent = models.BooleanField("是否代办员", null=True)
    started_on = models.DateField("到岗日期")
    left_on = models.DateField("离岗日期", null=True)
    certificate = models.CharField("持证情况", max_length=120, blank=True, default="")
    row_digest = models.BinaryField(null=True, default=None)

    objects = ScopedQuerySet["StaffPost"].as_manager()

    class Meta(SealedRow.Meta):
        verbose_name = "工作人员与联络员"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["id_number_index", "post_type", "station", "started_on"], name="staff_post_key"
            ),
        ]
        indexes = [models.Index(fields=["station"], name="staff_post_station")]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Looks accounts up by name; the only way to make one is ``orgs.actions.create_account``."""


class Account(AbstractBaseUser, Row):
    """A staff account: one natural person, no flag that opens business data by itself (trust.md T27)."""

    username = models.CharField("登录名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=60)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("首次登录须改密码", default=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects = AccountManager()

    class Meta(Row.Meta):
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The administrator's page of the account."""
        return reverse("portal:account", args=[self.uid])


class Appointment(Row):
    """任职: an account acts in one role for one area (and partner department), from one day to another."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="appointments", verbose_name="账号")
    role = models.CharField("角色", max_length=30)
    area = models.CharField("区划", max_length=12, help_text="12 位代码；留空表示全部区划")
    department = models.CharField("部门代码", max_length=40, blank=True, default="")
    label = models.CharField("岗位名称", max_length=80, blank=True, default="")
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    class Meta(Row.Meta):
        verbose_name = "任职"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["account", "role", "area", "department", "since"], name="appointment_key"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="appt_order"
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.role


class ApiToken(Row):
    """接口令牌: lets a program act in one post, a clerk's or a partner department's, as long as that is held.

    Only ``digest`` is kept of the token; the plain one is shown once. ``used_at`` is told to the nearest ten minutes.
    """

    post = models.ForeignKey(Appointment, models.CASCADE, related_name="tokens", verbose_name="任职")
    label = models.CharField("用途", max_length=80)
    digest = models.BinaryField("令牌指纹", max_length=32)
    created_at = models.DateTimeField("签发时间")
    expires_on = models.DateField("有效期至")
    used_at = models.DateTimeField("最近使用", null=True)
    revoked_at = models.DateTimeField("吊销时间", null=True)

    class Meta(Row.Meta):
        verbose_name = "接口令牌"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["digest"], name="api_token_digest"),
        ]

    def __str__(self) -> str:
        return self.label

    def state(self, today: dt.date) -> str:
        """In words whether it can be used."""
        return "已吊销" if self.revoked_at else "已过期" if self.expires_on < today else "有效"


class WorkCalendarDay(models.Model):
    """工作日历中与平常不同的一天: a rest day on a weekday, or a work day at the weekend (调休)."""

    day = models.DateField("日期", primary_key=True)
    is_workday = models.BooleanField("是否上班")
    source_notice = models.CharField("依据", max_length=120)

    class Meta:
        verbose_name = "工作日历"

    def __str__(self) -> str:
        return f"{self.day} {'班' if self.is_workday else '休'}"


class WorkCalendarYear(models.Model):
    """A year whose official notice has been entered; deadlines past the last one are not promised."""

    year = models.IntegerField("年度", primary_key=True)
    source_notice = models.CharField("依据", max_length=120)

    class Meta:
        verbose_name = "已发布放假安排的年度"

    def __str__(self) -> str:
        return str(self.year)
