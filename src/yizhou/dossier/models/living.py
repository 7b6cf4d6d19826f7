"""Tables of 信息采集表: health, dwelling, income, help, insurance."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizhou.dossier.models.about import AboutPerson, SealedAboutPerson


class HealthCondition(SealedAboutPerson):
    """身体状况 (ledger ``health_conditions``): health and civil disability of a person, one row each."""

    SEALED: ClassVar = ("civil_certificate_no",)

    disease = models.CharField("所患疾病", max_length=200, blank=True, default="")
    health = models.CharField("健康状况", max_length=20, blank=True, default="")
    is_chronic = models.BooleanField("是否慢性病", null=True)
    civil_disability = models.CharField("残联残疾类别", max_length=20, blank=True, default="")
    civil_level = models.CharField("残联残疾等级", max_length=20, blank=True, default="")
    has_living_subsidy = models.BooleanField("困难残疾人生活补贴", null=True)
    has_nursing_subsidy = models.BooleanField("重度残疾人护理补贴", null=True)
    aids = models.CharField("辅助器具", max_length=60, blank=True, default="")
    needs_nursing = models.BooleanField("是否需要护理", null=True)
    nursing = models.CharField("护理情况", max_length=200, blank=True, default="")

    class Meta(SealedAboutPerson.Meta):
        verbose_name = "身体状况"
        constraints = [
            *SealedAboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person"], name="health_condition_key"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class House(SealedAboutPerson):
    """住房情况 (ledger ``houses``): a dwelling of a person or his household."""

    SEALED: ClassVar = ("address",)

    house_no = models.IntegerField("序号")
    kind = models.CharField("住房种类", max_length=20)
    structure = models.CharField("房屋结构", max_length=60, blank=True, default="")
    area_sqm = models.FloatField("建筑面积", null=True)
    is_dangerous = models.BooleanField("是否危房", null=True)
    note = models.CharField("备注", max_length=200, blank=True, default="")

    class Meta(SealedAboutPerson.Meta):
        verbose_name = "住房情况"
        constraints = [
            *SealedAboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "house_no"], name="house_key"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.house_no}"


class FamilyEconomy(AboutPerson):
    """家庭经济与社会救助 (ledger ``family_economies``): what a household lives on in a year."""

    year = models.IntegerField("年度")
    sources = models.CharField("收入来源", max_length=200, blank=True, default="")
    family_income_fen = models.BigIntegerField("家庭年收入", help_text="分", null=True)
    personal_income_fen = models.BigIntegerField("本人年收入", help_text="分", null=True)
    family_size = models.IntegerField("家庭人口", null=True)
    assistance = models.CharField("社会救助", max_length=60, blank=True, default="")
    assistance_pay_fen = models.BigIntegerField("月救助金", help_text="分", null=True)
    is_lonely = models.BooleanField("是否孤老", null=True)
    is_orphan = models.BooleanField("是否孤儿", null=True)

    class Meta(AboutPerson.Meta):
        verbose_name = "家庭经济与社会救助"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "year"], name="family_economy_key"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}"


class CaseHelp(AboutPerson):
    """个案帮扶 (ledger ``case_helps``): help given in one case, by whom and in what way."""

    started_on = models.DateField("帮扶起始日期")
    helper = models.CharField("帮扶主体", max_length=20)
    helper_name = models.CharField("主体名称", max_length=100, blank=True, default="")
    way = models.CharField("帮扶方式", max_length=20, blank=True, default="")
    amount_fen = models.BigIntegerField("帮扶金额", help_text="分", null=True)
    source = models.CharField("资金或物资来源", max_length=100, blank=True, default="")
    ended_on = models.DateField("帮扶截止日期", null=True)
    content = models.TextField("帮扶内容", blank=True, default="")

    class Meta(AboutPerson.Meta):
        verbose_name = "个案帮扶"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "started_on", "helper"], name="case_help_key"),
        ]
        indexes = [models.Index(fields=["started_on", "id"], name="case_help_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.way}"


class InsuranceRecord(AboutPerson):
    """参保情况 (ledger ``insurance_records``): a spell of insurance."""

    insurance = models.CharField("险种", max_length=20)
    started_on = models.DateField("参保起始日期")
    scheme = models.CharField("参保类型", max_length=20, blank=True, default="")
    insured_at = models.CharField("参保地", max_length=100, blank=True, default="")
    paid_years = models.FloatField("累计缴费年限", null=True)
    ended_on = models.DateField("参保截止日期", null=True)

    class Meta(AboutPerson.Meta):
        verbose_name = "参保情况"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "insurance", "started_on"], name="insurance_record_key"
            ),
        ]
        indexes = [models.Index(fields=["started_on", "id"], name="insurance_record_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.insurance}"


class InsuranceBreak(AboutPerson):
    """参保中断 (ledger ``insurance_breaks``): an interruption of insurance."""

    insurance = models.CharField("险种", max_length=20)
    broken_on = models.DateField("中断日期")
    resumed_on = models.DateField("接续日期", null=True)
    reason = models.CharField("中断原因", max_length=200, blank=True, default="")

    class Meta(AboutPerson.Meta):
        verbose_name = "参保中断"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "insurance", "broken_on"], name="insurance_break_key"),
        ]
        indexes = [models.Index(fields=["broken_on", "id"], name="insurance_break_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.insurance}"
