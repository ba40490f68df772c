"""Label placement: choose the candidate position that covers least of the labels and marks placed before.

Lengths are in user units of the SVG; text widths are estimates for any plain font.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Anchor = Literal["start", "middle", "end"]

FONT_SIZE = 13.5
# Average width of digits and lower case in sans-serif fonts, as a share of the font size; on the wide side.
CHARACTER_WIDTH = 0.56
# The cost of each further candidate, in covered area: a small gain does not move a label away from its mark.
DISTANCE_COST = 4


class Box(NamedTuple):
    """A rectangle, with y growing downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        """Whether the boxes overlap; cheaper than `overlap`."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def overlap(self, other: "Box") -> float:
        """Return the area that both boxes cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0


@dataclass(frozen=True)
class TextPosition:
    """The position of a text: a point on its baseline, and the part of the text at that point."""

    x: float
    y: float
    anchor: Anchor = "middle"

    def box(self, text: str) -> Box:
        """Return the estimated area of a text at this position."""
        width = text_width(text)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left, self.y - FONT_SIZE * 0.78, left + width, self.y + FONT_SIZE * 0.22)


@dataclass
class Obstacle:
    """A mark that labels should not cover: small boxes, and the box around them for a quick test."""

    bounds: Box
    boxes: list[Box]


@dataclass
class LabelPlacer:
    """Places labels within `area`, around the obstacles and the labels placed before."""

    area: Box
    labels: list[Box] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)

    def avoid_box(self, x: float, y: float, half_width: float, half_height: float) -> None:
        """Add a mark with its centre at (x, y) as an obstacle."""
        box = _box_around(x, y, half_width, half_height)
        self.obstacles.append(Obstacle(box, [box]))

    def avoid_line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Add a line as an obstacle: a row of small boxes."""
        steps = max(int(max(abs(x2 - x1), abs(y2 - y1)) / 4), 1)
        boxes = [_box_around(x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps, 2, 1.5) for n in range(steps + 1)]
        bounds = _box_around((x1 + x2) / 2, (y1 + y2) / 2, abs(x2 - x1) / 2 + 2, abs(y2 - y1) / 2 + 1.5)
        self.obstacles.append(Obstacle(bounds, boxes))

    def place(self, text: str, candidates: Sequence[TextPosition]) -> TextPosition:
        """Return the best of these positions, ordered from near to far; later labels avoid the text there."""
        best, lowest_cost, best_box = candidates[0], math.inf, None
        for n, candidate in enumerate(candidates):
            if n * DISTANCE_COST >= lowest_cost:  # no further candidate can cost less
                break
            box = candidate.box(text)
            cost = self._cost(box) + n * DISTANCE_COST
            if cost < lowest_cost:
                best, lowest_cost, best_box = candidate, cost, box
        self.labels.append(best_box or best.box(text))
        return best

    def _cost(self, box: Box) -> float:
        outside = (box.right - box.left) * (box.bottom - box.top) - box.overlap(self.area)
        on_labels = sum(box.overlap(label) for label in self.labels if box.touches(label))
        near = (part for obstacle in self.obstacles if box.touches(obstacle.bounds) for part in obstacle.boxes)
        on_obstacles = sum(box.overlap(part) for part in near if box.touches(part))
        return outside * 20 + on_labels * 6 + on_obstacles * 2


def _box_around(x: float, y: float, half_width: float, half_height: float) -> Box:
    return Box(x - half_width, y - half_height, x + half_width, y + half_height)


def text_width(text: str) -> float:
    """Return the estimated width of a text."""
    return len(text) * FONT_SIZE * CHARACTER_WIDTH


def wrap(text: str, width: float) -> list[str]:
    """Break a text between words into lines of about this width; a longer word gets a line of its own."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]
