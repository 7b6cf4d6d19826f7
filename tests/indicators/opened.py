"""What a number opens into, read off its page."""

import re
from typing import Any

from tests.indicators.makers import person
from tests.indicators.people_of_the_house import signed_in
from tests.support.client import PoliceClient
from yizhou.people.models import Person


def known(number: str, **values: Any) -> Person:
    """Somebody whose identity number is on file, as every row of a ledger shows it masked."""
    found = person(**values)
    found.seal({"id_number": number})
    found.save()
    return found


def opened(client: PoliceClient, code: str, role: str = "BUREAU_STAFF") -> tuple[str, str]:
    """The number of 2025 with its unit, and the page with its rows."""
    html = signed_in(client, role).get(f"/indicators/{code}/?from=2025-01-01&to=2025-12-31").content.decode()
    found = re.search(r'<b class="big">(.*?)</b>', html, re.S)
    assert found
    return re.sub(r"<.*?>|\s", "", found[1]), html
