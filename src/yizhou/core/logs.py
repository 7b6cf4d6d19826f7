"""Lines of the process log: nothing in them may number a person, wherever a message or a traceback got it from."""

from __future__ import annotations

import logging

from yizhou.core.masking import mask_text

LINE = "{asctime} {levelname} {name} {message}"


class Masked(logging.Formatter):
    """The usual line with identity numbers, mobile phones and account numbers masked, tracebacks included."""

    def __init__(self) -> None:
        super().__init__(LINE, style="{")

    def format(self, record: logging.LogRecord) -> str:
        """The finished text of a record."""
        return mask_text(super().format(record))
