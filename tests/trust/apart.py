"""Steps that commit for good: in processes of their own, on a database of their own."""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection

from tests.support import step
from tests.support.console import ROOT, begun, environment

Step = Callable[..., Any]
TIMEOUT = 200


@contextmanager
def throw_away_database(home: Path, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """Variables of a process on a migrated database of its own: on PostgreSQL a copy of the test's, beside it."""
    if connection.vendor != "postgresql":
        begun(home)
        yield {}
        return
    name, url = f"race_{uuid.uuid4().hex[:8]}", os.environ["DATABASE_URL"]
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        # Between tests the test's database holds what migrating left there; it can be copied while nobody is on it.
        template = connection.settings_dict["NAME"]
        connection.close()
        cursor.execute(f'CREATE DATABASE {name} TEMPLATE "{template}"')
    yield {"DATABASE_URL": f"{url.rpartition('/')[0]}/{name}"}
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def steps_of(module: str, home: Path, django_db_blocker: Any) -> Iterator[Step]:
    """Runs functions of a module, given by name, one after the other on the same new database."""
    settings = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "DJANGO_SETTINGS_MODULE": "yizhou.config.settings"}
    with throw_away_database(home, django_db_blocker) as place:
        yield partial(step.run, module, env={**environment(home, **place), **settings}, timeout=TIMEOUT)
