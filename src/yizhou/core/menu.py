"""Menu entries: packages declare where their pages stand; the shell draws them by ring."""

from __future__ import annotations

from dataclasses import dataclass

from yizhou.core.registry import Registry

GROUPS = {
    "axis": "",
    "party": "党建引领",
    "smart": "智慧服务",
    "growth": "同心培育",
    "care": "全域关爱",
    "glory": "金色共辉",
    "govern": "治理",
}
"""Groups of the navigation: the axis itself, its five rings, and what serves them all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation, shown to those who carry ``permission``. ``url`` is a URL name with its ``args``."""

    url: str
    label: str
    group: str
    permission: str
    order: int = 50
    args: tuple[str, ...] = ()


MENU: Registry[Entry] = Registry("menu")


def entry(
    url: str, label: str, *, group: str, permission: str, order: int = 50, args: tuple[str, ...] = ()
) -> Entry:
    """Declare a menu entry."""
    return MENU.add(" ".join([url, *args]), Entry(url, label, group, permission, order, args))


HEADINGS: Registry[Entry] = Registry("headings of the menu")
"""By group: the page to which its heading leads."""


def heading(url: str, *, group: str, permission: str, args: tuple[str, ...] = ()) -> Entry:
    """Declare the page behind the heading of a group."""
    return HEADINGS.add(group, Entry(url, GROUPS[group], group, permission, args=args))
