"""The Jinja2 environment of all pages: strict, escaped, with the few filters that pages share."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import Environment, StrictUndefined

from yizhou.core import clock
from yizhou.core.fen import format_wan, format_yuan
from yizhou.core.remembered import Kept
from yizhou.ledgers.columns import code_name


def environment(**options: Any) -> Environment:
    """Made once by Django's template backend."""
    options.update(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env = Environment(**options)  # noqa: S701  # Django's backend passes autoescape=True
    env.globals.update(
        static=lru_cache(static), url=_url, kept=kept, now=timezone.localtime, once=lambda: uuid.uuid4().hex
    )
    env.filters.update(
        day=day,
        moment=moment,
        thousands=thousands,
        yuan=format_yuan,
        wan=format_wan,
        code=lambda value, table: code_name(table, value) if value else "",
    )
    return env


_kept: Kept[Any] = Kept(512)


def kept(key: Hashable, macro: Callable[..., Any], *args: Any) -> Any:
    """What a macro writes, kept in this process under ``key``, which names everything that it depends on.

    For the parts that are the same on thousands of pages: navigation and filters. Without a key nothing is kept.
    """
    if key is None:
        return macro(*args)
    written = _kept.get(key)
    return _kept.keep(key, macro(*args)) if written is None else written


@lru_cache(maxsize=2048)
def _url(name: str, *args: Hashable) -> str:
    return reverse(name, args=args)


def day(value: dt.date | None) -> str:
    """2024-03-05, or nothing."""
    return value.isoformat() if value else ""


def moment(value: dt.datetime | None) -> str:
    """2024-03-05 09:30 in local time, or nothing."""
    return clock.minute_of(value) if value else ""


def thousands(value: float | None) -> str:
    """1,234; nothing for nothing."""
    return "" if value is None else f"{value:,}"
