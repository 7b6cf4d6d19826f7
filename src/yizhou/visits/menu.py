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
entry("visits:plans", "服务方案", group="care", permission="visits.view_plan", order=41)
