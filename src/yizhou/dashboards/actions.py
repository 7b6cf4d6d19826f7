"""Loading boundaries: a file takes the place of what was there for the same divisions and their neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.dashboards.geojson import Shape
from yizhou.dashboards.models import Boundary
from yizhou.events.actions import action
from yizhou.events.recording import record
from yizhou.orgs.models import Division

LOAD = "dashboards.load_boundaries"
SOURCE_LENGTH = 200


@action(LOAD)
def load_boundaries(shapes: Sequence[Shape], source: str, *, actor: Actor) -> int:
    """Keep these boundaries; whatever stood there for divisions with the same parents goes. Returns how many went.

    Raises ``Refused`` without a source or with too long a one.
    """
    source = source.strip()
    refuse(
        []
        if 0 < len(source) <= SOURCE_LENGTH
        else [
            Blocker("SOURCE", f"来源须为 1 至 {SOURCE_LENGTH} 个字", "写明数据出处与年份，会显示在地图下方")
        ]
    )
    areas = [shape.area for shape in shapes]
    parents = Division.objects.filter(area_code__in=areas).values("parent_code")
    together = Division.objects.filter(parent_code__in=parents).values("area_code")
    gone, _ = Boundary.objects.filter(area__in=together).delete()
    now = clock.now()
    Boundary.objects.bulk_create(
        Boundary(area=shape.area, polygons=shape.polygons, source=source, loaded_at=now) for shape in shapes
    )
    record(actor, "boundaries.loaded", reason=source, loaded=len(shapes), replaced=gone)
    return gone
