"""Tables of bundles, cases and what happens to them."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from yizhou.cases.rules.bundles import BUNDLE_LABELS, BundleStatus
from yizhou.cases.rules.states import FINAL, LABELS, Status
from yizhou.core.actor import Actor
from yizhou.core.rows import Row, SealedRow
from yizhou.core.scope import ScopedQuerySet, within
from yizhou.people.models import Person

CASE_STATUS: list[tuple[str, str]] = [(status.value, LABELS[status]) for status in Status]
BUNDLE_STATUS: list[tuple[str, str]] = [(status.value, BUNDLE_LABELS[status]) for status in BundleStatus]


class CaseCounter(models.Model):
    """The last number given out in a year; drawn inside the filing transaction, so that there are no gaps."""

    year = models.IntegerField("年度", primary_key=True)
    last = models.IntegerField("末号", default=0)

    class Meta:
        verbose_name = "办件编号"

    def __str__(self) -> str:
        return f"{self.year}-{self.last:06d}"


class Application(SealedRow):
    """申请表: what the applicant filled in once; the items of a bundle share it. All values are sealed."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="申请人", related_name="+")
    filed_at = models.DateTimeField("收件时间")

    class Meta(SealedRow.Meta):
        verbose_name = "申请表"

    def __str__(self) -> str:
        return f"{self.filed_at:%Y-%m-%d}"


def is_partner(actor: Actor) -> bool:
    """True for staff of a partner department (协同部门), who see their own legs and nothing else."""
    return "CO_DEPT" in actor.roles


class NotForDepartments(ScopedQuerySet[Any]):
    """Rows inside the actor's areas; partner departments have no business with them."""

    def visibility(self, actor: Actor) -> Q:
        """Nothing for a partner department."""
        return Q(pk__in=[]) if is_partner(actor) else super().visibility(actor)


class BundleQuerySet(NotForDepartments):
    """Bundles."""

    def open(self) -> Self:
        """Not yet closed."""
        return self.exclude(status=BundleStatus.CLOSED)


class BundleCase(Row):
    """一件事联办: one form for several items; its status follows from its legs."""

    case_no = models.CharField("联办编号", max_length=40)
    bundle = models.CharField("套餐", max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="申请人", related_name="+")
    application = models.ForeignKey(Application, models.PROTECT, verbose_name="申请表", related_name="+")
    area = models.CharField("归属区划", max_length=12)
    channel = models.CharField("受理渠道", max_length=20)
    status = models.CharField("状态", max_length=20, choices=BUNDLE_STATUS, default=BundleStatus.SUBMITTED)
    version = models.IntegerField("版本", default=1)
    applied_at = models.DateTimeField("申请时间")
    accepted_at = models.DateTimeField("受理时间", null=True)
    due_on = models.DateField("预计办结日期", null=True)
    completed_at = models.DateTimeField("办结时间", null=True)

    objects = BundleQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "一件事联办"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["case_no"], name="bundlecase_no"),
            models.CheckConstraint(
                condition=Q(status=BundleStatus.CLOSED, completed_at__isnull=False)
                | (~Q(status=BundleStatus.CLOSED) & Q(completed_at__isnull=True)),
                name="bundlecase_closed",
            ),
        ]
        indexes = [models.Index(fields=["area", "id"], name="bundlecase_area")]

    def __str__(self) -> str:
        return self.case_no

    def get_absolute_url(self) -> str:
        """The page of the bundle."""
        return reverse("cases:bundle", args=[self.uid])


class CaseQuerySet(ScopedQuerySet["Case"]):
    """Cases belong to the division of the applicant's household; departments see their own legs only."""

    def visibility(self, actor: Actor) -> Q:
        """Staff: their areas. A partner department: cases it handles or was asked about, in its areas."""
        inside = within(self.area_field, actor.areas)
        if not is_partner(actor):
            return inside
        asked = CoTask.objects.filter(case=OuterRef("pk"), department=actor.department)
        handled = Q(department=actor.department) & ~Q(status=Status.SUBMITTED)
        return inside & (handled | Q(Exists(asked)))

    def open(self) -> Self:
        """Not in a final state."""
        return self.exclude(status__in=FINAL)

    def undecided(self) -> Self:
        """Without a result yet."""
        return self.filter(completed_at__isnull=True)


class Case(SealedRow):
    """办件: one item for one person (ledger ``cases``), alone or as a leg of a bundle.

    ``due_on`` is what was promised on acceptance, pauses not counted; ``paused_days`` are calendar days of the
    pauses that ended. ``item_since`` names the version of the item it was filed under. ``version`` counts writes.
    """

    SEALED: ClassVar = ("agent_id_number",)
    case_no = models.CharField("办件编号", max_length=60)
    item = models.CharField("事项代码", max_length=20)
    item_since = models.DateField("事项版本", null=True)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="申请人", related_name="+")
    area = models.CharField("归属区划", max_length=12)
    department = models.CharField("承办单位", max_length=40, blank=True, default="")
    bundle = models.ForeignKey(
        BundleCase, models.PROTECT, null=True, verbose_name="联办", related_name="legs"
    )
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, verbose_name="申请表", related_name="+"
    )
    channel = models.CharField("受理渠道", max_length=20)
    window_no = models.CharField("窗口编号", max_length=40, blank=True, default="")
    agent_index = models.BinaryField("代办员身份证号索引", max_length=16, null=True, default=None)
    status = models.CharField("状态", max_length=20, choices=CASE_STATUS, default=Status.SUBMITTED)
    version = models.IntegerField("版本", default=1)
    applied_at = models.DateTimeField("申请时间")
    accepted_at = models.DateTimeField("受理时间", null=True)
    accepted_by = models.BigIntegerField("受理人账号", null=True)
    sign_due_on = models.DateField("应签收日期", null=True)
    signed_at = models.DateTimeField("签收时间", null=True)
    promised_days = models.SmallIntegerField("承诺工作日", null=True)
    due_on = models.DateField("应办结日期", null=True)
    extended_days = models.SmallIntegerField("延期工作日", default=0)
    extended_due_on = models.DateField("延期后应办结日期", null=True)
    paused_days = models.IntegerField("已挂起天数", null=True)
    paused_since = models.DateField("挂起起始日期", null=True)
    suspensions = models.SmallIntegerField("挂起次数", default=0)
    return_count = models.SmallIntegerField("退件次数", default=0)
    completed_at = models.DateTimeField("办结时间", null=True)
    result = models.CharField("结果", max_length=20, blank=True, default="")
    result_note = models.CharField("结果说明", max_length=300, blank=True, default="")
    certificate_no = models.CharField("出件编号", max_length=60, blank=True, default="")
    delivered_at = models.DateTimeField("送达时间", null=True)
    row_digest = models.BinaryField(null=True, default=None)

    objects = CaseQuerySet.as_manager()

    class Meta(SealedRow.Meta):
        verbose_name = "办件"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["case_no"], name="case_no"),
            models.UniqueConstraint(fields=["bundle", "item"], name="case_bundle_item"),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(FINAL)) | Q(completed_at__isnull=False), name="case_final"
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | ~Q(result=""), name="case_has_result"
            ),
        ]
        indexes = [
            models.Index(fields=["area", "id"], name="case_area"),
            models.Index(
                fields=["department", "status", "id"],
                name="case_open_of_department",
                condition=Q(completed_at__isnull=True),
            ),
            models.Index(fields=["item", "completed_at"], name="case_item"),
        ]

    def __str__(self) -> str:
        return self.case_no

    def get_absolute_url(self) -> str:
        """The page of the case."""
        return reverse("cases:detail", args=[self.uid])

    @property
    def state(self) -> Status:
        """The status as a member of the enumeration."""
        return Status(self.status)


class CaseMaterial(Row):
    """材料: one paper of one application, handed in once and used by every item that asks for it."""

    class State(models.TextChoices):
        """How it was come by."""

        PROVIDED = "PROVIDED", "已收"
        REUSED = "REUSED", "免交（已有）"
        DEFERRED = "DEFERRED", "容缺"
        MISSING = "MISSING", "缺"

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name="申请表", related_name="materials"
    )
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="申请人", related_name="+")
    name = models.CharField("材料", max_length=80)
    state = models.CharField("情况", max_length=10, choices=State.choices)
    provided_on = models.DateField("收到日期", null=True)
    due_on = models.DateField("容缺补交期限", null=True)

    class Meta(Row.Meta):
        verbose_name = "办件材料"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["application", "name"], name="casematerial_once"),
        ]

    def __str__(self) -> str:
        return self.name


class CasePause(models.Model):
    """A stretch in which the clock stands still, days inclusive; open while ``end_on`` is empty."""

    class Kind(models.TextChoices):
        """Why it stands."""

        SUSPENDED = "SUSPENDED", "挂起"
        CORRECTION = "CORRECTION", "补正"

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses", verbose_name="办件")
    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    reason = models.CharField("理由", max_length=20, blank=True, default="")
    note = models.CharField("说明", max_length=300, blank=True, default="")
    start_on = models.DateField("起")
    end_on = models.DateField("止", null=True)

    class Meta:
        verbose_name = "计时暂停"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="casepause_one_open", condition=Q(end_on__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.start_on}–{self.end_on or ''}"


class Supplement(Row):
    """补正告知: all missing materials in one notice, with the day until which they may be handed in."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="supplements", verbose_name="办件")
    materials = models.JSONField("要补的材料")
    note = models.CharField("说明", max_length=300, blank=True, default="")
    notified_at = models.DateTimeField("告知时间")
    due_on = models.DateField("补正期限")
    answered_at = models.DateTimeField("收齐时间", null=True)

    class Meta(Row.Meta):
        verbose_name = "补正告知"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["case"], name="supplement_one_open", condition=Q(answered_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="supplement_due", condition=Q(answered_at__isnull=True))
        ]

    def __str__(self) -> str:
        return "、".join(self.materials)


class Urge(models.Model):
    """催办: at most once a day on each level."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="urges", verbose_name="办件")
    level = models.SmallIntegerField("级别")
    urged_on = models.DateField("日期")
    by = models.CharField("催办人", max_length=60)
    note = models.CharField("说明", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "催办"
        constraints = [models.UniqueConstraint(fields=["case", "level", "urged_on"], name="urge_once_a_day")]

    def __str__(self) -> str:
        return f"{self.urged_on} {self.level}"


class CoTask(Row):
    """协办: what the handling department asks another one, to be signed for within a workday and answered."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="co_tasks", verbose_name="办件")
    department = models.CharField("协办单位", max_length=40)
    question = models.CharField("协办内容", max_length=300)
    asked_at = models.DateTimeField("发出时间")
    sign_due_on = models.DateField("应签收日期")
    answered_at = models.DateTimeField("答复时间", null=True)
    answer = models.CharField("答复", max_length=300, blank=True, default="")

    class Meta(Row.Meta):
        verbose_name = "协办"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "department"], name="cotask_one_open", condition=Q(answered_at__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["department", "case"], name="cotask_department")]

    def __str__(self) -> str:
        return self.question


class Rating(Row):
    """好差评 (ledger ``ratings``). A finished case makes an invitation; ``level`` stays empty until it is answered.

    The rating person is not named (handbook §5.4: 评价人信息不得泄露).
    """

    rating_no = models.CharField("评价编号", max_length=60)
    source = models.CharField("评价来源", max_length=20)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="ratings", verbose_name="办件")
    rated_on = models.DateField("评价日期")
    level = models.CharField("评价等级", max_length=1, blank=True, default="")
    voided = models.BooleanField("是否判定无效", null=True)
    area = models.CharField("归属区划", max_length=12)
    comment = models.CharField("意见", max_length=500, blank=True, default="")
    follow_up_due_on = models.DateField("应回访日期", null=True)
    followed_up_at = models.DateTimeField("回访时间", null=True)
    followed_up_by = models.BigIntegerField("回访人账号", null=True)
    follow_up_note = models.CharField("回访情况", max_length=300, blank=True, default="")
    is_genuine = models.BooleanField("核实属实", null=True)
    fix_due_on = models.DateField("应整改日期", null=True)
    fixed_at = models.DateTimeField("整改反馈时间", null=True)
    fix_note = models.CharField("整改情况", max_length=300, blank=True, default="")
    row_digest = models.BinaryField(null=True, default=None)

    objects = NotForDepartments.as_manager()

    class Meta(Row.Meta):
        verbose_name = "好差评"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["rating_no"], name="rating_no"),
        ]
        indexes = [
            models.Index(fields=["area", "rated_on"], name="rating_area"),
            models.Index(
                fields=["follow_up_due_on"],
                name="rating_to_follow_up",
                condition=Q(followed_up_at__isnull=True, follow_up_due_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.rating_no
