"""Events of outgoing messages."""

from yizhou.events.kinds import kind

kind("notice.failed", "通知发送失败")
kind("notice.retried", "重新发送通知")
