"""Where taking batches back stands in the navigation."""

from yizhou.core.menu import entry

entry("reversing:list", "批次冲回", group="axis", permission="reversing.view_reversals", order=23)
