"""The permission table: one fact file says which role may do what (trust.md D3). Default is nobody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from yizhou.core.facts import FactError, read_toml


@dataclass(frozen=True, slots=True)
class Role:
    """One of the roles of handbook §1. ``scope`` tells what its area must be."""

    code: str
    name: str
    scope: str


@dataclass(frozen=True, slots=True)
class Permission:
    """One right. The code is ``package.verb_noun`` and equals the action's or the page's name."""

    code: str
    label: str
    roles: frozenset[str]


@lru_cache(maxsize=1)
def roles() -> dict[str, Role]:
    """Roles by code, in the order of the fact file."""
    return {
        entry["code"]: Role(entry["code"], entry["name"], entry.get("scope", ""))
        for entry in read_toml("roles.toml")["role"]
    }


@lru_cache(maxsize=1)
def permissions() -> dict[str, Permission]:
    """Permissions by code. Raises ``FactError`` when one grants nobody or names an unknown role."""
    table: dict[str, Permission] = {}
    for entry in read_toml("permissions.toml")["permission"]:
        code, granted = entry["code"], frozenset(entry["roles"])
        if not granted:
            raise FactError(
                "permissions.toml", "没有授予任何角色", key=code, remedy="写明角色；空表不代表所有人"
            )
        if unknown := granted - roles().keys() - {"SYSTEM"}:
            wrong = f"角色不存在：{'、'.join(sorted(unknown))}"
            raise FactError("permissions.toml", wrong, key=code, remedy="改为 roles.toml 中的代码")
        table[code] = Permission(code, entry["label"], granted)
    return table


@lru_cache(maxsize=64)
def granted_to(role: str) -> frozenset[str]:
    """Codes of the permissions that a role carries."""
    return frozenset(code for code, permission in permissions().items() if role in permission.roles)
