"""Events of boundaries."""

from yizhou.events.kinds import kind

kind("boundaries.loaded", "载入区划边界")
