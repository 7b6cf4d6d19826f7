"""What can drift has a test: links, glossary, list of libraries, the README's promises."""

import re
import tomllib
from pathlib import Path

import pytest

from scripts import docs
from tests.house.tree import ROOT, files

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def dead_links(page: Path, text: str) -> list[str]:
    """Relative links of a Markdown page that lead nowhere."""
    targets = [target.partition("#")[0] for target in LINK.findall(CODE_BLOCK.sub("", text))]
    relative = [
        target for target in targets if target and "://" not in target and not target.startswith("mailto:")
    ]
    return [target for target in relative if not (page.parent / target).exists()]


def test_links_lead_somewhere() -> None:
    pages = [ROOT / name for name in files() if name.endswith(".md")]
    dead = {page.name: bad for page in pages if (bad := dead_links(page, page.read_text(encoding="utf-8")))}
    assert len(pages) > 10
    assert dead == {}


def test_a_dead_link_is_found() -> None:
    text = "[a](README.md) [b](nowhere.md#x) [c](https://example.org/) ```[d](x)```"
    assert dead_links(ROOT / "page.md", text) == ["nowhere.md", "x"]


def glossary_pairs(text: str) -> list[tuple[str, str]]:
    """(Chinese, identifiers) of the glossary's table, two pairs a row."""
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row] for row in rows[2:]]
    return [(row[n], row[n + 1]) for row in cells for n in range(0, len(row) - 1, 2) if row[n]]


def test_the_glossary_pairs_chinese_with_identifiers() -> None:
    pairs = glossary_pairs((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))
    assert len(pairs) > 60
    assert [pair for pair in pairs if not re.search(r"[一-鿿]", pair[0]) or "`" not in pair[1]] == []
    words = [chinese for chinese, _ in pairs]
    assert [word for word in sorted(set(words)) if words.count(word) > 1] == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    names = {re.split(r"[\[<>=]", requirement)[0] for group in groups for requirement in group}
    listed = set(
        re.findall(r"^\| `([\w.-]+)`", (ROOT / "docs/decisions/libraries.md").read_text("utf-8"), re.M)
    )
    assert listed == names


def test_decisions_have_the_three_parts() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    parts = ("## Context", "## Decision", "## Consequences")
    assert [
        page.name for page in decisions if any(part not in page.read_text("utf-8") for part in parts)
    ] == []
    assert [page.name[:4] for page in decisions] == [f"{n:04}" for n in range(1, len(decisions) + 1)]


def test_the_makefile_keeps_the_readmes_promises() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for readme in ("README.md", "README.zh-CN.md"):
        promised = set(re.findall(r"`?make ([a-z]+)", (ROOT / readme).read_text(encoding="utf-8")))
        assert {"run", "test"} <= promised <= targets


def test_the_reference_is_what_make_docs_writes() -> None:
    assert docs.outdated() == [], "run: make docs"


def test_a_changed_and_an_orphaned_page_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "TARGET", tmp_path)
    pages = docs.rendered()
    for name, text in pages.items():
        (tmp_path / name).write_text(text + ("edited" if name == "make.md" else ""), encoding="utf-8")
    (tmp_path / "orphan.md").write_text("left behind", encoding="utf-8")
    assert docs.outdated() == ["make.md", "orphan.md"]
