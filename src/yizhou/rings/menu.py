"""The page of each ring behind its heading of the menu; the axis, which has no heading, as an entry of its own."""

from yizhou.core.menu import GROUPS, entry, heading

RING = "rings.view_ring"

entry("rings:ring", "一轴五环", group="axis", permission=RING, order=2, args=("axis",))
for ring, title in GROUPS.items():
    if title:
        heading("rings:ring", group=ring, permission=RING, args=(ring,))
