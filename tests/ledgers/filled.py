"""Filled sheets for every bound ledger: generated from its columns, so that a new ledger is tested by existing."""

from collections.abc import Sequence

from stdnum.cn import uscc

from tests.indicators.makers import CITY, COUNTY, FAR_TOWN, FAR_VILLAGE, OTHER, TOWN, VILLAGE
from yizhou.core.id_numbers import check_character
from yizhou.ledgers.columns import Column, code_table, layouts
from yizhou.ledgers.ledger import Ledger, in_order

ROWS = 3
AREAS = [
    (CITY, "示范市", "市", ""),
    (COUNTY, "东县", "县", CITY),
    (OTHER, "西县", "县", CITY),
    (TOWN, "东镇", "乡镇街道", COUNTY),
    (FAR_TOWN, "西镇", "乡镇街道", OTHER),
    (VILLAGE, "东一村", "村社区", TOWN),
    (FAR_VILLAGE, "西一村", "村社区", FAR_TOWN),
]
# What the ledger's own rules want to agree with other columns is left empty.
SPECIAL = {
    "people": {
        "出生日期": "1970-01-01",
        "性别": "男",
        "人员类别": "V02",
        "其他人员类别": "",
        "政治面貌": "中共党员",
        "入党时间": "1995-07-01",
        "伤残性质": "",
        "伤残等级": "",
        "伤残证号": "",
        "入伍时间": "1990-12-01",
        "退役时间": "1993-12-01",
    },
    "person_details": {"身份证有效期至": "", "家庭住址": "", "电子邮箱": "someone@example.com"},
    "service_spells": {"入伍时间": "1990-12-01", "退役时间": "1993-12-01", "军龄(年)": "3"},
    "placement_records": {"退役报到日期": "1993-12-15", "是否超期报到": "否", "档案是否弄虚作假": "否"},
    "survivors": {"逝者身份证号": ""},
}
Cells = dict[str, str]


def id_number(row: int, kind: str = "1") -> str:
    """A man born on 1970-01-01."""
    first = f"33990119700101{kind}{row}1"
    return first + check_character(first)


def credit_code(row: int) -> str:
    """A company of the county."""
    first = f"91339901MA2B{row:04}X"
    return first + uscc.calc_check_digit(first)


def needed_for(bound: Ledger) -> list[Ledger]:
    """The ledgers that must be there before this one, in their order, and this one last."""
    wanted, open_names = {"areas"}, [bound.name]
    while open_names:
        name = open_names.pop()
        wanted.add(name)
        targets = {c.argument.partition(".")[0] for c in layouts()[name].columns if c.kind == "ref"}
        open_names += targets - wanted
    return [other for other in in_order() if other.name in wanted]


def rows_for(bound: Ledger, earlier: dict[str, list[Cells]]) -> list[Cells]:
    """The first row with what must be filled, the others with everything; ``earlier`` holds the sheets before."""
    columns = bound.layout.columns
    if bound.name == "areas":
        names = [column.header for column in columns]
        blank = dict.fromkeys(names, "")
        keys = ("区划代码", "区划名称", "层级", "上级代码")
        return [blank | dict(zip(keys, area, strict=True)) for area in AREAS]
    made: list[Cells] = []
    for row in range(ROWS):
        wanted = [c for c in columns if row or c.required or c.required_when]
        cells = {c.header: cell_of(c, row, earlier | {bound.name: made}) for c in wanted}
        special = {k: v for k, v in SPECIAL.get(bound.name, {}).items() if row or k in cells}
        made.append({c.header: "" for c in columns} | cells | special)
    return made


def cell_of(column: Column, row: int, sheets: dict[str, list[Cells]]) -> str:
    """A text that the column accepts, different in each row where it must be."""
    if column.multi:
        names = list(code_table(column.multi).names.values())
        return ";".join(names[:2])
    if column.month:
        return "2024-03"
    if "USCC" in column.check:
        return credit_code(row)
    plain = {
        "text": f"{column.header}{row}" if not column.digits else str(row + 1).zfill(column.digits),
        "int": str((column.min or 0) + row + 3) if not column.range else str(column.range[0]),
        "decimal": "12.5",
        "money_yuan": "1234.50",
        "date": "2024-03-05",
        "datetime": f"2024-03-05 09:30:0{row}",
        "bool": "是" if row % 2 else "否",
        "area": VILLAGE if row % 2 else FAR_VILLAGE,
        "id_number": id_number(row),
        "phone": f"1380000000{row}",
    }
    if column.kind == "code":
        names = list(code_table(column.argument).names.values())
        return names[row % len(names)]
    return reference(column, row, sheets) if column.kind == "ref" else plain[column.kind]


def reference(column: Column, row: int, sheets: dict[str, list[Cells]]) -> str:
    """A value of the referenced column; within the same sheet that of the row before."""
    ledger, _, field = column.argument.partition(".")
    header = layouts()[ledger][field].header
    there: Sequence[Cells] = sheets.get(ledger, [])
    return there[(row or 1) - 1 if len(there) < ROWS else row][header] if there else ""
