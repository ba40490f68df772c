"""Text without what no file can hold and no reader can see.

What officers and adopters write is cleaned when it is recorded, so that no page shows 125 as 521; every text of a
document is cleaned when the document is made, since the structure and older rows did not come that way.
"""

import re

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_NOT_IN_A_FILE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters, but for tab and line feed
    "\ud800-\udfff"  # half a surrogate pair is no character
    "\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff\U000e0000-\U0010ffff"  # none, tags, private planes
    "\u202a-\u202e\u2066-\u2069"  # they turn what follows around: 125 would read as 521
    "\ufeff\ufff9-\ufffb"  # byte order mark, marks of ruby text
    "]"
)


def clean_text(text: str) -> str:
    """`text` without the characters that XML or PDF cannot hold; each kind of line end becomes a line feed.

    Letters of every script stay, and so does whatever looks like markup: keeping that from being read as
    markup is the writer's part.
    """
    return _NOT_IN_A_FILE.sub("", _LINE_ENDS.sub("\n", text))


def clean_line(text: str) -> str:
    """`text` cleaned and on one line, for titles, headings and captions."""
    return re.sub(r"\s*[\t\n]\s*", " ", clean_text(text)).strip(" ")
