"""Where the file stands in the navigation."""

from yizhou.core.menu import entry

entry("people:list", "一人一档", group="axis", permission="people.list_people", order=20)
