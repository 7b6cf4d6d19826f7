"""An empty table is filled without its indexes, which stand again at the end; any other keeps them throughout."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.models import Model

from tests.support import county
from yizhou.core import bulk
from yizhou.core.bulk import indexes_afterwards
from yizhou.orgs.models import Division, StaffPost, Station

pytestmark = pytest.mark.django_db


def declared(model: type[Model] = Division) -> set[str]:
    """The model's indexes."""
    return {index.name for index in model._meta.indexes}


def standing(model: type[Model] = Division) -> set[str]:
    """Those of the model's indexes that are there."""
    with connection.cursor() as cursor:
        return declared(model) & set(connection.introspection.get_constraints(cursor, model._meta.db_table))


def test_they_are_put_up_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "FIRST_LOAD", 2)
    assert standing() == declared() != set()
    with indexes_afterwards(Division, 2):
        assert standing() == set()
    assert standing() == declared()


def test_a_table_with_foreign_keys_gets_them_back_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "FIRST_LOAD", 2)
    day = dt.date(2019, 3, 1)
    there = Station.objects.create(
        station_no="S-1", name="服务站", level="TOWN", area="339902101000", founded_on=day
    )
    with indexes_afterwards(StaffPost, 2):
        StaffPost.objects.create(id_number_index=bytes(16), post_type="HEAD", station=there, started_on=day)
        assert standing(StaffPost) == set()
    assert standing(StaffPost) == declared(StaffPost)


def test_a_failure_brings_them_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "FIRST_LOAD", 2)
    with pytest.raises(LookupError), transaction.atomic(), indexes_afterwards(Division, 2):
        raise LookupError
    assert standing() == declared()


def test_few_rows_or_a_table_with_rows_keep_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "FIRST_LOAD", 2)
    with indexes_afterwards(Division, 1):
        assert standing() == declared()
    county.divisions()
    with indexes_afterwards(Division, 2):
        assert standing() == declared()
