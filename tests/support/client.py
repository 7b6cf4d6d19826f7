"""A test client that polices every page it fetches: no leaked tags, nothing inline, no write on a GET."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import connections
from django.http import HttpResponse
from django.test import Client

from tests.support.markup import page_faults

WRITE = re.compile(
    r"^\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|COPY|TRUNCATE|CREATE|ALTER|DROP)\b", re.IGNORECASE
)
# The framework renews a session when it is read, a token keeps when it was last used; those are no decisions.
OWN_AFFAIRS = re.compile(
    r'"?(django_session|axes_\w+)"?|^UPDATE "orgs_apitoken" SET "used_at"', re.IGNORECASE
)
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


class WroteOnGet(AssertionError):
    """A request that must only read has written."""


class BadPage(AssertionError):
    """A page holds a leaked template tag or something the content security policy forbids."""


@contextmanager
def reads_only() -> Iterator[None]:
    """Inside this block SQL that writes, on any database, raises WroteOnGet, even if a caller swallows it."""
    written: list[str] = []

    def refuse(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if WRITE.match(sql) and not OWN_AFFAIRS.search(sql[:200]):
            written.append(sql[:200])
            raise WroteOnGet(sql[:200])
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(refuse))
        yield
    if written:
        raise WroteOnGet(written[0])


class PoliceClient(Client):
    """Django's client plus the three checks. Failures raise, whatever the test looked for."""

    def request(self, **request: Any) -> Any:
        """Send one request and check what came back."""
        if request.get("REQUEST_METHOD", "GET") in SAFE_METHODS:
            with reads_only():
                response = super().request(**request)
        else:
            response = super().request(**request)
        _check_page(response, str(request.get("PATH_INFO", "")))
        return response


def _check_page(response: Any, path: str) -> None:
    if not isinstance(response, HttpResponse) or "text/html" not in response.get("Content-Type", ""):
        return
    faults = page_faults(response.content.decode())
    if faults:
        raise BadPage(f"{path}: " + "; ".join(faults))
