"""Where the file stands in the navigation."""

from yizhou.core.menu import entry

entry("people:quality", "数据质量", group="axis", permission="people.view_quality", order=21)
entry("people:proposals", "更正复核", group="axis", permission="people.view_changes", order=22)
entry("people:list", "一人一档", group="axis", permission="people.list_people", order=20)
