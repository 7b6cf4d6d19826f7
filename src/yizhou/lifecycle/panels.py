"""The tab 生命周期 of the person page."""

from yizhou.lifecycle.pages import count_open, panel
from yizhou.people.plugs import PANELS, Panel

PANELS.add(
    "lifecycle",
    Panel(
        "lifecycle", "生命周期", "lifecycle.view_tasks", count_open, panel, "lifecycle/_panel.html", order=22
    ),
)
