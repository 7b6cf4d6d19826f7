"""Tables of 信息采集表: the person beside the people ledger, and how the form was filled in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizhou.dossier.models.about import AboutPerson, SealedAboutPerson


class PersonDetail(SealedAboutPerson):
    """扩展信息 (ledger ``person_details``): what the paper asks of a person beside the people ledger, one row each."""

    SEALED: ClassVar = ("home_address", "telephone", "wechat", "email")

    native_place = models.CharField("籍贯", max_length=60, blank=True, default="")
    id_issuer = models.CharField("身份证签发机关", max_length=60, blank=True, default="")
    id_expires_on = models.DateField("身份证有效期至", null=True)
    height_cm = models.IntegerField("身高", null=True)
    work_started_on = models.DateField("参加工作时间", null=True)
    npc_member = models.CharField("人大代表", max_length=60, blank=True, default="")
    cppcc_member = models.CharField("政协委员", max_length=60, blank=True, default="")
    residence_as_household = models.BooleanField("常住地同户籍", null=True)
    home_as_household = models.BooleanField("家庭住址同户籍", null=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True, default="")

    class Meta(SealedAboutPerson.Meta):
        verbose_name = "扩展信息"
        constraints = [
            *SealedAboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person"], name="person_detail_key"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class PartyMembership(AboutPerson):
    """党员信息 (ledger ``party_memberships``): where a member's party life takes place; whether he is one stands in the people ledger."""

    party_org = models.CharField("所在党组织", max_length=200, blank=True, default="")
    dues_paid_until = models.CharField("党费交至", max_length=7, blank=True, default="")
    activity = models.CharField("参加组织生活情况", max_length=200, blank=True, default="")
    is_floating = models.BooleanField("是否流动党员", null=True)

    class Meta(AboutPerson.Meta):
        verbose_name = "党员信息"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person"], name="party_membership_key"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class Collection(SealedAboutPerson):
    """采集过程 (ledger ``collections``): who collected what changed in a file, and who checked it."""

    SEALED: ClassVar = ("collector_phone", "checker_phone")

    change_kind = models.CharField("变动种类", max_length=20)
    changed_on = models.DateField("变动日期")
    collector = models.CharField("采集人", max_length=60)
    collector_unit = models.CharField("采集单位", max_length=200, blank=True, default="")
    collected_on = models.DateField("采集日期", null=True)
    checker = models.CharField("审核人", max_length=60, blank=True, default="")
    checker_unit = models.CharField("审核单位", max_length=200, blank=True, default="")
    checked_on = models.DateField("审核日期", null=True)
    is_signed = models.BooleanField("本人已签字", null=True)
    note = models.TextField("说明", blank=True, default="")

    class Meta(SealedAboutPerson.Meta):
        verbose_name = "采集过程"
        constraints = [
            *SealedAboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "change_kind", "changed_on"], name="collection_key"),
        ]
        indexes = [models.Index(fields=["changed_on", "id"], name="collection_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.change_kind}"
