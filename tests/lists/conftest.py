"""A county for saved filters."""

import pytest

from tests.support import county


@pytest.fixture
def divisions(db: None) -> None:
    county.divisions()
