"""一轴 Yizhou: whole-life-cycle service management for veterans' service centres and stations."""

__version__ = "0.1.0"
