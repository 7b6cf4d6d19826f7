"""Every write is an action: which calls write, and the few modules where they may stand."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePath

ALWAYS = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
SQL_WRITE = re.compile(
    r"\s*(INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|COPY\s+\S+.*FROM)\b", re.I
)

# A folder or module of such a name is where writes belong.
WRITERS = {"actions", "loaders", "demo", "migrations"}
# Single modules beside them, each with its reason.
EXCEPTIONS = {
    "src/yizhou/config/worker.py": "keeps the job queue's own rows and ended sessions, no business data",
    "src/yizhou/core/bulk.py": "set-wise statements run by the import's action, for both databases",
    "src/yizhou/core/reseal.py": "the same values under another key: no row says anything else afterwards",
    "src/yizhou/events/recording.py": "writes the event itself, in its action's transaction",
    "src/yizhou/events/sealing.py": "adds links to the chain over events that stand already",
    "src/yizhou/ledgers/waiting.py": "keeps rows that wait, inside the transaction of their import",
    "src/yizhou/merging/jobs.py": "keeps how far a search is, no business data",
    "src/yizhou/merging/raw.py": "statements on stored rows, run by the actions that merge and undo",
    "src/yizhou/people/ledgers.py": "keeps the search index beside the rows, called by the import's action",
}
# Receivers whose update() is a dict's.
MAPPINGS = {"globals", "filters", "tests", "headers", "options"}


def may_write(name: str) -> bool:
    """Whether a file of the package is a place for writes."""
    parts = {PurePath(part).stem for part in PurePath(name).parts}
    return bool(parts & WRITERS) or name in EXCEPTIONS


def writes_in(source: str) -> Iterator[tuple[int, str]]:
    """(line, what) of every call that writes rows.

    Told from namesakes by their arguments: `save()` and `delete()` of a row take none in order (a document's
    take a path), `update()` of a query takes keywords only (a dict's or a hash's takes a value).
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            verb = node.func.attr
            bare = not node.args
            if _is_namesake(node.func.value):
                continue
            if (
                verb in ALWAYS
                or (verb == "save" and bare)
                or (verb == "delete" and bare and not node.keywords)
                or (verb == "update" and bare and bool(node.keywords))
            ):
                yield node.lineno, f".{verb}("
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_WRITE.match(node.value):
            yield node.lineno, node.value.strip().split("\n")[0][:40]


def _is_namesake(receiver: ast.expr) -> bool:
    """`super().update(...)` belongs to the method around it; a mapping of a template engine holds no rows."""
    if isinstance(receiver, ast.Call):
        return isinstance(receiver.func, ast.Name) and receiver.func.id == "super"
    name = receiver.attr if isinstance(receiver, ast.Attribute) else getattr(receiver, "id", "")
    return name in MAPPINGS
