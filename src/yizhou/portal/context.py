"""What the shell shows on every page: menu, scope, who, messages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from yizhou.core.actor import Actor
from yizhou.core.menu import GROUPS, HEADINGS, MENU
from yizhou.orgs.models import Appointment
from yizhou.orgs.queries import full_division_name, role_name

LEVELS = {"info": "info", "success": "ok", "warning": "warn", "error": "late"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Variables of ``shell.html``; for somebody not signed in only the frame."""
    actor: Actor | None = getattr(request, "actor", None)
    # One token serves all forms of a page: each call would mask it anew.
    once = {"csrf_input": SimpleLazyObject(lambda: csrf_input(request))}
    if actor is None or actor.account_id is None:
        return {**once, "demo": _banner()}
    return {
        **once,
        **navigation(actor.permissions, request.path),
        "scope_label": scope_label(actor),
        "who": {"name": actor.name, "post": actor.area_label, "posts": posts_of(request)},
        "q": request.GET.get("q", ""),
        "flashes": [
            {"level": LEVELS.get(m.level_tag, "info"), "text": str(m)} for m in get_messages(request)
        ],
        "demo": _banner(),
        "actor": actor,
    }


def posts_of(request: HttpRequest) -> list[dict[str, Any]]:
    """The posts between which somebody with several may choose; the one acting now is marked."""
    posts: tuple[Appointment, ...] = getattr(request, "posts", ())
    if len(posts) < 2:
        return []
    chosen = request.session.get("appointment")
    active = next((p for p in posts if str(p.uid) == chosen), posts[0])
    return [{"id": p.uid, "label": post_label(p), "active": p is active} for p in posts]


def post_label(post: Appointment) -> str:
    """A post in words: its own name, or role and division."""
    where = full_division_name(post.area) if post.area else "全部区划"
    return post.label or f"{role_name(post.role)} · {where or post.area}"


def _banner() -> str:
    return "演示数据：人名、证件号、地名均为虚构" if settings.DEMO else ""


def scope_label(actor: Actor) -> str:
    """Where the actor works, in words."""
    if "" in actor.areas:
        return "全市"
    return "、".join(full_division_name(area.ljust(12, "0")) or area for area in actor.areas)


def navigation(permissions: frozenset[str], path: str) -> dict[str, Any]:
    """``menu``: groups with the entries that may be opened; ``menu_key``: all that it depends on."""
    groups = _menu(permissions)
    urls = [url for group in groups for url in [group.url, *(url for _, url in group.entries)] if url]
    here = _innermost(path, urls)
    menu = [
        {
            "ring": group.ring,
            "title": group.title,
            "url": group.url,
            "active": bool(group.url) and group.url == here,
            "entries": [_line(label, url, here) for label, url in group.entries],
        }
        for group in groups
    ]
    return {"menu": menu, "menu_key": ("menu", permissions, here)}


class Group(NamedTuple):
    """One heading of the menu with its own address, "" for none, and its entries (label, address)."""

    ring: str
    title: str
    url: str
    entries: list[tuple[str, str]]


@lru_cache(maxsize=256)
def _menu(permissions: frozenset[str]) -> list[Group]:
    """The groups of the menu: the same for all with these permissions."""
    groups = []
    for ring, title in GROUPS.items():
        entries = sorted(
            (e for e in MENU.values() if e.group == ring and e.permission in permissions),
            key=lambda e: e.order,
        )
        lines = [(e.label, reverse(e.url, args=e.args)) for e in entries]
        page = HEADINGS.get(ring)
        url = reverse(page.url, args=page.args) if page and page.permission in permissions else ""
        if lines or url:
            groups.append(Group("axis" if ring == "govern" else ring, title, url, lines))
    return groups


def _innermost(path: str, urls: Iterable[str]) -> str:
    """The entry that the page belongs to: of /cases/ and /cases/bundles/ the longer one that fits."""
    fitting = (url for url in urls if (path == url if url == "/" else path.startswith(url)))
    return max(fitting, key=len, default="")


def _line(label: str, url: str, here: str) -> dict[str, Any]:
    return {"label": label, "url": url, "active": url == here, "badge": "", "hot": False}
