"""Tables of 信息采集表: education, training, work, wishes and needs."""

from __future__ import annotations

from django.db import models

from yizhou.dossier.models.about import AboutPerson


class EducationSpell(AboutPerson):
    """教育经历 (ledger ``education_spells``): a spell at a school."""

    started_on = models.DateField("入学时间")
    school = models.CharField("学校", max_length=100)
    ended_on = models.DateField("毕业时间", null=True)
    major = models.CharField("专业", max_length=100, blank=True, default="")
    education = models.CharField("学历", max_length=20, blank=True, default="")
    degree = models.CharField("学位", max_length=20, blank=True, default="")
    study_mode = models.CharField("学习形式", max_length=20, blank=True, default="")
    certificate_no = models.CharField("毕业证书号", max_length=60, blank=True, default="")

    class Meta(AboutPerson.Meta):
        verbose_name = "教育经历"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "started_on", "school"], name="education_spell_key"),
        ]
        indexes = [models.Index(fields=["started_on", "id"], name="education_spell_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.school}"


class TrainingWish(AboutPerson):
    """培训意愿 (ledger ``training_wishes``): a training that somebody wants."""

    kind = models.CharField("培训种类", max_length=20)
    stated_on = models.DateField("登记日期")
    content = models.CharField("想学的内容", max_length=200, blank=True, default="")
    length = models.CharField("希望时长", max_length=60, blank=True, default="")
    mode = models.CharField("希望形式", max_length=20, blank=True, default="")

    class Meta(AboutPerson.Meta):
        verbose_name = "培训意愿"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "kind"], name="training_wish_key"),
        ]
        indexes = [models.Index(fields=["stated_on", "id"], name="training_wish_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class TrainingRecord(AboutPerson):
    """培训经历 (ledger ``training_records``): a training before or outside the centre's own classes."""

    started_on = models.DateField("培训开始日期")
    content = models.CharField("培训内容", max_length=100)
    kind = models.CharField("培训种类", max_length=20, blank=True, default="")
    ended_on = models.DateField("培训结束日期", null=True)
    agency = models.CharField("培训机构", max_length=100, blank=True, default="")
    agency_level = models.CharField("机构级别", max_length=20, blank=True, default="")
    hours = models.IntegerField("学时", null=True)
    certificate = models.CharField("取得证书", max_length=100, blank=True, default="")

    class Meta(AboutPerson.Meta):
        verbose_name = "培训经历"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "started_on", "content"], name="training_record_key"),
        ]
        indexes = [models.Index(fields=["started_on", "id"], name="training_record_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.content}"


class EmploymentSpell(AboutPerson):
    """就业经历 (ledger ``employment_spells``): a spell in a job."""

    started_on = models.DateField("就业时间")
    employer = models.CharField("工作单位", max_length=100)
    ended_on = models.DateField("离职时间", null=True)
    position = models.CharField("岗位职务", max_length=60, blank=True, default="")
    industry = models.CharField("行业", max_length=20, blank=True, default="")
    workplace = models.CharField("工作地", max_length=100, blank=True, default="")
    salary_fen = models.BigIntegerField("月薪", help_text="分", null=True)
    is_insured = models.BooleanField("是否参保", null=True)
    satisfaction = models.CharField("满意程度", max_length=20, blank=True, default="")

    class Meta(AboutPerson.Meta):
        verbose_name = "就业经历"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "started_on", "employer"], name="employment_spell_key"),
        ]
        indexes = [models.Index(fields=["started_on", "id"], name="employment_spell_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.employer}"


class Startup(AboutPerson):
    """创业情况 (ledger ``startups``): a business that somebody runs."""

    company = models.CharField("创业主体名称", max_length=100)
    project = models.CharField("创业项目", max_length=100, blank=True, default="")
    legal_representative = models.CharField("法定代表人", max_length=60, blank=True, default="")
    industry = models.CharField("行业", max_length=20, blank=True, default="")
    nature = models.CharField("主体性质", max_length=20, blank=True, default="")
    founded_on = models.DateField("成立日期", null=True)
    assets_fen = models.BigIntegerField("资产", help_text="分", null=True)
    registered_at = models.CharField("注册地址", max_length=200, blank=True, default="")
    employees = models.IntegerField("带动就业人数", null=True)
    yearly_profit_fen = models.BigIntegerField("年效益", help_text="分", null=True)
    yearly_tax_fen = models.BigIntegerField("年纳税", help_text="分", null=True)
    enjoyed_policy = models.CharField("享受政策", max_length=200, blank=True, default="")
    closed_on = models.DateField("注销日期", null=True)

    class Meta(AboutPerson.Meta):
        verbose_name = "创业情况"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "company"], name="startup_key"),
        ]
        indexes = [models.Index(fields=["founded_on", "id"], name="startup_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.company}"


class WorkWish(AboutPerson):
    """就业创业意愿 (ledger ``work_wishes``): what work somebody wants."""

    stated_on = models.DateField("登记日期")
    cities = models.CharField("意愿城市", max_length=200, blank=True, default="")
    wants_job = models.BooleanField("是否再就业", null=True)
    wants_startup = models.BooleanField("是否创业", null=True)
    industry = models.CharField("意愿行业", max_length=20, blank=True, default="")
    expected_salary_fen = models.BigIntegerField("期望月薪", help_text="分", null=True)
    skills = models.CharField("技能特长", max_length=200, blank=True, default="")

    class Meta(AboutPerson.Meta):
        verbose_name = "就业创业意愿"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "stated_on"], name="work_wish_key"),
        ]
        indexes = [models.Index(fields=["stated_on", "id"], name="work_wish_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.cities}"


class Need(AboutPerson):
    """诉求 (ledger ``needs``): what somebody asks for when the form is filled in."""

    stated_on = models.DateField("登记日期")
    category = models.CharField("诉求类别", max_length=20)
    difficulty = models.CharField("主要困难", max_length=200, blank=True, default="")
    detail = models.TextField("诉求内容", blank=True, default="")
    status = models.CharField("办理状态", max_length=20, blank=True, default="")
    reference_no = models.CharField("关联单号", max_length=60, blank=True, default="")
    done_on = models.DateField("办结日期", null=True)

    class Meta(AboutPerson.Meta):
        verbose_name = "诉求"
        constraints = [
            *AboutPerson.Meta.constraints,
            models.UniqueConstraint(fields=["person", "stated_on", "category"], name="need_key"),
        ]
        indexes = [models.Index(fields=["stated_on", "id"], name="need_day")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.category}"
