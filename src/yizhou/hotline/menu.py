"""Menu entries."""

from yizhou.core.menu import entry

entry(
    "ledgers:browse",
    "热线工单",
    group="smart",
    permission="ledgers.browse_ledger",
    order=41,
    args=("hotline_calls",),
)
