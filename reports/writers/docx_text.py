"""Paragraphs and runs of a Word document as XML."""

import re
from xml.sax.saxutils import escape

_BREAKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}
_PARTS = re.compile(r"([\n\t])")


def paragraph(style: str, content: str, more: str = "") -> str:
    """A paragraph in the style with this id; `content` and the properties in `more` are XML."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{content}</w:p>"


def run(text: str, look: str = "") -> str:
    """Text with its blanks, tabs and line ends kept; `look` is XML. Nothing for no text."""
    if not text:
        return ""
    written = "".join(_BREAKS.get(part) or _piece(part) for part in _PARTS.split(text) if part)
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{written}</w:r>"


def _piece(text: str) -> str:
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<w:t{kept}>{escape(text)}</w:t>"
