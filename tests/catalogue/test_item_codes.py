"""The cases ledger reads an item by its code or its name."""

from __future__ import annotations

from yizhou.ledgers.columns import code_table


def test_an_item_is_read_by_code_or_name() -> None:
    table = code_table("item")
    readings = table.readings()
    assert table.title == "办事事项"
    assert len(table.names) == 67
    assert readings["RET-02"] == readings["恢复户口登记(落户)"] == "RET-02"
