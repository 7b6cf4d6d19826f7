"""One registry for all plugs: packages declare, the start-up collects and freezes, readers look up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Generic, TypeVar

T = TypeVar("T")

PLUGS = ("event_types", "effects", "panels", "worklists", "indicators", "ledgers", "menu")
"""The seven plugs: module names looked for in every installed package at start-up."""

_ALL: list[Registry[object]] = []


class RegistryError(RuntimeError):
    """A plug was declared twice, too late, or asked for by an unknown name."""


class Registry(Generic[T]):
    """Named declarations of one kind, in the order in which they were declared.

    Raises ``RegistryError`` on a duplicate, on a declaration after start-up, and on an unknown name.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._items: dict[str, T] = {}
        self._frozen = False
        _ALL.append(self)  # type: ignore[arg-type]  # the list only freezes them, whatever they hold

    def add(self, name: str, item: T) -> T:
        """Declare ``item`` under ``name``."""
        if self._frozen:
            raise RegistryError(f"{self.kind}: {name!r} is declared after start-up")
        if name in self._items:
            raise RegistryError(f"{self.kind}: {name!r} is declared twice")
        self._items[name] = item
        return item

    def register(self, name: str) -> Callable[[T], T]:
        """The same as a decorator."""
        return lambda item: self.add(name, item)

    def __getitem__(self, name: str) -> T:
        try:
            return self._items[name]
        except KeyError:
            raise RegistryError(f"{self.kind}: no {name!r}; known: {', '.join(self._items)}") from None

    def get(self, name: str) -> T | None:
        """The declaration of that name, or None."""
        return self._items.get(name)

    def __contains__(self, name: object) -> bool:
        return name in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def values(self) -> list[T]:
        """All declarations, first declared first."""
        return list(self._items.values())

    def items(self) -> list[tuple[str, T]]:
        """Names with their declarations."""
        return list(self._items.items())

    def freeze(self) -> None:
        """Refuse further declarations."""
        self._frozen = True


def discover(packages: list[str]) -> None:
    """Import the plug modules of ``packages`` (dotted names), then freeze every registry."""
    for plug in PLUGS:
        for package in packages:
            if find_spec(f"{package}.{plug}") is not None:
                import_module(f"{package}.{plug}")
    for registry in _ALL:
        registry.freeze()
