"""The SQLite backend: settings that keep data, and a queue in which no writer starves.

The backend is used through its own wrapper objects, so that these tests do not depend on the project's
settings.
"""

from __future__ import annotations

import fcntl
import gc
import multiprocessing
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.sqlite3.base import DatabaseWrapper as PlainWrapper
from django.db.utils import ConnectionHandler, IntegrityError, OperationalError

from yizhou.core.sqlite.base import DatabaseWrapper

PROCESSES = multiprocessing.get_context("fork")
PLAIN_OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode = WAL"}


def connect(path: Path | str, *, plain: bool = False, **options: Any) -> Any:
    """A wrapper with the defaults Django fills in, usable from any thread."""
    engine = "django.db.backends.sqlite3" if plain else "yizhou.core.sqlite"
    options = {**(PLAIN_OPTIONS if plain else {}), **options}
    handler = ConnectionHandler({"default": {"ENGINE": engine, "NAME": path, "OPTIONS": options}})
    wrapper = handler.create_connection("default")
    wrapper.inc_thread_sharing()
    return wrapper


@pytest.fixture(autouse=True)
def _own_databases(django_db_blocker: Any) -> Iterator[None]:
    """These tests open databases of their own and never the project's."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "county.sqlite3"


@pytest.fixture
def connection(path: Path) -> Iterator[Any]:
    wrapper = connect(path)
    run(wrapper, "CREATE TABLE note (id integer PRIMARY KEY AUTOINCREMENT, writer int, text varchar UNIQUE)")
    yield wrapper
    wrapper.close()


def run(wrapper: Any, query: str, params: Any = None) -> Any:
    with wrapper.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall()


def count(wrapper: Any) -> int:
    return int(run(wrapper, "SELECT count(*) FROM note")[0][0])


class Transaction:
    """``transaction.atomic`` for a wrapper that is not in ``django.db.connections``: begin, then commit or
    roll back.
    """

    def __init__(self, wrapper: Any) -> None:
        self.wrapper = wrapper

    def __enter__(self) -> None:
        self.wrapper.ensure_connection()
        self.wrapper.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        self.wrapper.in_atomic_block = True

    def __exit__(self, kind: object, *rest: object) -> None:
        self.wrapper.in_atomic_block = False
        if kind is None:
            self.wrapper.commit()
        else:
            self.wrapper.rollback()
        self.wrapper.set_autocommit(True)


def is_locked(path: Path) -> bool:
    """True while somebody holds the writer's turn, asked from outside."""
    handle = os.open(f"{path}.writer", os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def test_settings_of_a_live_connection(connection: Any) -> None:
    values = {
        name: run(connection, f"PRAGMA {name}")[0][0]
        for name in (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "busy_timeout",
            "temp_store",
            "cache_size",
        )
    }
    assert values == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 20_000,
        "temp_store": 2,
        "cache_size": -16_384,
    }
    assert connection.transaction_mode == "IMMEDIATE"


def test_turn_is_held_from_begin_to_commit(connection: Any, path: Path) -> None:
    assert not is_locked(path)
    with Transaction(connection):
        assert is_locked(path)
        run(connection, "INSERT INTO note (writer) VALUES (1)")
        assert is_locked(path)
    assert not is_locked(path)
    assert count(connection) == 1


def test_turn_ends_with_rollback(connection: Any, path: Path) -> None:
    def fail_half_way() -> None:
        with Transaction(connection):
            run(connection, "INSERT INTO note (writer) VALUES (1)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert not is_locked(path)
    assert count(connection) == 0


def test_turn_ends_with_close(connection: Any, path: Path) -> None:
    Transaction(connection).__enter__()
    assert is_locked(path)
    connection.in_atomic_block = False
    connection.close()
    assert not is_locked(path)


def test_turn_ends_with_the_thread_that_forgot_its_connection(connection: Any, path: Path) -> None:
    def forget() -> None:
        Transaction(connect(path)).__enter__()

    thread = threading.Thread(target=forget)
    thread.start()
    thread.join()
    gc.collect()
    assert not is_locked(path)
    run(connection, "INSERT INTO note (writer) VALUES (1)")


def test_savepoints_stay_inside_the_turn(connection: Any, path: Path) -> None:
    with Transaction(connection):
        kept = connection.savepoint()
        run(connection, "INSERT INTO note (writer) VALUES (1)")
        connection.savepoint_commit(kept)
        dropped = connection.savepoint()
        run(connection, "INSERT INTO note (writer) VALUES (2)")
        connection.savepoint_rollback(dropped)
        assert is_locked(path)
    assert not is_locked(path)
    assert run(connection, "SELECT writer FROM note") == [(1,)]


def test_failed_begin_gives_the_turn_back(connection: Any, path: Path) -> None:
    outsider = sqlite3.connect(path, isolation_level=None)
    outsider.execute("BEGIN IMMEDIATE")
    impatient = connect(path, timeout=0.1)
    with pytest.raises(OperationalError, match="database is locked"), Transaction(impatient):
        pass
    assert not is_locked(path)
    outsider.close()
    impatient.close()


def test_a_waiter_gives_up_in_time_and_the_next_one_still_gets_in(connection: Any, path: Path) -> None:
    impatient = connect(path, timeout=0.2)
    with Transaction(connection):
        began = time.monotonic()
        with pytest.raises(OperationalError, match="database is locked: no turn to write"):
            run(impatient, "INSERT INTO note (writer) VALUES (1)")
        assert 0.2 <= time.monotonic() - began < 2
        assert run(impatient, "SELECT count(*) FROM note") == [(0,)]  # readers never wait
    run(impatient, "INSERT INTO note (writer) VALUES (1)")
    impatient.close()
    assert count(connection) == 1


def test_single_statements_wait_for_their_turn_too(connection: Any, path: Path) -> None:
    other = connect(path)
    with ThreadPoolExecutor(1) as pool:
        with Transaction(connection):
            waiting = pool.submit(run, other, "INSERT INTO note (writer) VALUES (2)")
            time.sleep(0.1)
            assert not waiting.done()
            run(connection, "INSERT INTO note (writer) VALUES (1)")
        waiting.result(timeout=5)
    assert run(connection, "SELECT writer FROM note ORDER BY id") == [(1,), (2,)]
    with pytest.raises(IntegrityError), other.wrap_database_errors:
        other.connection.executemany("INSERT INTO note (text) VALUES (?)", [("a",), ("a",)])
    with pytest.raises(IntegrityError), other.cursor() as cursor:
        cursor.executemany("INSERT INTO note (text) VALUES (%s)", [("b",), ("b",)])
    assert is_locked(path) is bool(other.connection.in_transaction)
    other.close()
    assert not is_locked(path)


def test_in_memory_databases_have_no_queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (":memory:", "file:memorydb_note?mode=memory&cache=shared"):
        wrapper = connect(name)
        run(wrapper, "CREATE TABLE note (id integer)")
        with Transaction(wrapper):
            run(wrapper, "INSERT INTO note VALUES (1)")
        assert count(wrapper) == 1
    assert list(tmp_path.iterdir()) == []


def test_file_addresses_queue_beside_their_file(path: Path) -> None:
    wrapper = connect(f"file:{path}?cache=private")
    run(wrapper, "CREATE TABLE note (id integer)")
    with Transaction(wrapper):
        assert is_locked(path)
    wrapper.close()


def test_lock_files_are_private(connection: Any, path: Path) -> None:
    run(connection, "INSERT INTO note (writer) VALUES (1)")
    for side in ("queue", "writer"):
        assert path.with_name(f"{path.name}.{side}").stat().st_mode & 0o777 == 0o600


def test_a_test_copy_holds_what_is_still_in_the_log(tmp_path: Path) -> None:
    wrapper = connect(tmp_path / "test.sqlite3")
    run(wrapper, "CREATE TABLE note (id integer)")
    run(wrapper, "INSERT INTO note VALUES (7)")
    wrapper.creation.clone_test_db("2", verbosity=0)
    copy = sqlite3.connect(tmp_path / "test_2.sqlite3")
    assert copy.execute("SELECT id FROM note").fetchall() == [(7,)]
    copy.close()
    wrapper.close()
    for name in ("test.sqlite3", "test_2.sqlite3"):
        wrapper.creation._destroy_test_db(str(tmp_path / name), verbosity=0)
    assert list(tmp_path.iterdir()) == []


def hold_until_killed(path: Path, ready: Any) -> None:
    wrapper = connect(path)
    with Transaction(wrapper):
        run(wrapper, "INSERT INTO note (writer) VALUES (9)")
        ready.set()
        time.sleep(60)


def test_turn_is_free_again_when_its_holder_is_killed(connection: Any, path: Path) -> None:
    ready = PROCESSES.Event()
    holder = PROCESSES.Process(target=hold_until_killed, args=(path, ready))
    holder.start()
    assert ready.wait(10)
    assert is_locked(path)
    holder.kill()
    holder.join()
    run(connection, "INSERT INTO note (writer) VALUES (1)")
    assert run(connection, "SELECT writer FROM note") == [(1,)]


def test_a_forked_child_neither_holds_nor_frees_the_turn(connection: Any, path: Path) -> None:
    with Transaction(connection):
        child = os.fork()
        if not child:
            os._exit(0 if connection._turn._writer < 0 and not connection._turn.is_held else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert is_locked(path)
    assert not is_locked(path)


def longest_waits(writers: list[Any], seconds: float) -> list[tuple[int, float]]:
    """Each writer's number of transactions and longest wait in seconds, all writing as fast as they can."""
    until = time.monotonic() + seconds
    gate = threading.Barrier(len(writers))

    def write(place: int) -> tuple[int, float]:
        wrapper, done, longest = writers[place], 0, 0.0
        gate.wait()
        while time.monotonic() < until:
            began = time.monotonic()
            with Transaction(wrapper):
                longest = max(longest, time.monotonic() - began)
                run(wrapper, "INSERT INTO note (writer) VALUES (%s)", [place])
                time.sleep(0.002)  # the rest of the action
            done += 1
        wrapper.close()
        return done, longest

    with ThreadPoolExecutor(len(writers)) as pool:
        return list(pool.map(write, range(len(writers))))


def check_fair(results: list[tuple[int, float]], written: int) -> None:
    """No write lost, nobody under a quarter of the mean, no wait of a second: fit for a busy machine."""
    done = [transactions for transactions, _ in results]
    assert written == sum(done)
    assert min(done) >= sum(done) / len(done) / 4, done
    assert max(longest for _, longest in results) < 1, results


def test_eight_threads_get_in_by_turns(connection: Any, path: Path) -> None:
    results = longest_waits([connect(path) for _ in range(8)], seconds=1.5)
    check_fair(results, count(connection))


def write_in_child(path: Path, gate: Any, results: Any) -> None:
    wrapper = connect(path)
    run(wrapper, "SELECT 1")
    gate.wait()
    results.put(longest_waits([wrapper], seconds=1.5)[0])


def test_eight_processes_get_in_by_turns(connection: Any, path: Path) -> None:
    gate, results = PROCESSES.Barrier(8), PROCESSES.Queue()
    children = [PROCESSES.Process(target=write_in_child, args=(path, gate, results)) for _ in range(8)]
    for child in children:
        child.start()
    waits = [results.get(timeout=30) for _ in children]
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0] * 8
    check_fair(waits, count(connection))


def test_without_the_queue_writers_starve(connection: Any, path: Path) -> None:
    """Positive control: the same load on Django's own backend fails the same check."""
    results = longest_waits([connect(path, plain=True) for _ in range(8)], seconds=3)
    with pytest.raises(AssertionError):
        check_fair(results, count(connection))


def test_first_connections_at_once_all_find_a_log(tmp_path: Path) -> None:
    """Switching to WAL does not wait for other connections in SQLite; the queue makes it wait."""
    for attempt in range(5):
        path = tmp_path / f"{attempt}.sqlite3"
        gate = threading.Barrier(8)

        def first(name: Path = path, gate: threading.Barrier = gate) -> str:
            wrapper = connect(name)
            gate.wait()
            mode: str = run(wrapper, "PRAGMA journal_mode")[0][0]
            wrapper.close()
            return mode

        calls: list[Callable[[], str]] = [first] * 8
        with ThreadPoolExecutor(8) as pool:
            assert [future.result() for future in [pool.submit(call) for call in calls]] == ["wal"] * 8


def test_vendor_and_wrapper() -> None:
    """Everything that asks for SQLite by vendor or class still finds it."""
    assert DatabaseWrapper.vendor == "sqlite"
    assert issubclass(DatabaseWrapper, PlainWrapper)
