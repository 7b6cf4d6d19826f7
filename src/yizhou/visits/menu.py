"""Menu entries."""

from yizhou.core.menu import entry

entry(
    "ledgers:browse",
    "走访联系",
    group="care",
    permission="ledgers.browse_ledger",
    order=40,
    args=("visits",),
)
