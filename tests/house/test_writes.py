"""House rule 3: every write is an action."""

import pytest

from tests.house.tree import ROOT, python_files
from tests.house.writes import EXCEPTIONS, may_write, writes_in


def test_only_actions_write() -> None:
    found = [
        f"{name}:{line} {what}"
        for name, source in python_files("src/yizhou/")
        if not may_write(name)
        for line, what in writes_in(source)
    ]
    assert found == []


def test_each_exception_exists_and_says_why() -> None:
    assert [name for name, why in EXCEPTIONS.items() if not (ROOT / name).exists() or len(why) < 20] == []


@pytest.mark.parametrize(
    "code",
    [
        "case.save()",
        "case.save(update_fields=['status'])",
        "Case.objects.create(number=1)",
        "Case.objects.filter(pk=1).update(status='done')",
        "Case.objects.bulk_create(rows)",
        "case.delete()",
        "cursor.execute('INSERT INTO people_person VALUES (1)')",
        "cursor.execute('UPDATE people_person SET name = 1')",
    ],
)
def test_a_write_is_found(code: str) -> None:
    assert [line for line, _ in writes_in(code)] == [1]


@pytest.mark.parametrize(
    "code",
    [
        "document.save(path)",
        "facts.update(more)",
        "digest.update(b'x')",
        "storage.delete(name)",
        "'update people'",
        "super().update(**values)",
        "environment.globals.update(url=reverse)",
    ],
)
def test_a_namesake_is_not_a_write(code: str) -> None:
    assert list(writes_in(code)) == []


def test_which_modules_may_write() -> None:
    assert may_write("src/yizhou/cases/actions/accept.py")
    assert may_write("src/yizhou/people/actions.py")
    assert not may_write("src/yizhou/cases/views.py")
    assert not may_write("src/yizhou/transactions/views.py")
