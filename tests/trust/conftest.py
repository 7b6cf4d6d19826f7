"""The world of the matrix, made once for each test that asks for it."""

import logging
from collections.abc import Iterator

import pytest

from tests.trust import world
from tests.trust.world import Corner
from yizhou.core import clock


@pytest.fixture
def corners(db: None, quiet: None) -> Iterator[list[Corner]]:
    """Two counties × two towns, on a working day in April 2025."""
    made = world.build()
    with clock.at(world.WHEN):
        yield made


@pytest.fixture
def quiet() -> Iterator[None]:
    """Refused requests by the thousand need not be logged line by line."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)
