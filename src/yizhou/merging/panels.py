"""What merging tells the person page and the people ledger: old addresses, former numbers, closed numbers."""

from __future__ import annotations

from yizhou.events.subjects import FORMER
from yizhou.merging.queries.former import former_numbers, gone_numbers, moved_to
from yizhou.people.plugs import GONE_NUMBERS, MOVED

FORMER.add("merging", former_numbers)
MOVED.add("merging", moved_to)
GONE_NUMBERS.add("merging", gone_numbers)
