"""Pages of what waits for a second person, and of taking a change back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.orgs.queries import full_division_name
from yizhou.people.actions.approve import APPROVE, blockers_to_decide
from yizhou.people.actions.change_log import matters_of
from yizhou.people.actions.propose import blockers_to_withdraw
from yizhou.people.actions.reverse import blockers_to_reverse
from yizhou.people.models import FileChange, Person, Proposal, ProposalStatus
from yizhou.people.queries.change_ledger import compared
from yizhou.people.queries.past import changes_of
from yizhou.people.sensitive import REASONS, REVEAL

PAGE = 50
STATES = {
    ProposalStatus.WAITING: "warn",
    ProposalStatus.APPROVED: "ok",
    ProposalStatus.REFUSED: "late",
    ProposalStatus.WITHDRAWN: "paused",
}


def proposals(actor: Actor) -> QuerySet[Proposal]:
    """What the actor may see: one's own, and all of one's areas for whoever may be the second person."""
    found = Proposal.objects.visible_to(actor).select_related("person")
    return found if actor.may(APPROVE) else found.filter(account_id=actor.account_id)


def to_decide(actor: Actor) -> QuerySet[Proposal]:
    """What waits for this actor, oldest first."""
    waiting = proposals(actor).filter(status=ProposalStatus.WAITING)
    return waiting.exclude(Q(account_id=actor.account_id, account_id__isnull=False)).order_by("id")


def proposal_or_404(uid: uuid.UUID, actor: Actor) -> Proposal:
    """A proposal in sight; absent and out of sight are the same 404."""
    found = proposals(actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def change_or_404(person: Person, uid: uuid.UUID, actor: Actor) -> FileChange:
    """A change of a file in sight."""
    found = changes_of(person, actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def proposals_page(query: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """Context of ``people/proposals.html``: by status, newest first, those that wait oldest first."""
    status = query.get("status", "")
    status = status if status in ProposalStatus.values else ProposalStatus.WAITING
    found = proposals(actor).filter(status=status)
    oldest_first = status == ProposalStatus.WAITING
    after = query.get("after", "")
    if after.isascii() and after.isdigit() and len(after) < 19:
        found = found.filter(**{"id__gt" if oldest_first else "id__lt": int(after)})
    rows = list(found.order_by("id" if oldest_first else "-id")[: PAGE + 1])
    here = reverse("people:proposals")
    more = len(rows) > PAGE
    return {
        "tabs": [
            {
                "label": label,
                "url": f"{here}?status={value}",
                "active": value == status,
                "count": None,
            }
            for value, label in ProposalStatus.choices
        ],
        "rows": [_line(proposal) for proposal in rows[:PAGE]],
        "next_url": f"{here}?status={status}&after={rows[PAGE - 1].pk}" if more else "",
    }


def _line(proposal: Proposal) -> list[Any]:
    return [
        {"text": proposal.person.name, "url": proposal.get_absolute_url()},
        full_division_name(proposal.person.household_area),
        proposal.guarded,
        {"text": proposal.actor, "note": clock.minute_of(proposal.asked_at)},
        {"text": proposal.decided_by, "note": clock.minute_of(proposal.decided_at)}
        if proposal.decided_at
        else "",
        {"tags": [{"text": proposal.get_status_display(), "state": STATES[ProposalStatus(proposal.status)]}]},
    ]


def proposal_page(proposal: Proposal, actor: Actor, **said: Any) -> dict[str, Any]:
    """Context of ``people/proposal.html``; ``said`` is what an attempt just refused had typed, or ``plain``."""
    person, may = proposal.person, actor.may(APPROVE)
    waits = proposal.status == ProposalStatus.WAITING
    plain = bool(said.get("plain"))
    return {
        "title": f"复核更正：{person.name}",
        "proposal": proposal,
        "state": STATES[ProposalStatus(proposal.status)],
        "person_url": person.get_absolute_url(),
        "area": full_division_name(person.household_area),
        "rows": compared(proposal, actor, plain=plain),
        "blockers": blockers_to_decide(proposal, actor) if may and waits else (),
        "may_decide": may and waits and not blockers_to_decide(proposal, actor),
        "may_withdraw": not blockers_to_withdraw(proposal, actor),
        "may_reveal": not set(Person.SEALED).isdisjoint(proposal.names)
        and actor.may(REVEAL)
        and may
        and waits
        and not plain
        and not blockers_to_decide(proposal, actor),
        "urls": {
            verb: reverse(f"people:{verb}", args=[proposal.uid])
            for verb in ("approve_change", "refuse_change", "withdraw_change", "reveal_change")
        },
        "reasons": list(REASONS.items()),
        "note": said.get("note", ""),
        "refused": said.get("refused", ()),
    }


def reverse_page(change: FileChange, actor: Actor, **said: Any) -> dict[str, Any]:
    """Context of ``people/reverse.html``: what will stand there again."""
    return {
        "title": f"冲回变更：{change.person.name}",
        "back_url": reverse("people:panel", args=[change.person.uid, "history"]),
        "change": change,
        "rows": compared(change, actor),
        "matters": matters_of(change.names),
        "blockers": blockers_to_reverse(change, actor),
        "reason": said.get("reason", ""),
        "refused": said.get("refused", ()),
    }
