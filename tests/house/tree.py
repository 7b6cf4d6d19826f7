"""Which files the house rules look at: tracked ones and new ones that git does not ignore."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "yizhou"


@cache
def files() -> tuple[str, ...]:
    """Paths of all files of the repository, relative to its root, sorted."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return tuple(sorted(name for name in set(listing.split("\0")) if name and (ROOT / name).is_file()))


def python_files(*tops: str) -> Iterator[tuple[str, str]]:
    """(path, text) of Python files below the given folders, generated migrations left out."""
    for name in files():
        if name.endswith(".py") and name.startswith(tops) and "/migrations/" not in name:
            yield name, (ROOT / name).read_text(encoding="utf-8")


def text_of(name: str) -> str | None:
    """The text of a file, or None for a binary one."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions and methods of a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
