"""An empty table is filled without its indexes, which stand again at the end; any other keeps them throughout."""

import pytest
from django.db import connection, transaction

from tests.support import county
from yizhou.core import bulk
from yizhou.core.bulk import indexes_afterwards
from yizhou.orgs.models import Division

pytestmark = pytest.mark.django_db
OWN = {index.name for index in Division._meta.indexes}


def standing() -> set[str]:
    """Those of the model's indexes that are there."""
    with connection.cursor() as cursor:
        return OWN & set(connection.introspection.get_constraints(cursor, Division._meta.db_table))


def test_they_are_put_up_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "FIRST_LOAD", 2)
    assert standing() == OWN != set()
    with indexes_afterwards(Division, 2):
        assert standing() == set()
    assert standing() == OWN


def test_a_failure_brings_them_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "FIRST_LOAD", 2)
    with pytest.raises(LookupError), transaction.atomic(), indexes_afterwards(Division, 2):
        raise LookupError
    assert standing() == OWN


def test_few_rows_or_a_table_with_rows_keep_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "FIRST_LOAD", 2)
    with indexes_afterwards(Division, 1):
        assert standing() == OWN
    county.divisions()
    with indexes_afterwards(Division, 2):
        assert standing() == OWN
