"""Indicators of what lies below this package: configuration (ledgers.md §5.10) and policy documents."""

from __future__ import annotations

from functools import cache, partial

from django.db.models import Exists, OuterRef

from yizhou.core.configured import configured
from yizhou.core.scope import ScopedQuerySet
from yizhou.indicators.facts import facts
from yizhou.indicators.measures import CodePoints, Known, Measure
from yizhou.indicators.registry import INDICATORS, indicator
from yizhou.indicators.scope import Scope
from yizhou.policy.models import PolicyDocument


def counted(reference: str, scope: Scope) -> Known:  # noqa: ARG001  # the same everywhere and always
    """The configured number behind a reference."""
    return _read(reference)


@cache
def _read(reference: str) -> Known:
    """Read once a process, as all facts: a changed file counts after a restart."""
    found = configured(reference)
    return Known(None, reason="未配置此参数") if found is None else Known(found.value, found.names)


for fact in facts().values():
    if fact.config:
        INDICATORS.add(fact.code, partial(counted, fact.config))


def in_force(scope: Scope, role: str) -> ScopedQuerySet[PolicyDocument]:
    """时点有效 documents of a role."""
    rows = scope.within(PolicyDocument.objects.all())
    return rows.filter(scope.lasting("effective_from", "effective_to"), role=role)


@indicator("policy_master_plans")
def policy_master_plans(scope: Scope) -> Measure:
    """Master plans in force."""
    return Measure(in_force(scope, "MASTER"))


@indicator("policy_supporting_plans")
def policy_supporting_plans(scope: Scope) -> Measure:
    """Supporting plans in force that name a master plan, whether or not that one still is."""
    masters = scope.whole(PolicyDocument.objects.all()).filter(role="MASTER", doc_no=OuterRef("parent_no"))
    return Measure(in_force(scope, "SUPPORTING").filter(Exists(masters)))


@indicator("service_standards_total")
def service_standards_total(scope: Scope) -> Measure:
    """Service standards in force."""
    return Measure(in_force(scope, "SPEC"))


@indicator("dev_plan_years")
def dev_plan_years(scope: Scope) -> Measure:
    """Years that the latest development plan in force covers; a part may have another one than the whole."""
    plans = in_force(scope, "DEVELOPMENT_PLAN")
    latest = plans.order_by("-effective_from", CodePoints("doc_no").desc()).values("pk")[:1]
    return Measure(plans.filter(pk=latest), highest="plan_years", area=None)
