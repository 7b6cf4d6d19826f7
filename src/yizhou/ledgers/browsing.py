"""Looking through the rows of a ledger: filters, keyset pages, masked cells, one row in full.

Pages are turned by the public id of the last row shown, never by counting rows off (trust.md D5).
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.scope import is_code, prefix_of
from yizhou.events.kinds import KINDS
from yizhou.events.models import Event, Outcome
from yizhou.files.queries import files_about, line
from yizhou.ledgers.columns import Column, code_table
from yizhou.ledgers.editing import ADD, CORRECT, VOID, may_edit, may_import
from yizhou.ledgers.exporting import Choice, masked, rows_of
from yizhou.ledgers.ledger import Ledger
from yizhou.ledgers.rendering import cell, names_of, stored_rows
from yizhou.orgs.models import Division
from yizhou.orgs.queries import division_names

SIZE = 50
MOST_COUNTED = 10_000
MOST_FILTERS = 3
SHOWN_COLUMNS = 7
HISTORY = 50
DIGITS = re.compile(r"\d{1,9}", re.ASCII)
YEARS = range(1000, 9001)
INDENT = {"CITY": "", "COUNTY": "　", "TOWN": "　　", "VILLAGE": "　　　"}

Rows = models.QuerySet[Any]
LinkTo = Callable[..., str]
"""Makes the address of the same page with other parameters."""


@dataclass(frozen=True)
class Cursor:
    """Where a page starts: after or before the row of that public id; ``start`` is the number of its first row."""

    after: str = ""
    before: str = ""
    start: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Cursor:
        """From the parameters of an address; what cannot be read means the first page."""
        start = query.get("start", "")
        return cls(
            query.get("after", ""), query.get("before", ""), int(start) if DIGITS.fullmatch(start) else 1
        )


@dataclass(frozen=True)
class Page:
    """One page of rows: values by field with ``id`` and ``uid``, and whether there is more on either side."""

    rows: list[dict[str, Any]]
    start: int
    has_previous: bool
    has_next: bool


def order_field(model: type[models.Model], date_field: str) -> str:
    """The date by which a ledger is read where an index begins with it, else the inner number."""
    indexed = any(index.fields[:1] == [date_field] for index in model._meta.indexes)
    return date_field if indexed else "pk"


def page_of(bound: Ledger, rows: Rows, cursor: Cursor, size: int = SIZE) -> Page:
    """One page, newest first."""
    key = order_field(bound.model, bound.date_field)
    back = bool(cursor.before) and not cursor.after
    order = ("", "") if back else ("-", "-")
    found = _beyond(rows, key, cursor.before if back else cursor.after, back=back)
    found = found.order_by(f"{order[0]}{key}", *([f"{order[1]}pk"] if key != "pk" else []))
    ids = list(found.values_list("pk", flat=True)[: size + 1])
    more, ids = len(ids) > size, ids[:size]
    ids = ids[::-1] if back else ids
    values = {row["id"]: row for row in stored_rows(bound, _named(rows, ids))}
    uids = dict(_named(rows, ids).values_list("pk", "uid"))
    shown = [{**values[pk], "uid": uids[pk]} for pk in ids]
    first_page = not back and not cursor.after
    return Page(shown, 1 if first_page else cursor.start, more if back else not first_page, back or more)


def _named(rows: Rows, ids: list[int]) -> Rows:
    """Rows by their inner ids alone: found among ``rows`` already, whose conditions may be dear to ask again."""
    objects: Any = rows.model._default_manager
    scoped = hasattr(objects, "everywhere")
    found: Rows = objects.everywhere("rows found in the reader's scope") if scoped else objects.all()
    return found.filter(pk__in=ids).order_by()


def _beyond(rows: Rows, key: str, uid: str, *, back: bool) -> Rows:
    """Rows on the far side of the anchor; an anchor that is not among them means the first page."""
    try:
        # Looked up among the rows in scope: the place of a foreign row must not be told (trust.md T5).
        anchor = rows.filter(uid=uuid.UUID(uid)).order_by().values_list(key, "pk").first()
    except ValueError:
        return rows
    if anchor is None:
        return rows
    side = "gt" if back else "lt"
    if key == "pk":
        return rows.filter(**{f"pk__{side}": anchor[1]})
    # The plain range lets the index be used; the pair decides among rows of the same moment.
    within = Q(**{f"{key}__{side}e": anchor[0]})
    return rows.filter(within, Q(**{f"{key}__{side}": anchor[0]}) | Q(**{f"pk__{side}": anchor[1]}))


def table(
    bound: Ledger, rows: Rows, cursor: Cursor, link: LinkTo, most: int = MOST_COUNTED
) -> dict[str, Any]:
    """``headers``, ``rows`` and ``page`` as table.html takes them; beyond ``most`` rows the pager says "more than"."""
    page = page_of(bound, rows, cursor)
    counted = rows.order_by()[: most + 1].count()
    return {
        "headers": [column.header for column in list_columns(bound)],
        "rows": list(lines_of(bound, rows, page).values()),
        "page": _pager(page, min(counted, most), counted > most, link),
    }


def list_columns(bound: Ledger) -> list[Column]:
    """Columns of the list."""
    return [bound.layout[name] for name in bound.list_fields or first_fields(bound)]


def lines_of(bound: Ledger, rows: Rows, page: Page) -> dict[int, list[Any]]:
    """The cells of each row of a page by inner id, in its order; the first cell leads to the row."""
    urls = urls_of(bound, rows, page)
    found: dict[int, list[Any]] = {}
    for row, (first, *further) in zip(page.rows, shown_cells(list_columns(bound), page.rows), strict=True):
        found[row["id"]] = [{"text": first, "url": urls[row["id"]]}, *further]
    return found


def first_fields(bound: Ledger) -> list[str]:
    """Columns of the list where the ledger names none: what every row must have comes first."""
    columns = bound.layout.columns
    wanted = [c.field for c in columns if c.key or c.required]
    further = [c.field for c in columns if not (c.key or c.required)]
    picked = {*[*wanted, *further][:SHOWN_COLUMNS]}
    return [c.field for c in columns if c.field in picked]


def _pager(page: Page, total: int, more_than: bool, link: LinkTo) -> dict[str, Any]:
    count = len(page.rows)
    previous = following = ""
    if count and page.has_previous:
        previous = link(before=page.rows[0]["uid"], start=max(1, page.start - SIZE))
    if count and page.has_next:
        following = link(after=page.rows[-1]["uid"], start=page.start + count)
    return {
        "start": page.start,
        "end": page.start + count - 1 if count else 0,
        "total": total,
        "more_than": more_than,
        "previous_url": previous,
        "next_url": following,
    }


def urls_of(bound: Ledger, rows: Rows, page: Page) -> dict[int, str]:
    """Where each row leads: to its own page, or to the row in full."""
    found = {row["id"]: reverse("ledgers:row", args=[bound.name, row["uid"]]) for row in page.rows}
    if hasattr(bound.model, "get_absolute_url"):
        for row in _named(rows, list(found)):
            found[row.pk] = row.get_absolute_url()
    return found


def shown(column: Column, row: dict[str, Any], areas: Mapping[str, str]) -> str:
    """A cell as it is shown on a page: names for codes and divisions, sensitive values masked, no seconds."""
    value = row.get(column.field)
    if column.kind == "area" or column.argument == "areas.area_code":
        return areas.get(str(value), str(value or ""))
    text = masked(column, cell(column, value))
    return text[:16] if column.kind == "datetime" else text


def shown_cells(columns: Sequence[Column], rows: Sequence[dict[str, Any]]) -> list[list[str]]:
    """Cells of rows as pages show them; a reference with the name of what it points to before the number."""
    areas, names = area_names(columns, rows), names_of(rows, columns)
    return [[_with_name(column, row, areas, names) for column in columns] for row in rows]


def _with_name(
    column: Column,
    row: dict[str, Any],
    areas: Mapping[str, str],
    names: Mapping[str, Mapping[str, str]],
) -> str:
    text = shown(column, row, areas)
    name = names.get(column.field, {}).get(str(row.get(column.field)), "")
    return f"{name} {text}" if name and name != text else text


def area_names(columns: Sequence[Column], rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Names of the divisions that stand in the cells."""
    fields = [c.field for c in columns if c.kind == "area" or c.argument == "areas.area_code"]
    codes = {str(row[field]) for field in fields for row in rows if row.get(field)}
    return division_names(list(codes)) if codes else {}


def address(path: str, kept: Mapping[str, object]) -> LinkTo:
    """Addresses of the same page: what is ``kept``, then the given parameters; empty ones are left out."""

    def link(**further: object) -> str:
        given = {name: value for name, value in {**kept, **further}.items() if value not in ("", None)}
        return f"{path}?{urlencode(given)}" if given else path

    return link


def day_of(text: str) -> dt.date | None:
    """A day of an address; anything else counts as none, so do years too far off to be reckoned with."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def area_choices(actor: Actor, chosen: str) -> list[list[str]]:
    """Divisions to choose from: the actor's own, those above and directly below the chosen one. Code and label."""
    prefixes = ("",) if "" in actor.areas else actor.areas
    tops = [prefix.ljust(12, "0") if prefix else "" for prefix in prefixes]
    above = (
        {chosen[:n].ljust(12, "0") for n in (4, 6, 9, 12) if len(prefix_of(chosen)) >= n} if chosen else set()
    )
    opened = {*above, *tops}
    if "" in tops:
        opened |= set(Division.objects.filter(parent_code="").values_list("area_code", flat=True)[:2])
    wanted = Q(area_code__in=opened - {""}) | Q(parent_code__in=opened)
    found = Division.objects.filter(wanted).order_by("area_code").values_list("area_code", "name", "level")
    listed = [[code, INDENT.get(level, "") + name] for code, name, level in found if actor.covers(code)]
    return [["", "全部区划"], *listed] if "" in tops else listed


def browse_page(bound: Ledger, actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """The list of a ledger's rows."""
    named = query.get("area", "")
    area = named if is_code(named) else next((p.ljust(12, "0") for p in actor.areas if p), "")
    columns = filter_columns(bound)
    chosen = {c.field: v for c in columns if (v := query.get(c.field, "")) in code_table(c.argument).names}
    person = _person_asked(bound, query)
    asked = {"area": area, "from": query.get("from", ""), "to": query.get("to", ""), **person, **chosen}
    rows = rows_of(bound, actor, Choice(area, day_of(asked["from"]), day_of(asked["to"]))).filter(**chosen)
    rows = rows.filter(person__uid=person["person"]) if person else rows
    path = reverse("ledgers:browse", args=[bound.name])
    found = table(bound, rows, Cursor.of(query), address(path, asked))
    return {
        "title": bound.title,
        "note": "敏感字段以掩码显示",
        "actions": _list_actions(bound, actor),
        "period": {"from": asked["from"], "to": asked["to"], "presets": []},
        "areas": area_choices(actor, area),
        "area": area,
        "chosen": {**person, **chosen},
        "filters": [
            *_about_person(person, path, asked),
            *(_filter(column, chosen, path, asked) for column in columns),
        ],
        "clear_url": address(path, {k: v for k, v in asked.items() if k not in {*chosen, *person}})(),
        **found,
    }


def _person_asked(bound: Ledger, query: Mapping[str, str]) -> dict[str, str]:
    """The person whose rows alone are wanted, by public id; nothing for what is none."""
    try:
        return {"person": str(uuid.UUID(query["person"]))} if bound.person == "person_id" else {}
    except (KeyError, ValueError):
        return {}


def filter_columns(bound: Ledger) -> list[Column]:
    """Columns of codes by which the list is narrowed: the state a row is in, its kind."""
    listed = set(bound.list_fields or first_fields(bound))
    codes = [c for c in bound.layout.columns if c.kind == "code" and c.argument != "item"]
    return sorted(codes, key=lambda column: column.field not in listed)[:MOST_FILTERS]


def _about_person(person: Mapping[str, str], path: str, asked: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The chip that takes the choice of one person away."""
    without = {name: value for name, value in asked.items() if name not in person}
    if person:
        yield {"label": "服务对象", "value": "仅一人", "clear_url": address(path, without)(), "options": []}


def _filter(column: Column, chosen: Mapping[str, str], path: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """One chip of filters.html."""
    names = code_table(column.argument).names
    without = {name: value for name, value in asked.items() if name != column.field}
    return {
        "label": column.header,
        "value": names.get(chosen.get(column.field, ""), ""),
        "clear_url": address(path, without)(),
        "options": [
            {"label": name, "url": address(path, {**without, column.field: code})()}
            for code, name in names.items()
        ],
    }


def _list_actions(bound: Ledger, actor: Actor) -> list[dict[str, str]]:
    """Buttons over the list: what this reader may do here."""
    buttons = [
        ("登记一条", reverse("ledgers:add", args=[bound.name]), "primary", may_edit(bound, actor, ADD)),
        ("导入", f"{reverse('ledgers:upload')}?ledger={bound.name}", "", may_import(bound, actor)),
        ("作废记录", reverse("ledgers:voided", args=[bound.name]), "", bound.by_hand),
    ]
    return [{"label": label, "url": url, "kind": kind} for label, url, kind, may in buttons if may]


def row_page(bound: Ledger, uid: uuid.UUID, actor: Actor) -> dict[str, Any]:
    """One row in full, masked, with what happened to it. Absent and out of scope are the same ``Http404``."""
    found = list(stored_rows(bound, rows_of(bound, actor, Choice()).filter(uid=uid)))
    if not found:
        raise Http404
    columns = bound.layout.columns
    (texts,) = shown_cells(columns, found)
    pairs = [
        {"label": c.header, "value": text, "note": c.note if c.ends else ""}
        for c, text in zip(columns, texts, strict=True)
    ]
    args = [bound.name, uid]
    buttons = [{"label": "返回列表", "url": reverse("ledgers:browse", args=[bound.name]), "kind": ""}]
    if may_edit(bound, actor, CORRECT):
        buttons.append({"label": "更正", "url": reverse("ledgers:correct", args=args), "kind": "primary"})
    return {
        "title": pairs[0]["value"],
        "note": bound.title,
        "actions": buttons,
        "pairs": pairs,
        "void_url": reverse("ledgers:void", args=args) if may_edit(bound, actor, VOID) else "",
        "refused": (),
        "reason": "",
        "papers": [line(stored, actor) for stored in files_about(uid, actor)],
        "attach_url": reverse("ledgers:attach", args=args)
        if bound.by_hand and actor.may("files.store_file")
        else "",
        "history": history(bound, found[0]["id"], actor),
    }


def history(bound: Ledger, pk: int, actor: Actor) -> list[dict[str, str]]:
    """What happened to a row, newest first: lines of a card."""
    events = Event.objects.visible_to(actor).filter(about=bound.table, about_id=pk, outcome=Outcome.DONE)
    headers = {c.field: c.header for c in bound.layout.columns}
    return [
        {
            "title": KINDS[event.kind].label,
            "note": "；".join(filter(None, [event.reason, *_changes(event.data or {}, headers)])),
            "text": f"{event.actor} · {clock.minute_of(event.at)}",
            "url": "",
            "tag": "",
            "state": "",
        }
        for event in events.order_by("-id")[:HISTORY]
    ]


def _changes(data: Mapping[str, Any], headers: Mapping[str, str]) -> list[str]:
    changes: Mapping[str, list[str]] = data.get("changes", {})
    silent = [headers.get(name, name) for name in data.get("fields", []) if name not in changes]
    told = [
        f"{headers.get(name, name)}：{old or '（空）'} → {new or '（空）'}"
        for name, (old, new) in changes.items()
    ]
    return [*told, *([f"另改：{'、'.join(silent)}"] if silent else [])]
