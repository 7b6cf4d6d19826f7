"""评价: the applicant's own, once, five levels, none filled in beforehand."""

from __future__ import annotations

from yizhou.cases.actions.moving import record_case
from yizhou.cases.models import Case, Rating
from yizhou.cases.queries.facts import limits
from yizhou.cases.rules.ratings import BAD, RatingFacts, blockers_to_rate
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict, refuse
from yizhou.events.actions import action
from yizhou.orgs.queries import work_calendar


@action("cases.rate_case")
def rate_case(rating: Rating, *, level: str, comment: str = "", actor: Actor) -> Rating:
    """Answer the invitation of a finished case. A bad one has to be called back within the site's workdays."""
    case = rating.case
    stored = Rating.objects.everywhere("re-read inside the action").get(pk=rating.pk)
    done = case is None or case.completed_at is not None
    refuse(blockers_to_rate(RatingFacts(stored.level, is_completed=done), level))
    today = clock.today()
    due = work_calendar().add(today, limits().callback_days) if level in BAD else None
    changes = {"level": level, "comment": comment.strip()[:500], "rated_on": today, "follow_up_due_on": due}
    mine = Rating.objects.everywhere("compare-and-set of one rating").filter(pk=rating.pk, level="")
    if mine.update(row_digest=None, **changes) != 1:
        raise Conflict("已经评价过")
    for name, value in changes.items():
        setattr(rating, name, value)
    if isinstance(case, Case):
        record_case(actor, "rating.given", case, level=level)
    return rating
