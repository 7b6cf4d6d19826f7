"""Tables of 志愿服务."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import LedgerRow, SealedLedgerRow
from yizhou.orgs.models import Station
from yizhou.people.models import Person


class VolunteerTeam(LedgerRow):
    """志愿服务队 (ledger ``volunteer_teams``)."""

    AREA: ClassVar = "station__area"

    team_no = models.CharField("队伍编号", max_length=60)
    name = models.CharField("队伍名称", max_length=60)
    station = models.ForeignKey(
        Station, models.PROTECT, verbose_name="站点", db_index=False, related_name="+"
    )
    founded_on = models.DateField("成立日期")
    flag_on = models.DateField("授旗日期", null=True)
    dissolved_on = models.DateField("解散日期", null=True)

    objects = ScopedQuerySet["VolunteerTeam"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "志愿服务队"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["team_no"], name="volunteer_team_key"),
        ]
        indexes = [
            models.Index(fields=["founded_on", "id"], name="volunteer_team_day"),
            models.Index(fields=["station"], name="volunteer_team_station"),
        ]

    def __str__(self) -> str:
        return self.name


class Volunteer(SealedLedgerRow):
    """志愿者 (ledger ``volunteers``)."""

    AREA: ClassVar = "team__station__area"
    SEALED: ClassVar = ("id_number",)

    team = models.ForeignKey(
        VolunteerTeam, models.PROTECT, verbose_name="队伍", db_index=False, related_name="+"
    )
    id_number_index = models.BinaryField("身份证号索引", max_length=16)
    name = models.CharField("姓名", max_length=60)
    is_veteran = models.BooleanField("是否退役军人")
    real_name = models.BooleanField("是否实名")
    skills = models.TextField("技能", blank=True, default="")
    joined_on = models.DateField("加入日期")
    left_on = models.DateField("退出日期", null=True)
    hours = models.FloatField("累计时长", null=True)

    objects = ScopedQuerySet["Volunteer"].as_manager()

    class Meta(SealedLedgerRow.Meta):
        verbose_name = "志愿者"
        constraints = [
            *SealedLedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["team", "id_number_index"], name="volunteer_key"),
        ]
        indexes = [
            models.Index(fields=["joined_on", "id"], name="volunteer_day"),
            models.Index(fields=["id_number_index"], name="volunteer_who"),
        ]

    def __str__(self) -> str:
        return self.name


class PointsEvent(LedgerRow):
    """积分变动 (ledger ``points_events``)."""

    AREA: ClassVar = "person__household_area"

    event_no = models.CharField("积分编号", max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    kind = models.CharField("积分事由", max_length=20)
    points = models.IntegerField("分值")
    occurred_on = models.DateField("发生日期")
    review = models.CharField("审核结果", max_length=20)

    objects = ScopedQuerySet["PointsEvent"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "积分变动"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["event_no"], name="points_event_key"),
        ]
        indexes = [
            models.Index(fields=["occurred_on", "id"], name="points_event_day"),
            models.Index(fields=["person"], name="points_event_person"),
        ]

    def __str__(self) -> str:
        return self.event_no
