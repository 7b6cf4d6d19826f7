"""The person's file (一人一档) and the index of names."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThan
from django.urls import reverse

from yizhou.core.rows import Row, SealedRow
from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import SealedLedgerRow
from yizhou.people.categories import mask_of, mask_of_group

ENDS = ("died_on", "moved_out_on", "deregistered_on")
"""Days from which somebody is no longer on file."""
FILTERED = (
    "category",
    "category_mask",
    "birth_on",
    "sex",
    "contact_class",
    "missing_count",
    "doubts",
    "collected_on",
    "confirmed_on",
    "archived_on",
    "e_archive_on",
    *ENDS,
    "enlisted_on",
    "discharged_on",
    "placement_mode",
    "employment_status",
    "joined_war",
    "politics",
    "disability_level",
    "special_type",
)
"""Columns by which the list of people is filtered."""
IN_DOUBT = Q(doubts__gt="")
"""Files that break a rule which does not reject them; those not judged yet are none."""


def registered(on: dt.date) -> Q:
    """时点在册 (ledgers.md §5.4): collected, and not dead, moved out or struck off by the end of that day."""
    found = Q(collected_on__lte=on)
    for field in ENDS:
        found &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": on})
    return found


def of_group(group: str, person: str = "") -> Q:
    """Of a group by any category; ``person`` is the lookup of the person from another table."""
    return _of_any(mask_of_group(group), person)


def of_category(code: str, person: str = "") -> Q:
    """Of a category, as the primary or a further one."""
    return _of_any(mask_of([code]), person)


def _of_any(mask: int, person: str) -> Q:
    return Q(GreaterThan(F(f"{person}category_mask").bitand(mask), 0))


class PersonQuerySet(ScopedQuerySet["Person"]):
    """Persons belong to the division of their registered household (归属区划 = 户籍地)."""

    def registered(self, on: dt.date) -> Self:
        """Those on file on a day."""
        return self.filter(registered(on))

    def of_group(self, group: str) -> Self:
        """Persons whose primary or further category belongs to the group (VET 退役军人类, CARE 重点优抚对象类)."""
        return self.filter(of_group(group))

    def in_doubt(self) -> Self:
        """Files that leave something in doubt."""
        return self.filter(IN_DOUBT)


class Person(SealedRow):
    """One natural person whom the centre serves. Field names are those of the ledger ``people``."""

    AREA: ClassVar = "household_area"
    SEALED: ClassVar = (
        "id_number",
        "phone",
        "emergency_phone",
        "household_address",
        "residence_address",
        "bank_account",
        "disability_cert_no",
    )
    id_number_index = models.BinaryField("身份证号索引", max_length=16)
    phone_tail = models.BigIntegerField("手机后四位索引", null=True)
    name = models.CharField("姓名", max_length=60)
    pinyin_full = models.CharField("全拼", max_length=120, blank=True, default="")
    pinyin_initials = models.CharField("首字母", max_length=30, blank=True, default="")
    pinyin_full_other = models.CharField("全拼（另读）", max_length=120, null=True)  # noqa: DJ001  # few names have one: NULL keeps its index small
    pinyin_initials_other = models.CharField("首字母（另读）", max_length=30, null=True)  # noqa: DJ001  # as above
    sex = models.CharField("性别", max_length=1)
    birth_on = models.DateField("出生日期")
    ethnic = models.CharField("民族", max_length=2, blank=True, default="")
    household_area = models.CharField("户籍地区划", max_length=12)
    residence_area = models.CharField("常住地区划", max_length=12, blank=True, default="")
    household_no = models.CharField("户号", max_length=40, blank=True, default="")
    household_type = models.CharField("户口类型", max_length=1, blank=True, default="")
    politics = models.CharField("政治面貌", max_length=2, blank=True, default="")
    party_joined_on = models.DateField("入党时间", null=True)
    marital = models.CharField("婚姻状况", max_length=2, blank=True, default="")
    education = models.CharField("学历", max_length=2, blank=True, default="")
    health = models.CharField("健康状况", max_length=2, blank=True, default="")
    category = models.CharField("人员类别", max_length=3)
    other_categories = models.CharField("其他人员类别", max_length=120, blank=True, default="")
    category_mask = models.BigIntegerField("类别位", default=0)
    enlisted_on = models.DateField("入伍时间", null=True)
    discharged_on = models.DateField("退役时间", null=True)
    unit_code = models.CharField("部队代号", max_length=5, blank=True, default="")
    branch = models.CharField("军兵种", max_length=10, blank=True, default="")
    rank = models.CharField("退役军衔", max_length=30, blank=True, default="")
    placement_mode = models.CharField("安置方式", max_length=20, blank=True, default="")
    disability_cause = models.CharField("伤残性质", max_length=1, blank=True, default="")
    disability_level = models.CharField("伤残等级", max_length=2, blank=True, default="")
    soldier_name = models.CharField("军人(烈士)姓名", max_length=60, blank=True, default="")
    soldier_relation = models.CharField("与军人关系", max_length=4, blank=True, default="")
    joined_war = models.BooleanField("是否参战", null=True)
    employment_status = models.CharField("就业状况", max_length=2, blank=True, default="")
    monthly_income_fen = models.BigIntegerField("月收入（分）", null=True)
    special_type = models.CharField("困难类型", max_length=20, blank=True, default="")
    lonely = models.BooleanField("是否孤老", null=True)
    pension_insurance = models.CharField("养老保险", max_length=2, blank=True, default="")
    medical_insurance = models.CharField("医疗保险", max_length=2, blank=True, default="")
    contact_class = models.CharField("联系类别", max_length=10, blank=True, default="")
    collected_on = models.DateField("采集日期")
    archived_on = models.DateField("建档日期", null=True)
    archive_complete = models.BooleanField("档案要件齐全", null=True)
    e_archive_on = models.DateField("电子档案建成日期", null=True)
    died_on = models.DateField("去世日期", null=True)
    moved_out_on = models.DateField("迁出日期", null=True)
    deregistered_on = models.DateField("注销日期", null=True)
    missing_count = models.SmallIntegerField("缺要素数", default=0)
    doubts = models.CharField("存疑", max_length=120, null=True, default=None)  # noqa: DJ001  # two empties on purpose: NULL is not judged yet, "" is judged and in no doubt
    confirmed_on = models.DateField("最近核实日期", null=True, default=None)
    row_digest = models.BinaryField(null=True, default=None)

    objects = PersonQuerySet.as_manager()

    class Meta(SealedRow.Meta):
        verbose_name = "服务对象"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["id_number_index"], name="person_id_number"),
        ]
        indexes = [
            # The name comes along on PostgreSQL, which finds one character in the names of a town without leaving
            # this index (ADR 0010); SQLite has no such columns and leaves it out.
            models.Index(fields=["household_area", "id"], include=["name"], name="person_area"),
            models.Index(fields=["category", "household_area", "id"], name="person_category"),
            # Everything that the list is filtered by: few who fit are found without a look at any file.
            models.Index(fields=["household_area", *FILTERED, "id"], name="person_filters"),
            models.Index(fields=["birth_on", "id"], name="person_birth"),
            # The few who died, moved out or serve: asked for every night over everybody (生命周期事件).
            models.Index(fields=["died_on"], name="person_died", condition=Q(died_on__isnull=False)),
            models.Index(
                fields=["moved_out_on"], name="person_moved", condition=Q(moved_out_on__isnull=False)
            ),
            models.Index(
                fields=["enlisted_on"], name="person_serving", condition=Q(discharged_on__isnull=True)
            ),
            models.Index(fields=["pinyin_initials", "id"], name="person_initials"),
            models.Index(fields=["pinyin_full", "id"], name="person_pinyin"),
            models.Index(
                fields=["pinyin_initials_other"],
                name="person_initials_other",
                condition=Q(pinyin_initials_other__isnull=False),
            ),
            models.Index(
                fields=["pinyin_full_other"],
                name="person_pinyin_other",
                condition=Q(pinyin_full_other__isnull=False),
            ),
            models.Index(
                fields=["phone_tail"], name="person_phone_tail", condition=Q(phone_tail__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The person page."""
        return reverse("people:person", args=[self.uid])

    def age_on(self, day: dt.date) -> int:
        """Full years of age that day."""
        return (
            day.year - self.birth_on.year - ((day.month, day.day) < (self.birth_on.month, self.birth_on.day))
        )

    def is_gone(self, on: dt.date) -> bool:
        """Whether dead, moved out or struck off by the end of that day: ``registered`` of one file."""
        return any(end and end <= on for end in (getattr(self, field) for field in ENDS))

    @property
    def categories(self) -> list[str]:
        """Codes of the primary and the further categories."""
        return [self.category, *filter(None, self.other_categories.split(";"))]


class NameMatch(models.Lookup):
    """Names that contain the characters of the right-hand side next to each other.

    SQLite: a phrase of single characters in FTS5. PostgreSQL: all characters and neighbouring pairs in a GIN
    index of a text array. Both are exact for one and two characters and for three up to the order of far pairs.
    """

    lookup_name = "match"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """FTS5 phrase."""
        left, params = self.process_lhs(compiler, connection)
        return f"{left} MATCH %s", (*params, '"' + " ".join(self.rhs.replace('"', "")) + '"')

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """All grams contained."""
        left, params = self.process_lhs(compiler, connection)
        return f"{left} @> %s::text[]", (*params, grams_wanted(self.rhs))


def grams_wanted(name: str) -> list[str]:
    """What the array must contain: the one character, or the pairs that cover the text."""
    return [name] if len(name) == 1 else [name[i : i + 2] for i in range(len(name) - 1)]


class NameIndex(models.Model):
    """The index behind ``PersonQuerySet`` searches by name; written set-wise by the loader and by the actions.

    The table is made by a migration for each database: FTS5 on SQLite, an array with GIN on PostgreSQL.
    """

    person = models.OneToOneField(
        Person, models.DO_NOTHING, primary_key=True, db_column="rowid", related_name="name_index"
    )
    name = models.TextField("姓名")

    class Meta:
        managed = False
        db_table = "people_search"

    def __str__(self) -> str:
        return self.name


models.TextField.register_lookup(NameMatch)


class FamilyMember(SealedLedgerRow):
    """家庭成员 (ledger ``family_members``)."""

    AREA: ClassVar = "person__household_area"
    SEALED: ClassVar = (
        "member_id_number",
        "phone",
    )

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    member_index = models.BinaryField("成员身份证号索引", max_length=16)
    name = models.CharField("成员姓名", max_length=60)
    relation = models.CharField("与本人关系", max_length=10)
    employer = models.CharField("工作单位", max_length=200, blank=True, default="")
    serving = models.BooleanField("是否现役", null=True)

    objects = ScopedQuerySet["FamilyMember"].as_manager()

    class Meta(SealedLedgerRow.Meta):
        verbose_name = "家庭成员"
        constraints = [
            *SealedLedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["person", "member_index"], name="family_member_key"),
        ]
        indexes = [
            models.Index(fields=["member_index"], name="family_member_member"),
        ]

    def __str__(self) -> str:
        return self.name
