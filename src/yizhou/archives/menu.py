"""Where archives stand in the navigation."""

from yizhou.core.menu import entry

entry("archives:list", "电子档案", group="axis", permission="archives.list_archives", order=22)
