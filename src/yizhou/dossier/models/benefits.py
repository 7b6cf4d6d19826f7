"""Tables of 信息采集表: benefits, disability, survivors."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizhou.dossier.models.about import AboutPerson, SealedAboutPerson
from yizhou.people.models import Person


class BenefitStanding(AboutPerson):
    """待遇享受 (ledger ``benefit_standings``): which benefit somebody draws, or could and does not."""

    benefit = models.CharField("待遇类别", max_length=20)
    started_on = models.DateField("起始日期")
    standing = models.CharField("待遇状态", max_length=20)
    is_national = models.BooleanField("是否国家待遇", null=True)
    monthly_fen = models.BigIntegerField("月标准", help_text="分", null=True)
    authority = models.CharField("批准机关", max_length=100, blank=True, default="")
    ended_on = models.DateField("停止日期", null=True)
    end_reason = models.CharField("停止原因", max_length=200, blank=True, default="")

    class Meta(AboutPerson.Meta):
        verbose_name = "待遇享受"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "benefit", "started_on"], name="benefit_standing_key"),
        ]
        indexes = [models.Index(fields=["started_on", "id"], name="benefit_standing_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.benefit}"


class BenefitAdjustment(AboutPerson):
    """待遇调整 (ledger ``benefit_adjustments``): a change of what a benefit pays."""

    benefit = models.CharField("待遇类别", max_length=20)
    adjusted_on = models.DateField("调整日期")
    monthly_fen = models.BigIntegerField("调整后月标准", help_text="分")
    reason = models.CharField("调整原因", max_length=200, blank=True, default="")
    authority = models.CharField("批准机关", max_length=100, blank=True, default="")

    class Meta(AboutPerson.Meta):
        verbose_name = "待遇调整"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "benefit", "adjusted_on"], name="benefit_adjustment_key"
            ),
        ]
        indexes = [models.Index(fields=["adjusted_on", "id"], name="benefit_adjustment_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.reason}"


class DisabilityAssessment(SealedAboutPerson):
    """伤残评定 (ledger ``disability_assessments``): one assessment of a disability."""

    SEALED: ClassVar = ("certificate_no",)

    assessed_on = models.DateField("评定日期")
    kind = models.CharField("评定种类", max_length=20, blank=True, default="")
    cause = models.CharField("伤残性质", max_length=20, blank=True, default="")
    level = models.CharField("伤残等级", max_length=20, blank=True, default="")
    valid_from = models.DateField("证件有效期起", null=True)
    valid_to = models.DateField("证件有效期止", null=True)
    injured_on = models.DateField("致残时间", null=True)
    injured_at = models.CharField("致残地点", max_length=100, blank=True, default="")
    injured_unit_code = models.CharField("致残时部队代号", max_length=5, blank=True, default="")
    parts = models.CharField("残疾部位", max_length=200, blank=True, default="")
    is_mental = models.BooleanField("是否精神残疾", null=True)
    is_occupational = models.BooleanField("是否职业病", null=True)
    aids = models.CharField("辅助器具", max_length=60, blank=True, default="")
    support_mode = models.CharField("供养方式", max_length=20, blank=True, default="")
    nursing_reason = models.CharField("护理原因", max_length=200, blank=True, default="")
    nursing_fee_fen = models.BigIntegerField("月护理费", help_text="分", null=True)

    class Meta(SealedAboutPerson.Meta):
        verbose_name = "伤残评定"
        constraints = [
            *SealedAboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "assessed_on"], name="disability_assessment_key"),
        ]
        indexes = [models.Index(fields=["assessed_on", "id"], name="disability_assessment_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.level}"


class Survivor(SealedAboutPerson):
    """遗属信息 (ledger ``survivors``): for whom somebody is bereaved."""

    SEALED: ClassVar = ("certificate_no",)

    deceased_name = models.CharField("逝者姓名", max_length=60)
    deceased = models.ForeignKey(Person, models.PROTECT, verbose_name="逝者", null=True, related_name="+")
    died_on = models.DateField("逝者去世日期", null=True)
    death_nature = models.CharField("逝者性质", max_length=20)
    relation = models.CharField("与逝者关系", max_length=20)
    is_holder = models.BooleanField("是否持证人", null=True)
    eligible_reason = models.CharField("享受待遇", max_length=200, blank=True, default="")
    household_type = models.CharField("城乡", max_length=20, blank=True, default="")
    direct_relatives = models.IntegerField("直系亲属人数", null=True)
    is_with_army = models.BooleanField("是否随军", null=True)

    class Meta(SealedAboutPerson.Meta):
        verbose_name = "遗属信息"
        constraints = [
            *SealedAboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "deceased_name"], name="survivor_key"),
        ]
        indexes = [models.Index(fields=["died_on", "id"], name="survivor_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.deceased_name}"
