"""The tab 电子档案 of the person page."""

from yizhou.archives.queries.page import count_items, panel
from yizhou.people.plugs import PANELS, Panel

PANELS.add(
    "archive",
    Panel(
        "archive", "电子档案", "archives.view_archive", count_items, panel, "archives/_panel.html", order=25
    ),
)
