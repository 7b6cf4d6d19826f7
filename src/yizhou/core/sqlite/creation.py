"""Test databases: their side files go with them, and a copy holds what is still in the write-ahead log."""

from __future__ import annotations

from pathlib import Path

from django.db.backends.sqlite3 import creation

SIDE_FILES = ("-wal", "-shm", "-journal", ".queue", ".writer")


class DatabaseCreation(creation.DatabaseCreation):
    """Django's creation of SQLite test databases, made to fit write-ahead logs and the writers' queue."""

    def _clone_test_db(self, suffix: str, verbosity: int, keepdb: bool = False) -> None:
        if not self.is_in_memory_db(self.connection.settings_dict["NAME"]):
            with self.connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        super()._clone_test_db(suffix, verbosity, keepdb)  # type: ignore[misc]  # the stubs leave out private methods

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        super()._destroy_test_db(test_database_name, verbosity)  # type: ignore[misc]  # as above
        if test_database_name and not self.is_in_memory_db(test_database_name):
            for side in SIDE_FILES:
                Path(f"{test_database_name}{side}").unlink(missing_ok=True)
