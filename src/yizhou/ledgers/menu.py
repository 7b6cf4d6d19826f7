"""Where the ledgers stand in the navigation."""

from yizhou.core.menu import entry

entry("ledgers:list", "台账导入导出", group="govern", permission="ledgers.list_ledgers", order=30)
