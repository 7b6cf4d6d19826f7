"""Menu entries."""

from yizhou.core.menu import entry

entry(
    "ledgers:browse",
    "服务站",
    group="govern",
    permission="ledgers.browse_ledger",
    order=10,
    args=("stations",),
)
entry(
    "ledgers:browse",
    "岗位与联络员",
    group="govern",
    permission="ledgers.browse_ledger",
    order=11,
    args=("staff_posts",),
)
