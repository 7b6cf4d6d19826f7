"""Events of frozen periods."""

from yizhou.events.kinds import kind

kind("period.frozen", "固化统计期")
