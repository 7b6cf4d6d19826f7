"""Menu entry of the log."""

from yizhou.core.menu import entry

entry("events:log", "工作动态与审计", group="govern", permission="events.read_log", order=80)
