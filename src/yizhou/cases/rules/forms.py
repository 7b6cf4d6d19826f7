"""Reading a filed form: the boxes that the chosen items ask for, typed text in, clean values and errors out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yizhou.catalogue.rules import Field
from yizhou.core.text import normalise_cell

MOBILE = re.compile(r"1[3-9]\d{9}")
AREA = re.compile(r"\d{12}")
MONEY = re.compile(r"\d{1,10}(\.\d{1,2})?")
LONGEST = 500


@dataclass(frozen=True)
class FormError:
    """What is wrong with one box."""

    name: str
    label: str
    message: str


def merged_fields(forms: Iterable[Sequence[Field]]) -> list[Field]:
    """The boxes of several items, each name once; required where one item requires it."""
    found: dict[str, Field] = {}
    for fields in forms:
        for box in fields:
            earlier = found.get(box.name)
            if earlier is None or (box.required and not earlier.required):
                found[box.name] = box
    return list(found.values())


def read_form(
    fields: Sequence[Field], raw: Mapping[str, str], codes: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, str], list[FormError]]:
    """Clean values of the boxes by name (empty ones left out) and what is wrong.

    ``codes`` are names by code, by table. Money is kept as written, in yuan. A box that the answers before it do not
    call for is passed over, whatever was sent for it: nothing is kept that was not asked for (依据：个人信息保护法第 6 条).
    """
    values: dict[str, str] = {}
    errors = []
    for box in fields:
        if not is_asked(box, values):
            continue
        text = normalise_cell(raw.get(box.name, "")) or ""
        message = fault_of(box, text, codes)
        if message:
            errors.append(FormError(box.name, box.label, message))
        elif text:
            values[box.name] = text
    return values, errors


def is_asked(box: Field, values: Mapping[str, str]) -> bool:
    """Whether the answers so far call for a box; a box behind one that is not asked for is not asked for either."""
    return box.show_when is None or values.get(box.show_when.field, "") in box.show_when.values


def fault_of(box: Field, text: str, codes: Mapping[str, Mapping[str, str]]) -> str:
    """What is wrong with the text of one box, or nothing."""
    if not text:
        return f"请填写{box.label}" if box.required else ""
    if len(text) > LONGEST:
        return f"最多 {LONGEST} 字，现为 {len(text)} 字"
    table = codes.get(box.kind.removeprefix("code:")) if box.kind.startswith("code:") else None
    if table is not None:
        return "" if text in table else "请从所列选项中选"
    if box.kind == "choice":
        return "" if text in box.choices else "请从所列选项中选"
    return _fault_of_kind(box.kind, text)


def _fault_of_kind(kind: str, text: str) -> str:
    match kind:
        case "phone" if not MOBILE.fullmatch(text):
            return f"手机号应为 11 位，现为 {len(text)} 位" if len(text) != 11 else "不是手机号"
        case "date" if not _is_date(text):
            return "日期应写成 2024-03-05"
        case "int" if not text.isdecimal():
            return "应为整数"
        case "money" if not MONEY.fullmatch(text):
            return "应为金额，单位元，最多两位小数"
        case "area" if not AREA.fullmatch(text):
            return "应为 12 位区划代码"
        case _:
            return ""


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
