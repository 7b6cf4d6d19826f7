"""How many queries a page costs, held in a committed file so that a new N+1 is a red test and a diff.

`with query_count("people.page"): client.get(...)` compares with tests/query_counts.json.
`REWRITE_QUERY_COUNTS=1 make test` writes the numbers anew; read the diff before you commit it.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

STORE = Path(__file__).parents[1] / "query_counts.json"


@contextmanager
def query_count(name: str, store: Path = STORE) -> Iterator[None]:
    """Fail unless the block runs exactly as many queries as the file says for `name`."""
    with CaptureQueriesContext(connection) as captured:
        yield
    count = len(captured)
    if os.environ.get("REWRITE_QUERY_COUNTS") == "1":
        _write(store, name, count)
        return
    counts = json.loads(store.read_text(encoding="utf-8")) if store.exists() else {}
    if counts.get(name) != count:
        listing = "\n".join(
            f"{n}. {query['sql'][:300]}" for n, query in enumerate(captured.captured_queries, 1)
        )
        raise AssertionError(f"{name}: {count} queries, {store.name} says {counts.get(name)}\n{listing}")


def _write(store: Path, name: str, count: int) -> None:
    with store.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        counts = json.loads(store.read_text(encoding="utf-8")) if store.exists() else {}
        counts[name] = count
        store.write_text(json.dumps(counts, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    store.with_suffix(".lock").unlink(missing_ok=True)
