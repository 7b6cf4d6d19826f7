"""Every package says what it owns, and facts about the project agree with one another."""

import ast
import re
import subprocess
import tomllib

from tests.house.tree import ROOT, SOURCE, files


def test_every_package_says_what_it_owns() -> None:
    silent = [
        path.parent.name
        for path in SOURCE.glob("*/__init__.py")
        if len(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "") < 60
    ]
    assert silent == []


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {
        path.rpartition("/")[0] for path in files() if path.startswith("src/") and path.endswith(".py")
    }
    assert [folder for folder in sorted(folders) if not (ROOT / folder / "__init__.py").exists()] == []


def test_the_changelog_names_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(version)}\b", changelog, re.MULTILINE)


def symbolic_links(listing: str) -> list[str]:
    """Paths of links in the output of `git ls-files --stage`: a link may lead to somebody's own machine."""
    return [line.partition("\t")[2] for line in listing.splitlines() if line.startswith("120000 ")]


def test_no_symbolic_link_is_tracked() -> None:
    command = ["git", "ls-files", "--stage"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert symbolic_links(listing) == []
    assert symbolic_links("100644 0a 0\tMakefile\n120000 0b 0\t.venv\n") == [".venv"]
