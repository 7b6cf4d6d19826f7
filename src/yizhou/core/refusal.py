"""Refusals that give reasons: the page and the action ask the same rule and show the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason why something cannot be done: a stable code, Chinese words, and what to do about it."""

    code: str
    message: str
    remedy: str = ""


class Refused(Exception):
    """The action was not carried out and nothing changed; ``blockers`` say why.

    ``status`` is the answer over HTTP: a page that shows the refusal in its form answers with it.
    """

    status = 422

    def __init__(self, blockers: Sequence[Blocker]) -> None:
        super().__init__("；".join(b.message for b in blockers))
        self.blockers = tuple(blockers)


class Forbidden(Refused):
    """The actor lacks the permission."""

    status = 403

    def __init__(self, permission: str) -> None:
        super().__init__(
            [Blocker("FORBIDDEN", "您的岗位没有这项操作的权限", "请联系本单位管理员核对岗位授权")]
        )
        self.permission = permission


class AlreadyDone(Exception):
    """The same submission (idempotency token) was carried out before; ``result`` is what it answered then."""

    def __init__(self, result: str) -> None:
        super().__init__("重复提交：已按第一次提交处理")
        self.result = result


class Conflict(Refused):
    """Somebody else changed the row since it was read, or the token was used for another request."""

    status = 409

    def __init__(self, message: str = "内容已被他人更新", remedy: str = "请刷新页面，核对后再操作") -> None:
        super().__init__([Blocker("CONFLICT", message, remedy)])


def refuse(blockers: Sequence[Blocker]) -> None:
    """Raise ``Refused`` when there is at least one blocker."""
    if blockers:
        raise Refused(blockers)
