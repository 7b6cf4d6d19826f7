"""A sheet of official paper in Word: GB/T 9704 margins, grid, fonts, page numbers (report_outline.md §4).

The four fonts are named, not embedded: offices have them, and Word falls back where they are absent.
"""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

SONG, FANG, HEI, KAI, TITLE = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
BODY, TITLE_SIZE, NUMBER_SIZE = Pt(16), Pt(22), Pt(14)
LEADING = Pt(29)
LINES, CHARACTERS = 22, 28
INDENT = 200
"""First line indent in hundredths of a character: two characters."""

LINE_POINTS = 442
"""The width between the margins: 156 mm."""


def blank_sheet() -> Any:
    """An empty document on which body text needs nothing further."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    # The line of the page number stands 7 mm below the text: 35 − 7 − the height of the line itself.
    section.footer_distance = Mm(23)
    _grid(section)
    _normal(document.styles["Normal"])
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    return document


def _grid(section: Any) -> None:
    """22 lines of 28 characters: 225 mm and 156 mm divided."""
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(round(225 / 25.4 * 1440 / LINES)))
    width = 156 / 25.4 * 72 / CHARACTERS
    grid.set(qn("w:charSpace"), str(round((width - BODY.pt) * 4096)))


def _normal(style: Any) -> None:
    style.font.name = FANG
    style.font.size = BODY
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FANG)
    spacing = style.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, LEADING
    spacing.space_before = spacing.space_after = Pt(0)


def run(paragraph: Any, text: str, font: str = FANG, size: Any = BODY) -> Any:
    """Add words in a named font, for Chinese and Latin characters alike."""
    made = paragraph.add_run(text)
    made.font.name, made.font.size = font, size
    made._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return made


def body(document: Any, text: str = "", font: str = FANG) -> Any:
    """A paragraph that begins two characters in."""
    paragraph = document.add_paragraph()
    indent = paragraph._element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(INDENT))
    indent.set(qn("w:firstLine"), str(int(BODY.pt * 2 * 20)))
    if text:
        run(paragraph, text, font)
    return paragraph


def centred(document: Any, text: str, font: str = TITLE, size: Any = TITLE_SIZE) -> Any:
    """A line in the middle."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run(paragraph, text, font, size)
    return paragraph


def right(document: Any, text: str, characters: int) -> Any:
    """A line that ends so many characters before the right edge."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph._element.get_or_add_pPr().get_or_add_ind().set(qn("w:rightChars"), str(characters * 100))
    paragraph.paragraph_format.right_indent = Pt(BODY.pt * characters)
    run(paragraph, text)
    return paragraph


def head_size(org: str) -> int:
    """Points of the red head: it stands in one line between the margins, whatever the name of the office.

    >>> head_size("示范市退役军人事务局"), head_size("望澜区云岭乡退役军人事务局")
    (36, 29)
    """
    return min(40, LINE_POINTS // len(f"{org}文件"))


def red_head(document: Any, org: str, signer: str) -> None:
    """版头 of a report upwards: the office in red, number left and signer right, a red line; two lines below it."""
    head = centred(document, f"{org}文件", TITLE, Pt(head_size(org)))
    head.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    head.runs[0].font.color.rgb = RGBColor(0xFF, 0, 0)
    document.add_paragraph()
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.DISTRIBUTE
    run(line, "　〔　　　　〕　号")
    run(line, "　　　　签发人：")
    run(line, signer or "　　　", KAI)
    _red_line(line)
    for _ in range(2):
        document.add_paragraph()


def _red_line(paragraph: Any) -> None:
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "FF0000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    # Word wants the children of a paragraph's properties in the order of the schema.
    after = ("w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph._element.get_or_add_pPr().insert_element_before(borders, *after)


def _page_number(footer: Any, side: Any) -> None:
    """— n — in 4号宋体, one character from the outer edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    indent = paragraph._element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:rightChars" if side == WD_ALIGN_PARAGRAPH.RIGHT else "w:leftChars"), "100")
    run(paragraph, "— ", SONG, NUMBER_SIZE)
    _field(run(paragraph, "", SONG, NUMBER_SIZE), "PAGE")
    run(paragraph, " —", SONG, NUMBER_SIZE)


def _field(made: Any, instruction: str) -> None:
    for kind in ("begin", None, "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = instruction
        made._element.append(element)


def table(document: Any, headers: list[str], rows: list[list[str]], widths: list[int]) -> Any:
    """A plain table in small type; ``widths`` in millimetres."""
    made = document.add_table(rows=1, cols=len(headers))
    made.style = "Table Grid"
    made.autofit = False
    for n, header in enumerate(headers):
        _cell(made.rows[0].cells[n], header, HEI, widths[n])
    for row in rows:
        cells = made.add_row().cells
        for n, text in enumerate(row):
            _cell(cells[n], text, FANG, widths[n])
    return made


def _cell(cell: Any, text: str, font: str, width: int) -> None:
    cell.width = Mm(width)
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = Pt(16)
    run(paragraph, text, font, Pt(10.5))
