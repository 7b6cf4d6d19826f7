"""Effects of packages below this one, which cannot register them themselves."""

from __future__ import annotations

from yizhou.cases.finishing import EFFECTS, Finished
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.people.actions.receive_archive import receive_archive


@EFFECTS.register("people.receive_archive")
def archive(finished: Finished, actor: Actor) -> str:
    """人事档案接收: complete when the form says that the seal was unbroken."""
    sealed = finished.values.get("archive_sealed", "")
    receive_archive(finished.case.person, on=clock.today(), is_complete=bool(sealed), actor=actor)
    keeper = finished.values.get("archive_keep_at", "")
    return f"档案已接收，保管于{keeper}" if keeper else "档案已接收"
