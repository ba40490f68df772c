"""Where a label goes: of the places offered the one that covers least of what is already there.

Lengths are in the units of the drawing (user units of the SVG); text widths are estimates for any plain font.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

FONT = 13.5
# An average for digits and lower case in sans-serif fonts, on the wide side.
CHARACTER = 0.56
# What each next spot costs, in covered area, so that a label does not stray from its mark for a trifle.
FURTHER = 4


@dataclass(frozen=True)
class Box:
    """A rectangle, with y growing downwards."""

    left: float
    top: float
    right: float
    bottom: float

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
class Field:
    """The area in which labels must stay, with what it already holds."""

    area: Box
    labels: list[Box] = field(default_factory=list)
    marks: list[Box] = field(default_factory=list)

    def mark(self, x: float, y: float, half_width: float, half_height: float) -> None:
        """Note a mark that labels should not cover."""
        self.marks.append(Box(x - half_width, y - half_height, x + half_width, y + half_height))

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Note a line as a row of small marks."""
        steps = max(int(max(abs(x2 - x1), abs(y2 - y1)) / 4), 1)
        for n in range(steps + 1):
            self.mark(x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps, 2, 1.5)

    def place(self, text: str, spots: Sequence[Spot]) -> Spot:
        """The best of these spots, which come from near to far; the text then counts as being there."""
        costs = [self._cost(spot.box(text)) + FURTHER * n for n, spot in enumerate(spots)]
        best = spots[costs.index(min(costs))]
        self.labels.append(best.box(text))
        return best

    def _cost(self, box: Box) -> float:
        outside = (box.right - box.left) * (box.bottom - box.top) - box.overlap(self.area)
        on_labels = sum(box.overlap(other) for other in self.labels)
        on_marks = sum(box.overlap(other) for other in self.marks)
        return outside * 20 + on_labels * 6 + on_marks * 2


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
