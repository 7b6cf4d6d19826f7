"""Nothing that identifies a person leaves unmasked, and nothing is unmasked without a trace (trust.md T6)."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from tests.support import county
from tests.support.uploads import batch_of, upload, worker
from tests.trust.canaries import flown, let_in, of_person, stored
from tests.trust.matrix import Cell, Walker, table
from tests.trust.samples import SAMPLES, free
from tests.trust.world import TOWNS, Corner, number_of
from yizhou.core.logs import Masked
from yizhou.events.models import Event
from yizhou.events.web import routes
from yizhou.ledgers.ledger import LEDGERS
from yizhou.people.models import Person

ROLES = sorted({role for granted in table().values() for role in granted} - {"SYSTEM"})
TYPED = number_of(500)
"""An identity number somebody types; it is nobody's."""


@pytest.fixture
def canaries(corners: list[Corner]) -> list[str]:
    """All canaries, sealed into the world."""
    return let_in(corners)


def addresses(role: str, corners: list[Corner]) -> list[str]:
    """Every page the role may read, with the ways of narrowing a list that show other columns."""
    found = []
    for route in routes():
        if "GET" in route.methods and (route.public or role in table()[route.permission]):
            for sample in SAMPLES.get(route.name, [free()]):
                found.append(Cell(role, route, "GET", sample, corners[0]).address())
    found += [reverse("ledgers:browse", args=[name]) for name in LEDGERS]
    person = corners[0].person.get_absolute_url()
    found += [f"{person}{panel}/" for panel in ("basic", "history", "cases", "strategy")] + [f"{person}?all"]
    found += [f"{person}correct/?undo=1", f"{person}reveal/id_number/", f"{person}reveal/bank_account/"]
    found += ["/search/?q=0000", "/people/pick/?q=0000", "/log/?outcome=2"]
    found += [f"/reports/annual/2025/report.{suffix}" for suffix in ("json", "html", "docx")]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("role", ROLES)
def test_no_page_and_no_file_shows_a_canary(
    role: str, corners: list[Corner], canaries: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    walker, shown, answered = Walker(role), [], 0
    for address in addresses(role, corners):
        answer = walker.send("GET", address)
        answered += answer.status_code == 200
        shown += [(address, bird) for bird in flown(answer.body, canaries)]
    for address in (*(reverse("ledgers:export", args=[name]) for name in LEDGERS), reverse("people:export")):
        answer = walker.send("POST", address, {"purpose": "核对名册", "form": "csv"})
        shown += [(address, bird) for bird in flown(answer.body, canaries)]
    assert shown == []
    assert answered >= 4 or role in ("FINANCE", "LAWYER"), answered
    assert flown(caplog.text.encode(), canaries) == []


def test_what_is_stored_is_sealed_and_the_walk_would_see_what_is_not(
    corners: list[Corner], canaries: list[str]
) -> None:
    tables = [(name, bird) for name, text in stored() for bird in canaries if bird in text]
    assert tables == []
    # The control: the same value in an open column is found in the database, on a page and in an export.
    Person.objects.everywhere("test").filter(pk=corners[0].person.pk).update(name=of_person(0)["phone"])
    assert [bird for _, text in stored() for bird in canaries if bird in text] == [of_person(0)["phone"]]
    walker = Walker("CENTER_STAFF")
    page = walker.send("GET", corners[0].person.get_absolute_url())
    assert of_person(0)["phone"] in flown(page.body, canaries)
    file = walker.send("POST", reverse("ledgers:export", args=["people"]), {})
    assert file.body[:4] == b"PK\x03\x04"
    assert of_person(0)["phone"] in flown(file.body, canaries)


def ask_for(walker: Walker, person: Person, field: str, **form: str) -> Any:
    """Ask to see a field in full."""
    address = reverse("people:reveal", args=[person.uid, field])
    return walker.client.post(address, {"reason": "verify", "note": "窗口核对", **form})


def reveals() -> list[Event]:
    return list(Event.objects.everywhere("test").filter(kind="person.revealed"))


@pytest.mark.parametrize("field", ["id_number", "phone", "household_address"])
def test_a_value_is_shown_to_whoever_says_why_and_the_log_says_so_first(
    field: str, corners: list[Corner], canaries: list[str]
) -> None:
    answer = ask_for(Walker("CENTER_STAFF"), corners[0].person, field)
    assert of_person(0)[field] in answer.content.decode()
    (event,) = reveals()
    assert (event.person_id, event.data["field"], event.outcome) == (corners[0].person.pk, field, 1)
    assert "窗口核对" in event.reason
    assert flown(f"{event.reason}{event.data}".encode(), canaries) == []


def test_a_value_is_not_shown_when_it_cannot_be_logged(corners: list[Corner], canaries: list[str]) -> None:
    walker = Walker("CENTER_STAFF")
    with refused_inserts("events_event"):
        answer = ask_for(walker, corners[0].person, "id_number")
    assert answer.status_code == 500
    assert flown(answer.content, canaries) == []
    assert reveals() == []
    assert ask_for(walker, corners[0].person, "id_number").status_code == 200


def test_what_was_filled_in_is_shown_with_a_reason_and_not_without_a_trace(
    corners: list[Corner], canaries: list[str]
) -> None:
    walker, case = Walker("CENTER_STAFF"), corners[0].case
    address = reverse("cases:reveal_form", args=[case.uid])
    assert flown(walker.client.post(address, {"reason": ""}).content, canaries) == []
    with refused_inserts("events_event"):
        unlogged = walker.client.post(address, {"reason": "verify"})
    assert (unlogged.status_code, flown(unlogged.content, canaries)) == (500, [])
    shown = walker.client.post(address, {"reason": "verify"})
    assert flown(shown.content, canaries) != []
    (event,) = Event.objects.everywhere("test").filter(about_id=case.pk, kind__contains="reveal", outcome=1)
    assert event.account_id is not None


@contextmanager
def refused_inserts(table_name: str) -> Iterator[None]:
    """Inside the block the table takes no new rows, as when its disk is full."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'no room'; END $$;"
                f"CREATE TRIGGER no_room BEFORE INSERT ON {table_name} FOR EACH ROW EXECUTE FUNCTION no_room()"
            )
        else:
            cursor.execute(
                f"CREATE TRIGGER no_room BEFORE INSERT ON {table_name} BEGIN SELECT RAISE(ABORT, 'no room'); END"
            )
    yield
    on = f" ON {table_name}; DROP FUNCTION no_room()" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER no_room{on}")


@pytest.mark.parametrize(
    ("role", "field", "form", "status"),
    [
        ("CENTER_STAFF", "id_number", {"reason": ""}, 422),
        ("CENTER_STAFF", "id_number", {"reason": "because"}, 422),
        ("CENTER_STAFF", "bank_account", {}, 422),
        ("CENTER_STAFF", "name", {}, 404),
        ("GRID", "id_number", {}, 403),
        ("BUREAU_LEADER", "id_number", {}, 403),
    ],
)
def test_a_value_is_not_shown_without_reason_or_right(
    role: str, field: str, form: dict[str, str], status: int, corners: list[Corner], canaries: list[str]
) -> None:
    answer = ask_for(Walker(role), corners[0].person, field, **form)
    assert (answer.status_code, flown(answer.content, canaries), reveals()) == (status, [], [])


def test_what_somebody_types_is_not_logged(
    corners: list[Corner], canaries: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    logging.disable(logging.NOTSET)
    caplog.set_level(logging.DEBUG)
    for name in ("django.db.backends", "asyncio", "faker"):
        logging.getLogger(name).setLevel(logging.WARNING)
    walker = Walker("CENTER_STAFF")
    walker.client.get(f"/search/?q={TYPED}")
    walker.client.post("/people/create/", {"id_number": TYPED, "name": "x"})
    walker.client.get(f"/people/{TYPED}/")
    with refused_inserts("events_event"):
        ask_for(walker, corners[0].person, "id_number", note=TYPED)
        walker.client.post("/people/export/?q=" + TYPED, {"purpose": "核对名册", "form": "csv"})
    assert "Internal Server Error" in caplog.text
    assert TYPED in caplog.text, "the framework itself logs addresses: what follows would prove nothing"
    assert TYPED not in printed(caplog.records)
    assert len(printed(caplog.records)) > 1000
    assert [name for name, text in stored() if TYPED in text] == []


def printed(records: list[logging.LogRecord]) -> str:
    """Log records as the product prints them."""
    line = next(h.formatter for h in logging.getLogger().handlers if isinstance(h.formatter, Masked))
    assert line is not None
    return "\n".join(line.format(record) for record in records)


def test_a_file_that_is_refused_shows_its_values_to_nobody_but_the_uploader(
    corners: list[Corner], tmp_path: Path
) -> None:
    """The preview masks what it quotes; the errors file gives the rows back to the one who brought them."""
    bad = number_of(600)[:17] + ("1" if number_of(600)[17] != "1" else "2")
    phone = "1397777123"
    rows = [
        county.row(name="张三", 身份证号=bad, 联系电话=phone),
        county.row(name="李四", 身份证号=TYPED, 联系电话="139777712", 户籍地区划=TOWNS[3]),
    ]
    path = county.write_csv(tmp_path / "people.csv", rows)
    walker, other = Walker("CENTER_STAFF"), Walker("CENTER_STAFF")
    answer = upload(walker.client, path.read_bytes())
    page = answer.headers["Location"]
    worker(batch_of(answer))
    birds = [bad, phone, TYPED]
    preview = walker.client.get(page)
    assert preview.status_code == 200
    assert flown(preview.content, birds) == []
    assert flown(other.client.get(page).content, birds) == []
    assert other.send("GET", f"{page}errors/").status_code == 404
    errors = walker.send("GET", f"{page}errors/")
    assert bad in flown(errors.body, birds)
    assert [name for name, text in stored() if any(bird in text for bird in birds)] == []
