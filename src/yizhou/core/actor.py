"""Who acts: one value handed down every call instead of user, request, token and address apart."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Actor:
    """The person or machine behind a call, with what it may do and see.

    ``areas`` are division-code prefixes: ``""`` is everywhere, an empty tuple is nowhere.
    ``department`` is the code of a partner department, or ``""`` for staff of the bureau, centre or station.
    ``once`` is the client's idempotency token for the write under way, or ``None``.
    """

    account_id: int | None
    name: str
    roles: frozenset[str] = frozenset()
    areas: tuple[str, ...] = ()
    department: str = ""
    permissions: frozenset[str] = frozenset()
    address: str = ""
    request_id: str = ""
    once: str | None = None
    area_label: str = field(default="", compare=False)

    def may(self, permission: str) -> bool:
        """True when the permission was granted by one of the actor's roles; an empty set grants nothing."""
        return permission in self.permissions

    def covers(self, area: str) -> bool:
        """True when a 12-digit division code lies inside the actor's areas."""
        return any(area.startswith(prefix) for prefix in self.areas)

    def with_once(self, token: str | None) -> Actor:
        """The same actor carrying an idempotency token."""
        return replace(self, once=token or None)


NOBODY = Actor(account_id=None, name="未登录")
"""Somebody who has not signed in: no role, no area, no permission."""


def system_actor(name: str, permissions: frozenset[str], areas: tuple[str, ...] = ("",)) -> Actor:
    """A background step or a command at the console, named in the log as ``name``."""
    return Actor(None, name, frozenset({"SYSTEM"}), areas, permissions=permissions)


def worker_actor(permissions: frozenset[str] = frozenset()) -> Actor:
    """The background worker, in whatever it does by itself."""
    return system_actor("系统", permissions)
