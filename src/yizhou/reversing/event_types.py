"""Events of taking a batch back: its steps, and one a file that changed."""

from yizhou.events.kinds import kind

kind("reversal.begun", "核对整批冲回")
kind("reversal.confirmed", "确认整批冲回")
kind("reversal.approved", "同意整批冲回")
kind("reversal.refused", "不同意整批冲回")
kind("reversal.cancelled", "取消整批冲回")
kind("reversal.done", "整批冲回")
kind("reversal.updated", "一人一档：整批冲回")
