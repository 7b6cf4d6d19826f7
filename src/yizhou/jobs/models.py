"""Tables of 就业创业."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import LedgerRow, SealedLedgerRow
from yizhou.people.models import Person


class JobSeeker(LedgerRow):
    """求职信息 (ledger ``job_seekers``)."""

    AREA: ClassVar = "person__household_area"

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    registered_on = models.DateField("登记日期")
    updated_on = models.DateField("最近更新日期", null=True)
    intent = models.CharField("求职意向", max_length=200, blank=True, default="")
    expected_salary_fen = models.BigIntegerField("期望月薪", help_text="分", null=True)
    skills = models.TextField("技能", blank=True, default="")
    status = models.CharField("求职状态", max_length=20)

    objects = ScopedQuerySet["JobSeeker"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "求职信息"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["person"], name="job_seeker_key"),
        ]
        indexes = [
            models.Index(fields=["registered_on", "id"], name="job_seeker_day"),
            models.Index(fields=["updated_on"], name="job_seeker_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.registered_on}"


class Employer(LedgerRow):
    """用人单位 (ledger ``employers``)."""

    uscc = models.CharField("统一社会信用代码", max_length=60)
    name = models.CharField("单位名称", max_length=60)
    industry = models.CharField("行业", max_length=60, blank=True, default="")
    scale = models.CharField("规模", max_length=10, blank=True, default="")
    area = models.CharField("所在区划", max_length=12)
    phone = models.CharField("联系电话", max_length=60, blank=True, default="")
    approved_on = models.DateField("审核通过日期", null=True)
    delisted_on = models.DateField("下架日期", null=True)
    resident_from = models.DateField("入驻起", null=True)
    resident_to = models.DateField("入驻止", null=True)

    objects = ScopedQuerySet["Employer"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "用人单位"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["uscc"], name="employer_key"),
        ]
        indexes = [
            models.Index(fields=["area", "approved_on"], name="employer_area"),
            models.Index(fields=["approved_on", "id"], name="employer_day"),
        ]

    def __str__(self) -> str:
        return self.name


class JobPost(LedgerRow):
    """岗位信息 (ledger ``job_posts``)."""

    AREA: ClassVar = "employer__area"

    post_no = models.CharField("岗位编号", max_length=60)
    employer = models.ForeignKey(
        Employer, models.PROTECT, verbose_name="用人单位", db_index=False, related_name="+"
    )
    title = models.CharField("岗位名称", max_length=200)
    headcount = models.IntegerField("招聘人数")
    salary_fen = models.BigIntegerField("月薪", help_text="分", null=True)
    source = models.CharField("岗位来源", max_length=20)
    opened_on = models.DateField("发布日期")
    closed_on = models.DateField("截止日期", null=True)

    objects = ScopedQuerySet["JobPost"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "岗位信息"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["post_no"], name="job_post_key"),
        ]
        indexes = [
            models.Index(fields=["opened_on", "id"], name="job_post_day"),
            models.Index(fields=["employer"], name="job_post_employer"),
        ]

    def __str__(self) -> str:
        return self.title


class JobOutcome(LedgerRow):
    """就业创业结果 (ledger ``job_outcomes``)."""

    AREA: ClassVar = "person__household_area"

    outcome_no = models.CharField("结果编号", max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    source = models.CharField("促成渠道", max_length=20)
    result = models.CharField("结果", max_length=20)
    employer = models.ForeignKey(
        Employer, models.PROTECT, null=True, verbose_name="用人单位", db_index=False, related_name="+"
    )
    result_on = models.DateField("结果日期")
    evidence = models.CharField("佐证", max_length=20, blank=True, default="")
    voided = models.BooleanField("是否作废", null=True)

    objects = ScopedQuerySet["JobOutcome"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "就业创业结果"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["outcome_no"], name="job_outcome_key"),
        ]
        indexes = [
            models.Index(fields=["result_on", "id"], name="job_outcome_day"),
            models.Index(fields=["person"], name="job_outcome_person"),
            models.Index(fields=["employer"], name="job_outcome_employer"),
        ]

    def __str__(self) -> str:
        return self.outcome_no


class JobFair(LedgerRow):
    """招聘会 (ledger ``job_fairs``)."""

    fair_no = models.CharField("场次编号", max_length=60)
    title = models.CharField("名称", max_length=200)
    target = models.CharField("对象", max_length=20)
    mode = models.CharField("方式", max_length=20)
    held_on = models.DateField("举办日期")
    status = models.CharField("状态", max_length=20)
    area = models.CharField("举办地区划", max_length=12)
    venue = models.CharField("地点", max_length=200, blank=True, default="")

    objects = ScopedQuerySet["JobFair"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "招聘会"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["fair_no"], name="job_fair_key"),
        ]
        indexes = [
            models.Index(fields=["area", "held_on"], name="job_fair_area"),
            models.Index(fields=["held_on", "id"], name="job_fair_day"),
        ]

    def __str__(self) -> str:
        return self.title


class FairPost(LedgerRow):
    """招聘会岗位 (ledger ``fair_posts``)."""

    AREA: ClassVar = "fair__area"

    fair = models.ForeignKey(JobFair, models.PROTECT, verbose_name="招聘会", db_index=False, related_name="+")
    employer = models.ForeignKey(
        Employer, models.PROTECT, verbose_name="用人单位", db_index=False, related_name="+"
    )
    title = models.CharField("岗位名称", max_length=200)
    headcount = models.IntegerField("招聘人数")
    salary_fen = models.BigIntegerField("月薪", help_text="分", null=True)
    requirement = models.TextField("要求", blank=True, default="")

    objects = ScopedQuerySet["FairPost"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "招聘会岗位"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["fair", "employer", "title"], name="fair_post_key"),
        ]
        indexes = [
            models.Index(fields=["employer"], name="fair_post_employer"),
        ]

    def __str__(self) -> str:
        return self.title


class FairAttendance(SealedLedgerRow):
    """招聘会签到 (ledger ``fair_attendances``)."""

    AREA: ClassVar = "fair__area"
    SEALED: ClassVar = ("id_number",)

    fair = models.ForeignKey(JobFair, models.PROTECT, verbose_name="招聘会", db_index=False, related_name="+")
    id_number_index = models.BinaryField("身份证号索引", max_length=16)
    name = models.CharField("姓名", max_length=60)
    kind = models.CharField("身份", max_length=20)
    registered_on = models.DateField("报名日期", null=True)
    signed_in_at = models.DateTimeField("签到时间", null=True)
    intent = models.BooleanField("达成意向", null=True)

    objects = ScopedQuerySet["FairAttendance"].as_manager()

    class Meta(SealedLedgerRow.Meta):
        verbose_name = "招聘会签到"
        constraints = [
            *SealedLedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["fair", "id_number_index"], name="fair_attendance_key"),
        ]
        indexes = [
            models.Index(fields=["signed_in_at", "id"], name="fair_attendance_day"),
            models.Index(fields=["id_number_index"], name="fair_attendance_who"),
        ]

    def __str__(self) -> str:
        return self.name


class ContestEntry(LedgerRow):
    """创业创新大赛 (ledger ``contest_entries``)."""

    AREA: ClassVar = "employer__area"

    contest_name = models.CharField("大赛名称", max_length=200)
    edition_no = models.IntegerField("届次")
    project_no = models.CharField("项目编号", max_length=60)
    project_name = models.CharField("项目名称", max_length=200)
    employer = models.ForeignKey(
        Employer, models.PROTECT, verbose_name="用人单位", db_index=False, related_name="+"
    )
    track = models.CharField("赛道", max_length=60, blank=True, default="")
    held_on = models.DateField("举办日期")
    status = models.CharField("参赛状态", max_length=20)
    award_level = models.CharField("获奖级别", max_length=20, blank=True, default="")
    award_grade = models.CharField("获奖等次", max_length=20, blank=True, default="")
    awarded_on = models.DateField("获奖日期", null=True)

    objects = ScopedQuerySet["ContestEntry"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "创业创新大赛"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["edition_no", "project_no"], name="contest_entry_key"),
        ]
        indexes = [
            models.Index(fields=["held_on", "id"], name="contest_entry_day"),
            models.Index(fields=["employer"], name="contest_entry_employer"),
            models.Index(
                fields=["awarded_on"],
                name="contest_entry_awarded",
                condition=models.Q(awarded_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.project_name


class StartupLoan(LedgerRow):
    """创业贷款 (ledger ``startup_loans``)."""

    AREA: ClassVar = "person__household_area"

    loan_no = models.CharField("贷款编号", max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    kind = models.CharField("贷款类型", max_length=20)
    qualification = models.CharField("资格认定结果", max_length=20)
    qualified_on = models.DateField("资格认定日期", null=True)
    bank = models.CharField("经办银行", max_length=60, blank=True, default="")
    principal_fen = models.BigIntegerField("本金", help_text="分", null=True)
    disbursed_on = models.DateField("放款日期", null=True)
    matures_on = models.DateField("到期日期", null=True)
    annual_rate = models.FloatField("年利率", null=True)

    objects = ScopedQuerySet["StartupLoan"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "创业贷款"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["loan_no"], name="startup_loan_key"),
        ]
        indexes = [
            models.Index(fields=["disbursed_on", "id"], name="startup_loan_day"),
            models.Index(fields=["person"], name="startup_loan_person"),
            models.Index(fields=["qualified_on"], name="startup_loan_qualified"),
        ]

    def __str__(self) -> str:
        return self.loan_no


class InterestSubsidy(LedgerRow):
    """贷款贴息 (ledger ``interest_subsidies``)."""

    AREA: ClassVar = "loan__person__household_area"

    subsidy_no = models.CharField("贴息编号", max_length=60)
    loan = models.ForeignKey(
        StartupLoan, models.PROTECT, verbose_name="贷款", db_index=False, related_name="+"
    )
    period_from = models.DateField("计息起")
    period_to = models.DateField("计息止")
    amount_fen = models.BigIntegerField("贴息金额", help_text="分")
    status = models.CharField("状态", max_length=20)
    paid_on = models.DateField("发放日期", null=True)

    objects = ScopedQuerySet["InterestSubsidy"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "贷款贴息"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["subsidy_no"], name="interest_subsidy_key"),
        ]
        indexes = [
            models.Index(fields=["paid_on", "id"], name="interest_subsidy_day"),
            models.Index(fields=["loan"], name="interest_subsidy_loan"),
        ]

    def __str__(self) -> str:
        return self.subsidy_no


class Park(LedgerRow):
    """军创园 (ledger ``parks``)."""

    park_no = models.CharField("园区编号", max_length=60)
    name = models.CharField("园区名称", max_length=60)
    area = models.CharField("所在区划", max_length=12)
    total_investment_fen = models.BigIntegerField("总投资", help_text="分", null=True)
    floor_area = models.FloatField("建筑面积", null=True)
    opened_on = models.DateField("启用日期")
    closed_on = models.DateField("关闭日期", null=True)

    objects = ScopedQuerySet["Park"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "军创园"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["park_no"], name="park_key"),
        ]
        indexes = [
            models.Index(fields=["area", "opened_on"], name="park_area"),
            models.Index(fields=["opened_on", "id"], name="park_day"),
        ]

    def __str__(self) -> str:
        return self.name
