"""Tables of 信息采集表: service, awards and punishments, placement, retirement."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizhou.dossier.models.about import AboutPerson, SealedAboutPerson


class ServiceSpell(AboutPerson):
    """服役经历 (ledger ``service_spells``): one spell in the forces; there may be several."""

    enlisted_on = models.DateField("入伍时间")
    discharged_on = models.DateField("退役时间", null=True)
    enlisted_at = models.CharField("入伍地", max_length=60, blank=True, default="")
    household_before = models.CharField("入伍前户口类型", max_length=20, blank=True, default="")
    service_years = models.FloatField("军龄", null=True)
    unit_code = models.CharField("部队代号", max_length=5, blank=True, default="")
    former_unit_code = models.CharField("原部队代号", max_length=5, blank=True, default="")
    branch = models.CharField("军兵种", max_length=20, blank=True, default="")
    arm = models.CharField("专业类别", max_length=60, blank=True, default="")
    rank = models.CharField("退役军衔", max_length=30, blank=True, default="")
    rank_years = models.FloatField("任现衔年限", null=True)
    skill_level = models.CharField("技能等级", max_length=20, blank=True, default="")
    hard_area = models.CharField("艰苦边远或海岛地区类别", max_length=20, blank=True, default="")
    overseas_base = models.BooleanField("驻海外基地", null=True)
    joined_war = models.BooleanField("是否参战", null=True)
    major_task = models.CharField("执行重大任务", max_length=200, blank=True, default="")
    special_post = models.CharField("特殊岗位", max_length=20, blank=True, default="")
    specialty = models.CharField("军事专长", max_length=100, blank=True, default="")

    class Meta(AboutPerson.Meta):
        verbose_name = "服役经历"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "enlisted_on"], name="service_spell_key"),
        ]
        indexes = [models.Index(fields=["enlisted_on", "id"], name="service_spell_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.rank}"


class ServiceHonour(AboutPerson):
    """服役奖励表彰 (ledger ``service_honours``): commendations and awards earned in the forces."""

    kind = models.CharField("奖励表彰种类", max_length=20)
    awarded_on = models.DateField("批准日期")
    wartime = models.BooleanField("是否战时", null=True)
    times = models.IntegerField("次数", null=True)
    title = models.CharField("名称", max_length=100, blank=True, default="")
    authority = models.CharField("批准机关", max_length=100, blank=True, default="")
    archive_page = models.CharField("档案页码", max_length=30, blank=True, default="")

    class Meta(AboutPerson.Meta):
        verbose_name = "服役奖励表彰"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "kind", "awarded_on"], name="service_honour_key"),
        ]
        indexes = [models.Index(fields=["awarded_on", "id"], name="service_honour_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class Punishment(AboutPerson):
    """处分记录 (ledger ``punishments``): party and army punishments."""

    kind = models.CharField("处分种类", max_length=20)
    decided_on = models.DateField("处分日期")
    cause = models.CharField("处分事由", max_length=200, blank=True, default="")
    authority = models.CharField("批准机关", max_length=100, blank=True, default="")
    archive_page = models.CharField("档案页码", max_length=30, blank=True, default="")
    lifted_on = models.DateField("解除日期", null=True)

    class Meta(AboutPerson.Meta):
        verbose_name = "处分记录"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "kind", "decided_on"], name="punishment_key"),
        ]
        indexes = [models.Index(fields=["decided_on", "id"], name="punishment_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class PlacementRecord(SealedAboutPerson):
    """安置情况 (ledger ``placement_records``): how somebody was placed, as the paper asks."""

    SEALED: ClassVar = ("certificate_no", "bank_account")

    unit_name = models.CharField("接收安置单位", max_length=200, blank=True, default="")
    unit_nature = models.CharField("单位性质", max_length=20, blank=True, default="")
    placed_at = models.CharField("安置地", max_length=100, blank=True, default="")
    is_cross_region = models.BooleanField("是否易地安置", null=True)
    cross_reason = models.CharField("易地安置原因", max_length=200, blank=True, default="")
    reported_on = models.DateField("退役报到日期", null=True)
    is_late = models.BooleanField("是否超期报到", null=True)
    late_reason = models.CharField("超期报到原因", max_length=200, blank=True, default="")
    letter_on = models.DateField("介绍信日期", null=True)
    wait_months = models.IntegerField("待安置月数", null=True)
    wait_pay_fen = models.BigIntegerField("待安置期月补助", help_text="分", null=True)
    is_on_post = models.BooleanField("是否上岗", null=True)
    on_post_on = models.DateField("上岗日期", null=True)
    archive_unit = models.CharField("档案存放单位", max_length=200, blank=True, default="")
    is_archive_faked = models.BooleanField("档案是否弄虚作假", null=True)
    lump_sum_fen = models.BigIntegerField("一次性退役金或补助", help_text="分", null=True)
    is_lump_sum_received = models.BooleanField("一次性待遇是否领取", null=True)
    bank_name = models.CharField("开户行", max_length=100, blank=True, default="")
    housing_benefit = models.CharField("安置住房待遇", max_length=200, blank=True, default="")

    class Meta(SealedAboutPerson.Meta):
        verbose_name = "安置情况"
        constraints = [
            *SealedAboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person"], name="placement_record_key"),
        ]
        indexes = [models.Index(fields=["reported_on", "id"], name="placement_record_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.unit_name}"


class Retiree(AboutPerson):
    """军休与三红人员 (ledger ``retirees``): retired cadres, staff without military status and Red Army veterans."""

    kind = models.CharField("人员种类", max_length=20)
    handover_batch = models.CharField("移交批次", max_length=60, blank=True, default="")
    handed_over_on = models.DateField("移交日期", null=True)
    treatment_level = models.CharField("待遇级别", max_length=60, blank=True, default="")
    unit_code = models.CharField("原单位代号", max_length=5, blank=True, default="")
    served_by = models.CharField("服务管理机构", max_length=100, blank=True, default="")
    retired_on = models.DateField("离退休时间", null=True)
    monthly_pay_fen = models.BigIntegerField("月离退休费", help_text="分", null=True)
    nursing_fee_fen = models.BigIntegerField("月护理费", help_text="分", null=True)
    is_housing_settled = models.BooleanField("住房保障是否落实", null=True)
    is_medical_settled = models.BooleanField("医疗保障是否落实", null=True)
    note = models.TextField("备注", blank=True, default="")

    class Meta(AboutPerson.Meta):
        verbose_name = "军休与三红人员"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person"], name="retiree_key"),
        ]
        indexes = [models.Index(fields=["handed_over_on", "id"], name="retiree_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"
