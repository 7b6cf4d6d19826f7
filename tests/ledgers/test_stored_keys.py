"""What a file is compared with: the stored rows of its own keys, however many others the ledger holds."""

import polars as pl
import pytest

from tests.indicators.makers import divisions, window
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.loading import stored_keys

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("further", [0, 3_000], ids=["a small file", "a large file"])
def test_only_rows_with_a_key_of_the_file_are_held(further: int) -> None:
    divisions()
    mine, _ = window(), window()
    asked = [mine.window_no, *(f"none {n}" for n in range(further))]
    found = stored_keys(LEDGERS["service_windows"], ["window_no"], pl.DataFrame({"window_no": asked}))
    assert {key: row.id for key, row in found.items()} == {(mine.window_no,): mine.pk}
