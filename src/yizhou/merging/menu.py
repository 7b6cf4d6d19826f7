"""Where duplicates stand in the navigation."""

from yizhou.core.menu import entry

entry("merging:list", "疑似重复", group="axis", permission="merging.view_pair", order=22)
