"""Every test of the people package stands in the same small county."""

import pytest

from tests.support import county


@pytest.fixture
def divisions(db: None) -> None:
    """The divisions of the demonstration."""
    county.divisions()
