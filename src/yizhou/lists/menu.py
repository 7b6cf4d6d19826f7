"""Where saved filters stand in the navigation."""

from yizhou.core.menu import entry

entry("lists:saved", "常用筛选", group="axis", permission="lists.save_filter", order=21)
