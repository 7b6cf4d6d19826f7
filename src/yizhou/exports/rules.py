"""When an export has to wait for a second person, and who that may be (handbook §21: 审批、水印、限量、日志)."""

from __future__ import annotations

from yizhou.core.refusal import Blocker

SHORTEST, LONGEST = 4, 200
FORMATS = {"xlsx": "Excel", "csv": "CSV"}


def why_it_waits(rows: int, free: int, *, out_today: int, a_day: int) -> str:
    """Why a second person has to agree; empty where nobody has to. Many small files are one large one."""
    if rows > free:
        return f"超过 {free:,} 行"
    if out_today + rows > a_day:
        return f"今天已免审批导出 {out_today:,} 行，连同这份超过每日 {a_day:,} 行"
    return ""


def blockers_to_ask(purpose: str, form: str, *, rows: int, most: int, waiting: bool) -> list[Blocker]:
    """Why this cannot be asked for."""
    found = []
    length = len(purpose.strip())
    if length < SHORTEST:
        found.append(Blocker("PURPOSE", "没有写明用途", "写明给谁用、做什么用，例：街道八一慰问上门核对"))
    if length > LONGEST:
        found.append(Blocker("PURPOSE_LENGTH", f"用途有 {length} 字，最多 {LONGEST} 字", "写短一些"))
    if form not in FORMATS:
        found.append(Blocker("FORMAT", "没有这种文件格式", "选 Excel 或 CSV"))
    if rows == 0:
        found.append(Blocker("EMPTY", "没有符合条件的记录可以导出", "放宽条件再试"))
    if rows > most:
        found.append(
            Blocker("TOO_MANY", f"超过 {most:,} 行，一份文件装不下", "加上区域或类别条件，分几次导出")
        )
    if waiting:
        found.append(Blocker("SAME", "同样的导出您已经申请过，还没有办完", "到“导出登记”里查看"))
    return found


def blockers_to_decide(
    asked_by: int | None, decided_by: int | None, note: str, *, declines: bool
) -> list[Blocker]:
    """Why this account cannot decide it: nobody approves what he asked for himself."""
    found = []
    if asked_by == decided_by:
        found.append(Blocker("OWN_REQUEST", "不能审批自己申请的导出", "请另一位有审批权限的同事办理"))
    if declines and len(note.strip()) < SHORTEST:
        found.append(Blocker("REASON", "不同意须写明理由", "写明为什么不能导出，或应当怎样改"))
    if len(note.strip()) > LONGEST:
        found.append(
            Blocker("REASON_LENGTH", f"意见有 {len(note.strip())} 字，最多 {LONGEST} 字", "写短一些")
        )
    return found
