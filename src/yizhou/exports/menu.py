"""Where the register stands in the navigation."""

from yizhou.core.menu import entry

entry("exports:list", "导出登记", group="govern", permission="exports.list_exports", order=35)
