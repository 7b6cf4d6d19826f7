"""The page on which a file is confirmed, and the card of the person page that says how good a file is."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.people.actions.approve import APPROVE
from yizhou.people.actions.confirm import CONFIRM, WAYS
from yizhou.people.actions.correct import CORRECT, problems_of_correction
from yizhou.people.essentials import missing
from yizhou.people.freshness import due_on, months_for, refreshed_on
from yizhou.people.models import Person, Proposal, ProposalStatus
from yizhou.people.plugs import Card
from yizhou.people.queries.facts import is_veteran, values_of
from yizhou.people.queries.panels import basic_panel
from yizhou.people.sensitive import hidden


def confirm_page(person: Person, actor: Actor, way: str = "", note: str = "") -> dict[str, Any]:
    """Context of ``people/confirm.html``: what the file says, masked, and the form."""
    return {
        "title": f"核实档案：{person.name}",
        "note": f"最近更新 {refreshed_on(person)}，{_cycle(person)}",
        "back_url": person.get_absolute_url(),
        "correct_url": _correct_url(person, actor),
        "sections": basic_panel(person, actor)["sections"],
        "doubts": _doubts(person, actor),
        "ways": list(WAYS.items()),
        "way": way,
        "said": note,
        "refused": (),
    }


def _cycle(person: Person) -> str:
    return f"每 {months_for(person.contact_class)} 个月更新一次，应于 {due_on(person)} 前更新"


def quality_card(person: Person, actor: Actor) -> Card | None:
    """What the file lacks, what speaks against it, when it is due; None for somebody who is gone."""
    if person.is_gone(clock.today()):
        return None
    rows = [*_waiting(person, actor), *_gaps(person, actor), *_doubts(person, actor), _due(person, actor)]
    return Card(rows=rows)


def _correct_url(person: Person, actor: Actor, field: str = "") -> str:
    """Where the file is corrected, at a field of the form; "" for who may not."""
    at = f"#id_{field}" if field else ""
    return f"{reverse('people:correct', args=[person.uid])}{at}" if actor.may(CORRECT) else ""


def _waiting(person: Person, actor: Actor) -> list[dict[str, str]]:
    """The change of this file that waits for its second person."""
    waiting = Proposal.objects.visible_to(actor).filter(person=person, status=ProposalStatus.WAITING).first()
    if waiting is None:
        return []
    is_open = actor.may(APPROVE) or waiting.account_id == actor.account_id
    return [
        {
            "title": f"{waiting.guarded}的更正待复核",
            "url": waiting.get_absolute_url() if is_open else "",
            "note": f"{waiting.actor} {clock.minute_of(waiting.asked_at)} 提交，另一人通过后生效",
            "tag": "待复核",
            "state": "warn",
        }
    ]


def _gaps(person: Person, actor: Actor) -> list[dict[str, str]]:
    if not person.missing_count:
        return [{"title": "要素齐全", "tag": "100%", "state": "ok"}]
    lacking = missing(values_of(person), veteran=is_veteran(person))
    names = "、".join(column.header for column in lacking)
    url = _correct_url(person, actor, lacking[0].field) if lacking else ""
    return [{"title": f"缺 {len(lacking)} 项要素", "url": url, "note": names, "tag": "补填", "state": "warn"}]


def _doubts(person: Person, actor: Actor) -> list[dict[str, str]]:
    """Each doubt with its remedy, as the form would tell it; asked only where there are any."""
    if not person.doubts:
        return []
    wanted = set(person.doubts.split(";"))
    found = [problem for problem in problems_of_correction(person, {}, actor) if problem.rule in wanted]
    return [
        {
            "title": f"{problem.label}：{problem.message}",
            "url": _correct_url(person, actor, problem.field),
            "note": problem.remedy,
            "tag": "存疑",
            "state": "warn",
        }
        for problem in found
        if not hidden(problem.field, actor)
    ]


def _due(person: Person, actor: Actor) -> dict[str, str]:
    late = due_on(person) < clock.today()
    url = reverse("people:confirm", args=[person.uid]) if actor.may(CONFIRM) else ""
    return {
        "title": f"最近更新 {refreshed_on(person)}",
        "url": url,
        "note": _cycle(person),
        "tag": "到期未更新" if late else "在周期内",
        "state": "late" if late else "ok",
    }
