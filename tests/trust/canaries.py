"""Canaries: values of persons that occur once in the world and must come out nowhere unmasked."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection

from tests.trust.world import Corner, number_of
from yizhou.core import crypto
from yizhou.core.keys import keyring

BIRD = "金丝雀"


def of_person(n: int) -> dict[str, str]:
    """Sealed values of the person of a corner."""
    return {
        "id_number": number_of(n),
        "phone": f"1391111{n:04}",
        "emergency_phone": f"1392222{n:04}",
        "household_address": f"{BIRD}户籍路{n}弄八八八号",
        "residence_address": f"{BIRD}常住路{n}弄九九九号",
        "bank_account": f"622202333344445{n:04}",
        "disability_cert_no": f"浙军残{BIRD}{n:04}",
    }


def of_others(n: int) -> dict[str, dict[str, str]]:
    """Sealed values of the other rows of a corner, by thing."""
    return {
        "case": {"agent_id_number": number_of(100 + n)},
        "leg": {"agent_id_number": number_of(110 + n)},
        "post": {"id_number": number_of(120 + n), "phone": f"1393333{n:04}"},
        "reception": {"id_number": number_of(130 + n)},
        "call": {"caller_phone": f"1394444{n:04}", "id_number": number_of(140 + n)},
        "visit": {"staff_id_number": number_of(150 + n)},
        "plaque": {"address": f"{BIRD}光荣路{n}弄七七七号"},
        "message": {"phone": f"1397777{n:04}", "text": f"{BIRD}请带材料{n}"},
    }


def of_application(n: int) -> dict[str, str]:
    """What an applicant filled in."""
    return {"bank_account": f"622202555566667{n:04}", "mobile": f"1395555{n:04}", "phone": f"1396666{n:04}"}


def let_in(corners: list[Corner]) -> list[str]:
    """Seal the canaries into the rows of the world; all their values."""
    every: list[str] = []
    for n, corner in enumerate(corners):
        _seal(corner.person, of_person(n), phone_tail=crypto.tail_index(keyring(), f"{n:04}"))
        every += of_person(n).values()
        for thing, values in of_others(n).items():
            _seal(getattr(corner, thing), values)
            every += values.values()
        for case in (corner.case, corner.leg):
            _seal(case.application, of_application(n))
        every += of_application(n).values()
    return every


def _seal(row: Any, values: dict[str, str], **columns: Any) -> None:
    row.seal(values)
    rows = type(row)._base_manager.filter(pk=row.pk)
    rows.update(secret=row.secret, **columns)


def texts(body: bytes) -> Iterator[str]:
    """What an answer holds as text: a page as it is, a workbook or document member by member."""
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in archive.namelist():
                yield archive.read(name).decode("utf-8", "replace")
        return
    yield body.decode("utf-8", "replace")


def flown(body: bytes, canaries: list[str]) -> list[str]:
    """Canaries that an answer holds."""
    return [bird for text in texts(body) for bird in canaries if bird in text]


def stored() -> Iterator[tuple[str, str]]:
    """(table, text) of every row of ours as the database keeps it."""
    tables = {m._meta.db_table for m in apps.get_models()} & set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield table, " ".join(_text(value) for value in row)


def _text(value: Any) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)
