"""Where the events of lives stand in the navigation."""

from yizhou.core.menu import entry

entry("lifecycle:list", "生命周期事件", group="axis", permission="lifecycle.view_tasks", order=23)
