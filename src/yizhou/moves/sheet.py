"""交接单: what goes over with a file, for the side that holds it."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.urls import reverse

from yizhou.archives.models import Archive
from yizhou.benefits.models import BenefitPayment
from yizhou.cases.models import Case
from yizhou.cases.queries.facts import item_name
from yizhou.core import clock, masking
from yizhou.core.actor import Actor
from yizhou.ledgers.columns import code_name
from yizhou.moves.models import Move
from yizhou.orgs.models import StaffPost
from yizhou.orgs.queries import full_division_name
from yizhou.people.models import Person
from yizhou.people.sensitive import VIEW_SPECIAL
from yizhou.visits.card import standing_contact
from yizhou.visits.models import Plan, PlanStatus

MOST = 50
PAID = "PAID"
WHY = "who is to be turned to is for everybody to know"


def sheet_page(move: Move, person: Person, actor: Actor) -> dict[str, Any]:
    """Context of ``moves/sheet.html``; ``person`` was found in the actor's sight."""
    return {
        "title": f"交接单 {move.number}",
        "note": f"{person.name} · {masking.mask_id_number(person.opened().get('id_number'))}",
        "back_url": move.get_absolute_url(),
        "about": [
            {"label": "迁出地", "value": full_division_name(move.from_area)},
            {"label": "迁入地", "value": full_division_name(move.to_area)},
            {"label": "迁移日期", "value": str(move.moved_on)},
            {"label": "凭证编号", "value": move.document_no},
        ],
        "cases": _cases(person, actor),
        "keeping": [*_contact(person, actor), *_archive(person, actor)],
        "benefits": _benefits(person, actor) if actor.may(VIEW_SPECIAL) else None,
        "printed_by": actor.name,
        "printed_at": clock.now(),
    }


def _line(title: str, tag: str, note: str = "", url: str = "") -> dict[str, str]:
    return {"title": title, "tag": tag, "note": note, "url": url, "state": ""}


def _cases(person: Person, actor: Actor) -> list[dict[str, str]]:
    running = Case.objects.visible_to(actor).open().filter(person=person).order_by("due_on", "id")[:MOST]
    may = actor.may("cases.view_case")
    return [
        _line(
            item_name(case.item),
            case.get_status_display(),
            f"{case.case_no}，{f'应于 {case.due_on} 前办结' if case.due_on else '未定期限'}",
            reverse("cases:detail", args=[case.uid]) if may else "",
        )
        for case in running
    ]


def _contact(person: Person, actor: Actor) -> list[dict[str, str]]:
    contact = standing_contact(person, actor)
    posts = StaffPost.objects.everywhere(WHY).filter(id_number_index=contact.staff_index) if contact else None
    name = posts.order_by("-started_on").values_list("name", flat=True).first() if posts else ""
    plan = Plan.objects.visible_to(actor).filter(person=person, status=PlanStatus.IN_FORCE).first()
    since = f"自 {contact.assigned_on} 起" if contact else "迁移后由迁入地指派"
    return [
        _line("一对一联系人", name or "无", since),
        _line("服务方案", f"执行中，至 {plan.to_on}" if plan else "无", plan.goals if plan else ""),
    ]


def _archive(person: Person, actor: Actor) -> list[dict[str, str]]:
    archive = Archive.objects.visible_to(actor).filter(person=person).first()
    if archive is None:
        return [_line("纸质档案", "未建卷")]
    return [_line("纸质档案", archive.place.label, f"存放 {archive.shelf}")]


def _benefits(person: Person, actor: Actor) -> list[dict[str, str]]:
    paid = BenefitPayment.objects.visible_to(actor).filter(person=person, status=PAID)
    last = paid.values("benefit").annotate(last=Max("pay_month")).order_by("benefit")
    return [_line(code_name("benefit_type", row["benefit"]), f"末次已发 {row['last']}") for row in last]
