"""Where unusual looks stand in the navigation."""

from yizhou.core.menu import entry

entry("watching:list", "异常查阅", group="govern", permission="watching.view_readings", order=36)
