"""What the base packages put on the workbench: messages that could not be sent must reach somebody (trust.md D9)."""

from __future__ import annotations

from yizhou.notices.queries import failed_count
from yizhou.portal.tasks import WORKLISTS, Worklist

WORKLISTS.add(
    "failed_notices",
    Worklist(
        "failed_notices",
        "发送失败的通知",
        "notices.view_outbox",
        "/notices/",
        failed_count,
    ),
)
