"""Where a label goes: of the places offered the one that covers least of what is already there.

Lengths are in the units of the drawing (user units of the SVG); text widths are estimates for any plain font.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

FONT = 13.5
# An average for digits and lower case in sans-serif fonts, on the wide side.
CHARACTER = 0.56
# What each next spot costs, in covered area, so that a label does not stray from its mark for a trifle.
FURTHER = 4


class Box(NamedTuple):
    """A rectangle, with y growing downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        """Whether both cover anything; asked before `overlap`, which is dearer."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def overlap(self, other: "Box") -> float:
        """The area that both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0


@dataclass(frozen=True)
class Spot:
    """A place for a text: its anchor point on the baseline of the letters, and how it is anchored."""

    x: float
    y: float
    anchor: str = "middle"

    def box(self, text: str) -> Box:
        """What the text covers here, about."""
        width = text_width(text)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left, self.y - FONT * 0.78, left + width, self.y + FONT * 0.22)


@dataclass
class Row:
    """Marks that lie in a row, within one box: what does not touch the box touches none of them."""

    around: Box
    marks: list[Box]


@dataclass
class Field:
    """The area in which labels must stay, with what it already holds."""

    area: Box
    labels: list[Box] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def mark(self, x: float, y: float, half_width: float, half_height: float) -> None:
        """Note a mark that labels should not cover."""
        box = _around(x, y, half_width, half_height)
        self.rows.append(Row(box, [box]))

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Note a line as a row of small marks."""
        steps = max(int(max(abs(x2 - x1), abs(y2 - y1)) / 4), 1)
        marks = [_around(x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps, 2, 1.5) for n in range(steps + 1)]
        first, last = marks[0], marks[-1]
        whole = Box(
            min(first.left, last.left),
            min(first.top, last.top),
            max(first.right, last.right),
            max(first.bottom, last.bottom),
        )
        self.rows.append(Row(whole, marks))

    def place(self, text: str, spots: Sequence[Spot]) -> Spot:
        """The best of these spots, which come from near to far; the text then counts as being there."""
        best, least, taken = spots[0], math.inf, None
        for n, spot in enumerate(spots):
            if n * FURTHER >= least:  # a free spot here would not be better, let alone one further off
                break
            box = spot.box(text)
            cost = self._cost(box) + n * FURTHER
            if cost < least:
                best, least, taken = spot, cost, box
        self.labels.append(taken or best.box(text))
        return best

    def _cost(self, box: Box) -> float:
        outside = (box.right - box.left) * (box.bottom - box.top) - box.overlap(self.area)
        on_labels = sum(box.overlap(other) for other in self.labels if box.touches(other))
        marks = (other for row in self.rows if box.touches(row.around) for other in row.marks)
        on_marks = sum(box.overlap(other) for other in marks if box.touches(other))
        return outside * 20 + on_labels * 6 + on_marks * 2


def _around(x: float, y: float, half_width: float, half_height: float) -> Box:
    return Box(x - half_width, y - half_height, x + half_width, y + half_height)


def text_width(text: str) -> float:
    """About how wide a text is."""
    return len(text) * FONT * CHARACTER


def wrap(text: str, width: float) -> list[str]:
    """Break a text into lines of about this width, between words; a longer word stands alone on its line."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]
