"""The import contracts of pyproject.toml find each kind of wrong import in a planted tree."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

CLEAN = {
    "core/scope.py": "import django",
    "core/refusal.py": "",
    "people/rules.py": "import yizhou.core.refusal",
    "people/models.py": "import django, yizhou.people.rules, yizhou.core.scope",
    "people/queries.py": "import yizhou.people.models",
    "people/actions/__init__.py": "",
    "people/actions/merge.py": "import yizhou.people.queries",
    "people/panels.py": "import yizhou.people.actions.merge",
    "people/views.py": "import yizhou.people.panels",
    "people/api.py": "import yizhou.people.actions.merge",
    "cases/models.py": "import yizhou.people.models",
    "hall/views.py": "import yizhou.cases.models",
    "visits/models.py": "import yizhou.cases.models",
    "config/api.py": "import yizhou.people.api",
}
WRONG = [
    ("people/models.py", "import yizhou.cases.models", "yizhou.people is not allowed to import yizhou.cases"),
    ("hall/rules.py", "import yizhou.visits.models", "yizhou.hall is not allowed to import yizhou.visits"),
    ("people/actions/merge.py", "import yizhou.people.views", "people.actions is not allowed to import"),
    ("people/models.py", "import yizhou.people.queries", "people.models is not allowed to import"),
    ("people/views.py", "import yizhou.people.api", "people.views is not allowed to import"),
    ("people/rules.py", "import django.db", "yizhou.people.rules is not allowed to import django"),
    ("people/rules.py", "import yizhou.core.scope", "yizhou.people.rules is not allowed to import django"),
    (
        "cases/models.py",
        "import yizhou.people.views",
        "yizhou.cases is not allowed to import",
    ),
    ("config/urls.py", "import yizhou.people.views", "yizhou.config is not allowed to import"),
    ("novelty/__init__.py", "", "yizhou.novelty"),
]


def lint(folder: Path, tree: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Write a package of that shape and run import-linter on it with our own contracts."""
    for name, source in tree.items():
        path = folder / "yizhou" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source + "\n", encoding="utf-8")
    for directory in (folder / "yizhou", *(path for path in (folder / "yizhou").rglob("*") if path.is_dir())):
        (directory / "__init__.py").touch()
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--config", ROOT / "pyproject.toml", "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_natural_shape_is_allowed(tmp_path: Path) -> None:
    result = lint(tmp_path, CLEAN)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("name", "source", "finding"), WRONG)
def test_a_wrong_import_is_found(tmp_path: Path, name: str, source: str, finding: str) -> None:
    result = lint(tmp_path, {**CLEAN, name: f"{CLEAN.get(name, '')}\n{source}"})
    assert result.returncode == 1, result.stdout + result.stderr
    assert finding in result.stdout
