"""Where the outbox stands in the navigation."""

from yizhou.core.menu import entry

entry("notices:outbox", "通知发送", group="govern", permission="notices.view_outbox", order=60)
