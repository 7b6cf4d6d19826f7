"""差评闭环: call back, mend, or strike what proved untrue (handbook §5.4)."""

from __future__ import annotations

from typing import Any

from yizhou.cases.models import Rating
from yizhou.cases.queries.facts import limits
from yizhou.cases.rules.ratings import (
    RatingFacts,
    blockers_to_fix,
    blockers_to_follow_up,
    blockers_to_void,
)
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.orgs.queries import work_calendar


@action("cases.follow_up_rating")
def follow_up_rating(rating: Rating, *, is_genuine: bool, note: str, actor: Actor) -> Rating:
    """Note what the call-back found; a genuine complaint has to be mended within the site's workdays."""
    stored = _stored(rating)
    refuse(blockers_to_follow_up(rating_facts(stored, actor), note))
    today = clock.today()
    due = work_calendar().add(today, limits().fix_days) if is_genuine else None
    _change(
        stored,
        followed_up_at=clock.now(),
        followed_up_by=actor.account_id,
        follow_up_note=note[:300],
        is_genuine=is_genuine,
        fix_due_on=due,
    )
    _record(actor, "rating.followed_up", stored, note, genuine=is_genuine)
    return stored


@action("cases.fix_rating")
def fix_rating(rating: Rating, *, note: str, actor: Actor) -> Rating:
    """Note how it was mended and answered."""
    stored = _stored(rating)
    refuse(blockers_to_fix(rating_facts(stored, actor), note))
    _change(stored, fixed_at=clock.now(), fix_note=note[:300])
    _record(actor, "rating.fixed", stored, note)
    return stored


@action("cases.void_rating")
def void_rating(rating: Rating, *, note: str, actor: Actor) -> Rating:
    """Strike a rating that proved untrue; a second person decides."""
    stored = _stored(rating)
    refuse(blockers_to_void(rating_facts(stored, actor), note))
    _change(stored, voided=True)
    _record(actor, "rating.voided", stored, note)
    return stored


def rating_facts(rating: Rating, actor: Actor) -> RatingFacts:
    """What the rules ask about a rating."""
    by = rating.followed_up_by
    return RatingFacts(
        level=rating.level,
        is_voided=bool(rating.voided),
        is_followed_up=rating.followed_up_at is not None,
        is_genuine=bool(rating.is_genuine),
        is_fixed=rating.fixed_at is not None,
        same_hands=by is not None and by == actor.account_id,
    )


def _stored(rating: Rating) -> Rating:
    stored: Rating = Rating.objects.everywhere("re-read inside the action").get(pk=rating.pk)
    return stored


def _change(rating: Rating, **changes: Any) -> None:
    mine = Rating.objects.everywhere("compare-and-set of one rating").filter(
        pk=rating.pk,
        followed_up_at=rating.followed_up_at,
        fixed_at=rating.fixed_at,
        voided=rating.voided,
    )
    if mine.update(row_digest=None, **changes) != 1:
        raise Conflict
    for name, value in changes.items():
        setattr(rating, name, value)


def _record(actor: Actor, kind: str, rating: Rating, note: str, **data: object) -> None:
    record(actor, kind, rating, concern=Concern(area=rating.area), reason=note, no=rating.rating_no, **data)
