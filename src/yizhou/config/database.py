"""The database before a command runs: created when absent, migrated when something is missing, in turn."""

from __future__ import annotations

import fcntl
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from yizhou.config.first_start import is_seeded, seed_facts
from yizhou.config.home import home


def bring_up_to_date() -> None:
    """Apply missing migrations and enter the facts that every installation has.

    Two commands that start at once on a new directory take turns. When nothing is missing it costs two short queries.
    """
    if not missing_migrations() and is_seeded():
        return
    with (home() / "migrating.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        call_command("migrate", verbosity=0, interactive=False)
        seed_facts()


def missing_migrations() -> set[tuple[str, str]]:
    """(app, name) of the migrations on disk that the database has not had. Reads names only, imports nothing."""
    with connection.cursor() as cursor:
        if "django_migrations" not in connection.introspection.table_names(cursor):
            return on_disk()
        cursor.execute("SELECT app, name FROM django_migrations")
        return on_disk() - {(app, name) for app, name in cursor.fetchall()}


def on_disk() -> set[tuple[str, str]]:
    """Every migration file of every installed app."""
    return {
        (config.label, file.stem)
        for config in apps.get_app_configs()
        for file in (Path(config.path) / "migrations").glob("[0-9]*.py")
    }
