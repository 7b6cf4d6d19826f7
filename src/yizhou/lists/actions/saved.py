"""Keeping, renaming, sharing and removing saved filters; only the one who saved a filter changes it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.configured import parameter
from yizhou.core.refusal import Blocker, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.lists.models import SavedFilter, own_area
from yizhou.lists.rules import blockers_to_name
from yizhou.people.queries.filters import Wanted

SAVE = "lists.save_filter"
TAKEN = "您已有同名的常用筛选"


def most() -> int:
    """How many one account may keep."""
    return parameter("saved_filters_most")


@action(SAVE)
def save_filter(query: Mapping[str, str], name: str, *, actor: Actor, is_shared: bool = False) -> SavedFilter:
    """Keep what the list shows under a name. Raises ``Refused`` for nothing, without a name, and for too many."""
    wanted = dict(Wanted.read(query, actor).pairs())
    own = SavedFilter.objects.own(actor)
    found = blockers_to_name(name, is_taken=own.filter(name=name.strip()).exists())
    if not wanted:
        found.append(Blocker("NOTHING", "名单没有加条件，也没有换排序和列", "先在名单上选好，再保存"))
    if own.count() >= most():
        found.append(Blocker("TOO_MANY", f"每人最多保存 {most()} 个常用筛选", "删去不用的，再保存"))
    refuse(found)
    saved = SavedFilter(
        name=name.strip(),
        query=wanted,
        is_shared=is_shared,
        area=own_area(actor),
        account_id=actor.account_id,
        actor=actor.name,
        saved_at=clock.now(),
    )
    _keep(saved)
    _tell(actor, "filter.saved", saved)
    return saved


@action(SAVE)
def edit_filter(saved: SavedFilter, name: str, *, actor: Actor, is_shared: bool) -> SavedFilter:
    """Call it otherwise, share it with one's unit or keep it to oneself. Raises ``Refused`` for somebody else's."""
    others = SavedFilter.objects.own(actor).exclude(pk=saved.pk).filter(name=name.strip())
    refuse([*blockers_of_owner(saved, actor), *blockers_to_name(name, is_taken=others.exists())])
    saved.name, saved.is_shared = name.strip(), is_shared
    if is_shared:
        saved.area = own_area(actor)
    _keep(saved)
    _tell(actor, "filter.edited", saved)
    return saved


@action(SAVE)
def remove_filter(saved: SavedFilter, *, actor: Actor) -> None:
    """Forget it; the people are untouched. Raises ``Refused`` for somebody else's."""
    refuse(blockers_of_owner(saved, actor))
    _tell(actor, "filter.removed", saved)
    saved.delete()


def blockers_of_owner(saved: SavedFilter, actor: Actor) -> list[Blocker]:
    """Shared ones are used by colleagues and changed by nobody else."""
    if saved.account_id == actor.account_id:
        return []
    return [
        Blocker("NOT_YOURS", "这是别人共用的常用筛选，您只能使用", f"请 {saved.actor} 修改，或自己另存一个")
    ]


def _keep(saved: SavedFilter) -> None:
    """Two windows may take the same name at the same moment."""
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError:
        refuse(blockers_to_name(saved.name, is_taken=True))


def _tell(actor: Actor, kind: str, saved: SavedFilter) -> None:
    record(
        actor,
        kind,
        saved,
        concern=Concern(area=saved.area),
        name=saved.name,
        asked=saved.query,
        shared=saved.is_shared,
    )
