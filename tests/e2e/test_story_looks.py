"""Every kind of page with the data of the demonstration: accessible, and never wider than a phone."""

from pathlib import Path

import pytest

from tests.e2e.looks import is_fit
from tests.e2e.tour import STOPS, Desk, Stop


@pytest.mark.parametrize("stop", STOPS, ids=[stop.name for stop in STOPS])
def test_it_is_accessible_and_fits_a_phone(desk: Desk, tmp_path: Path, stop: Stop) -> None:
    is_fit(stop.go(desk, tmp_path))
