"""A dashboard as a reader sees it: key figures, the tables behind the charts."""

import re
from typing import Any

YEAR = "from=2025-01-01&to=2025-12-31"
KPI = re.compile(r'class="card kpi"(?: href="([^"]*)")?>\s*<span class="label">([^<]*)</span>\s*<b>([^<]*)')
TABLE = re.compile(r'<caption class="sr">([^<]*)</caption>(.*?)</table>', re.S)
ROW = re.compile(r"<tr>(.*?)</tr>", re.S)
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.S)


def key_figures(html: str) -> dict[str, str]:
    """Value by name."""
    return {label: value.strip() for _, label, value in KPI.findall(html)}


def addresses(html: str) -> dict[str, str]:
    """Where each key figure opens."""
    return {label: url.replace("&amp;", "&") for url, label, _ in KPI.findall(html)}


def tables(html: str) -> dict[str, list[list[str]]]:
    """Rows of text by title, the heading first."""
    return {title: [_texts(row) for row in ROW.findall(body)] for title, body in TABLE.findall(html)}


def _texts(row: str) -> list[str]:
    return [re.sub(r"<[^>]*>|\s", "", cell) for cell in CELL.findall(row)]


def shown(client: Any, path: str, query: str = YEAR) -> str:
    """A page that can be opened."""
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())
