"""Menu entry of the workbench."""

from yizhou.core.menu import entry

entry("portal:workbench", "工作台", group="axis", permission="portal.open_workbench", order=1)
