"""Saved filters as links: one's own first, then those shared in the unit that the reader may ask for in full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.lists.models import SavedFilter
from yizhou.people.queries.asking import COLS
from yizhou.people.queries.exporting import asked
from yizhou.people.queries.filters import SORT_LABELS, Wanted

SHOWN = 200


def saved_filters(actor: Actor) -> list[SavedFilter]:
    """One's own, then the shared ones, by name. What asks for more than the reader's post may ask is not offered."""
    found = SavedFilter.objects.visible_to(actor).order_by("name", "id")[:SHOWN]
    own = [saved for saved in found if saved.account_id == actor.account_id]
    shared = [s for s in found if s.account_id != actor.account_id and not lacking(s, actor)]
    return [*own, *shared]


def lacking(saved: SavedFilter, actor: Actor) -> bool:
    """Whether the list would leave out a filter of it: a code that is gone, or one closed to the reader's post."""
    wanted = dict(Wanted.read(saved.query, actor).pairs())
    return any(wanted.get(name) != value for name, value in saved.query.items() if name != COLS)


def url_of(saved: SavedFilter, actor: Actor) -> str:
    """The list as it was saved."""
    return reverse("people:list") + Wanted.read(saved.query, actor).url()


def words_of(query: Mapping[str, str], actor: Actor) -> str:
    """Filters, sort and columns in words."""
    wanted = Wanted.read(query, actor)
    said = [asked(query, actor).words]
    if wanted.sort != "area":
        said.append(SORT_LABELS[wanted.sort])
    if wanted.cols:
        said.append(f"{len(wanted.cols.split(',')) + 1} 列")
    return "；".join(said)


def menu(query: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """The menu above the list: where each leads, and where what is shown now is saved."""
    here = Wanted.read(query, actor).url()
    links = [
        {
            "label": saved.name,
            "url": url_of(saved, actor),
            "note": "" if saved.account_id == actor.account_id else saved.actor,
        }
        for saved in saved_filters(actor)
    ]
    return {
        "links": [{**link, "is_here": link["url"].endswith(here) and here != "?"} for link in links],
        "save_url": reverse("lists:save") + here,
        "page_url": reverse("lists:saved"),
    }


def saved_page(actor: Actor, **said: Any) -> dict[str, Any]:
    """Context of ``lists/saved.html``."""
    rows = [
        {
            "uid": saved.uid,
            "name": saved.name,
            "url": url_of(saved, actor),
            "words": words_of(saved.query, actor),
            "is_shared": saved.is_shared,
            "lacks": lacking(saved, actor),
            "by": saved.actor,
            "edit_url": reverse("lists:edit", args=[saved.uid]) if mine else "",
            "remove_url": reverse("lists:remove", args=[saved.uid]) if mine else "",
        }
        for saved in saved_filters(actor)
        for mine in (saved.account_id == actor.account_id,)
    ]
    return {
        "title": "常用筛选",
        "note": "给名单的条件、排序和列起个名字，下次一点就到；默认只有自己看得到",
        "list_url": reverse("people:list"),
        "rows": rows,
        "refused": said.get("refused", ()),
    }


def save_page(query: Mapping[str, str], actor: Actor, **said: Any) -> dict[str, Any]:
    """Context of ``lists/save.html``."""
    here = Wanted.read(query, actor).url()
    return {
        "title": "保存为常用筛选",
        "note": words_of(query, actor),
        "action_url": reverse("lists:save") + here,
        "back_url": reverse("people:list") + here,
        "name": said.get("name", ""),
        "is_shared": said.get("is_shared", False),
        "refused": said.get("refused", ()),
    }
