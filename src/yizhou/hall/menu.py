"""Menu entries."""

from yizhou.core.menu import entry

entry(
    "ledgers:browse",
    "来访接待",
    group="smart",
    permission="ledgers.browse_ledger",
    order=40,
    args=("hall_receptions",),
)
