"""Password rules of profile ``gb`` (GB/T 22239 8.1.4.1: 复杂度要求; trust.md T19)."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError

CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")


class ThreeClassesValidator:
    """At least three of lower case, upper case, digits and other signs."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002  # Django's signature
        """Raise ``ValidationError`` when fewer than three classes occur."""
        if sum(bool(re.search(pattern, password)) for pattern in CLASSES) < 3:
            raise ValidationError(self.get_help_text(), code="password_classes")

    def get_help_text(self) -> str:
        """The rule in the user's words."""
        return "密码须含大写字母、小写字母、数字、符号中的至少三类。"
