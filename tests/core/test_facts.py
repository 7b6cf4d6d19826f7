"""Facts are read from data/, a site's overlay wins, and what is wrong is told in words a clerk can act on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from yizhou.core.facts import FactError, build, fact_files, key, read_all, read_toml


@dataclass(frozen=True)
class Part:
    name: str
    since: date
    weight: int | None = None


@dataclass(frozen=True)
class Whole:
    title: str
    kind: Literal["大", "小"]
    parts: tuple[Part, ...] = field(metadata=key("part"))
    labels: dict[str, str] = field(default_factory=dict)


def whole(**changes: object) -> dict[str, object]:
    table: dict[str, object] = {
        "title": "甲",
        "kind": "大",
        "part": [{"name": "乙", "since": date(2024, 8, 1)}],
        "labels": {"a": "一"},
    }
    return {**table, **changes}


def test_build_gives_the_dataclass_the_annotations_describe() -> None:
    built = build(Whole, whole(), file="示例.toml")
    assert built == Whole("甲", "大", (Part("乙", date(2024, 8, 1), None),), {"a": "一"})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"titel": "x"}, "事实文件 示例.toml：不认识键“titel”。可用的键：title、kind、part、labels。"),
        ({"kind": "中"}, "事实文件 示例.toml 的 kind：值“中”不在允许之列。可写：大、小。"),
        ({"title": 3}, "事实文件 示例.toml 的 title：值“3”的类型不对。应为文字（加引号）。"),
        ({"part": [{"name": "乙"}]}, "事实文件 示例.toml 的 part[1]：缺少键“since”。补上 since = …。"),
        ({"part": {"name": "乙"}}, "事实文件 示例.toml 的 part：此处应为列表。"),
        (
            {"part": [{"name": "乙", "since": date(2024, 8, 1), "weight": True}]},
            "事实文件 示例.toml 的 part[1].weight：值“True”的类型不对。应为整数。",
        ),
    ],
)
def test_build_names_file_key_reason_and_remedy(changes: dict[str, object], message: str) -> None:
    with pytest.raises(FactError) as refused:
        build(Whole, whole(**changes), file="示例.toml")
    assert str(refused.value) == message


def test_build_names_the_missing_key() -> None:
    with pytest.raises(FactError, match="缺少键“title”"):
        build(Whole, {k: v for k, v in whole().items() if k != "title"}, file="示例.toml")


def test_overlay_replaces_a_file_and_adds_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "sex.toml").write_text('table = "sex"\ntitle = "本地"\ncode = []\n', "utf-8")
    (tmp_path / "codes" / "zz_local.toml").write_text('table = "zz_local"\n', "utf-8")
    before = set(fact_files("codes"))
    assert read_toml("codes/sex.toml")["title"] == "性别"
    monkeypatch.setenv("YIZHOU_DATA", str(tmp_path))
    assert read_toml("codes/sex.toml")["title"] == "本地"
    tables = read_all("codes")
    assert set(tables) - before == {"codes/zz_local.toml"}
    assert list(tables) == sorted(tables)


def test_named_overlay_must_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIZHOU_DATA", str(tmp_path / "absent"))
    with pytest.raises(FactError, match="YIZHOU_DATA 所指的目录不存在"):
        read_toml("codes/sex.toml")


def test_unreadable_files_are_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIZHOU_DATA", str(tmp_path))
    (tmp_path / "broken.toml").write_text("name = \n", "utf-8")
    (tmp_path / "gbk.toml").write_bytes("name = '退役'".encode("gb18030"))
    with pytest.raises(FactError, match=r"broken\.toml：写法不合 TOML（.*line 1"):
        read_toml("broken.toml")
    with pytest.raises(FactError, match=r"gbk\.toml：不是 UTF-8 编码"):
        read_toml("gbk.toml")
    with pytest.raises(FactError, match=r"absent\.toml：没有这个文件"):
        read_toml("absent.toml")
    with pytest.raises(FactError, match="路径须在事实目录之内"):
        read_toml("../pyproject.toml")
