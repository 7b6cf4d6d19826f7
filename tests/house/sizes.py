"""Small on purpose: 400 lines a file, 40 a function, 15 a view, 6 parameters.

`python -m tests.house.sizes` lists what is too large.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import PurePath

from tests.house.tree import ROOT, files, functions, python_files

FILE_LINES = 400
FUNCTION_LINES = 40
VIEW_LINES = 15
PARAMETERS = 6
TEXT_SUFFIXES = (".html", ".jinja", ".js", ".css", ".sh")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def lines_of(function: Function) -> int:
    """Lines from `def` to the end without the docstring: explaining more is never a fault."""
    first = function.body[0]
    has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if has_docstring else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def parameters_of(function: Function) -> list[str]:
    """Names of the parameters, `self` and `cls` not counted."""
    arguments = function.args
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return [name for name in names if name not in ("self", "cls")]


def is_view(name: str, function: Function) -> bool:
    """A function of a views module that takes a request."""
    path = PurePath(name)
    return (path.name == "views.py" or "views" in path.parts) and parameters_of(function)[:1] == ["request"]


def faults_in(name: str, source: str) -> Iterator[str]:
    """What is too large in one Python file."""
    if (count := source.count("\n")) > FILE_LINES:
        yield f"{name}: {count} lines, {FILE_LINES} allowed"
    for function in functions(source):
        where = f"{name}:{function.lineno} {function.name}"
        limit = VIEW_LINES if is_view(name, function) else FUNCTION_LINES
        if (length := lines_of(function)) > limit:
            yield f"{where}: {length} lines, {limit} allowed"
        if not name.startswith("tests/") and (count := len(parameters_of(function))) > PARAMETERS:
            yield f"{where}: {count} parameters, {PARAMETERS} allowed"


def faults() -> list[str]:
    """What is too large in the repository."""
    found = [
        fault
        for name, source in python_files("src/", "tests/", "bench/", "scripts/")
        for fault in faults_in(name, source)
    ]
    for name in files():
        if name.endswith(TEXT_SUFFIXES) and name.startswith(("src/", "scripts/")) and ".min." not in name:
            count = (ROOT / name).read_text(encoding="utf-8").count("\n")
            if count > FILE_LINES:
                found.append(f"{name}: {count} lines, {FILE_LINES} allowed")
    return found


if __name__ == "__main__":
    problems = faults()
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    sys.exit(1 if problems else 0)
