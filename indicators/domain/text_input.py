"""Remove characters that files cannot contain and readers cannot see.

Text of officers and adopters is cleaned when it is recorded. Documents clean all texts again, because texts of the
structure and of older rows may not be clean.
"""

import re

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_NOT_IN_A_FILE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters, but for tab and line feed
    "\ud800-\udfff"  # half a surrogate pair is no character
    "\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff\U000e0000-\U0010ffff"  # noncharacters, tags, private planes
    "\u202a-\u202e\u2066-\u2069"  # bidirectional controls: 125 would be displayed as 521
    "\ufeff\ufff9-\ufffb"  # byte order mark, interlinear annotation
    "]"
)


def clean_text(text: str) -> str:
    """Return `text` without the characters that XML or PDF cannot contain; every kind of line end becomes a line feed.

    Markup is left as it is: the writer of a document escapes it.
    """
    return _NOT_IN_A_FILE.sub("", _LINE_ENDS.sub("\n", text))


def clean_line(text: str) -> str:
    """Return `text` cleaned and on one line, for titles, headings and captions."""
    return re.sub(r"\s*[\t\n]\s*", " ", clean_text(text)).strip(" ")
