"""Menu entries of the shell itself."""

from yizhou.core.menu import entry

entry("portal:workbench", "工作台", group="axis", permission="portal.open_workbench", order=1)
entry("portal:accounts", "账号与任职", group="govern", permission="accounts.manage_account", order=90)
