"""Writing ledgers: exports, blank templates and error files, as .xlsx or .csv.

Every cell is text, so that nothing is rounded and nothing is run as a formula. Nothing here imports Django.
"""

from yizhou.ledgers.writing.errors import ERROR_HEADERS, write_errors
from yizhou.ledgers.writing.export import export_rows, guard_text
from yizhou.ledgers.writing.sheets import CellTooLong
from yizhou.ledgers.writing.template import TemplateColumn, write_template, write_templates

__all__ = [
    "ERROR_HEADERS",
    "CellTooLong",
    "TemplateColumn",
    "export_rows",
    "guard_text",
    "write_errors",
    "write_template",
    "write_templates",
]
