"""Where moves stand in the navigation."""

from yizhou.core.menu import entry

entry("moves:list", "市内迁移", group="axis", permission="moves.view_moves", order=23)
