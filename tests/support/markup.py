"""What our strict content security policy and our templates forbid in a page, found by parsing it."""

import re
from html.parser import HTMLParser

TEMPLATE_TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
LEAKS = ("{{", "{%", "{#", "%}")
# A script of such a type is data: the browser never runs it.
DATA_TYPES = {"application/json", "application/ld+json"}


class _Inspector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        present = dict(attrs)
        line = self.getpos()[0]
        if tag in ("script", "pre", "code", "textarea"):
            self._quiet += 1
        if tag == "style":
            self.faults.append(f"line {line}: <style> element")
        if tag == "script" and "src" not in present and present.get("type") not in DATA_TYPES:
            self.faults.append(f"line {line}: inline <script>")
        for name, value in attrs:
            if name == "style":
                self.faults.append(f"line {line}: style attribute on <{tag}>")
            elif re.fullmatch(r"on[a-z]+|hx-on.*", name):
                self.faults.append(f"line {line}: {name} attribute on <{tag}>")
            elif (value or "").strip().lower().startswith("javascript:"):
                self.faults.append(f"line {line}: javascript: address on <{tag}>")
            elif any(leak in (value or "") for leak in LEAKS):
                self.faults.append(f"line {line}: template tag leaked into {name}={value!r}")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "pre", "code", "textarea") and self._quiet:
            self._quiet -= 1

    def handle_data(self, data: str) -> None:
        if self._quiet:
            return
        for leak in LEAKS:
            if leak in data:
                self.faults.append(f"line {self.getpos()[0]}: template tag leaked: {data.strip()[:60]!r}")
                return


def page_faults(html: str) -> list[str]:
    """Everything in a rendered page that must not be there, with line numbers; empty when it is clean."""
    inspector = _Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.faults


def template_faults(source: str) -> list[str]:
    """The same for a template: its own tags are blanked first (line numbers stay true)."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match.group()) if "\n" in match.group() else "x"

    return page_faults(TEMPLATE_TAGS.sub(blank, source))
