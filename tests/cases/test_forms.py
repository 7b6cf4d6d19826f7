"""Boxes that an earlier answer calls for: asked for when it does, neither asked for nor kept when it does not."""

from __future__ import annotations

from yizhou.cases.rules.forms import read_form
from yizhou.catalogue.rules import Field, ShowWhen

BOXES = [
    Field("by_guardian", "由监护人申请", "bool"),
    Field("guardian_name", "监护人姓名", "text", required=True, show_when=ShowWhen("by_guardian", ("1",))),
    Field(
        "ground", "关系依据", "choice", choices=("法定", "指定"), show_when=ShowWhen("by_guardian", ("1",))
    ),
    Field("appointed_by", "指定机关", "text", required=True, show_when=ShowWhen("ground", ("指定",))),
]


def test_a_box_that_is_not_called_for_is_neither_required_nor_kept() -> None:
    values, errors = read_form(BOXES, {"guardian_name": "李敏", "appointed_by": "村委会"}, {})
    assert (values, errors) == ({}, [])


def test_a_box_that_is_called_for_is_required() -> None:
    _, errors = read_form(BOXES, {"by_guardian": "1"}, {})
    assert [error.message for error in errors] == ["请填写监护人姓名"]


def test_a_box_behind_a_hidden_one_is_hidden() -> None:
    values, errors = read_form(BOXES, {"ground": "指定", "appointed_by": "村委会"}, {})
    assert (values, errors) == ({}, [])


def test_a_chain_of_answers_is_kept() -> None:
    sent = {"by_guardian": "1", "guardian_name": "李敏", "ground": "指定", "appointed_by": "村委会"}
    assert read_form(BOXES, sent, {}) == (sent, [])
