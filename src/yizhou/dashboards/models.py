"""Boundaries of divisions, as the deploying office loaded them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizhou.core.rows import Row


class Boundary(Row):
    """区划边界: the polygons of one division and where they come from. Public knowledge as divisions are, so not scoped.

    ``polygons`` are those of a GeoJSON MultiPolygon in degrees.
    """

    AREA: ClassVar = "area"

    area = models.CharField("区划", max_length=12)
    polygons = models.JSONField("边界")
    source = models.CharField("来源", max_length=200)
    loaded_at = models.DateTimeField("载入时间")

    class Meta(Row.Meta):
        verbose_name = "区划边界"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["area"], name="boundary_area"),
        ]

    def __str__(self) -> str:
        return self.area
