"""The colours: every text has a contrast of at least 4.5:1, light and dark (WCAG 2.2, 1.4.3)."""

import re

import pytest

from tests.repository.tree import ROOT

pytestmark = pytest.mark.engine_free

THEME = (ROOT / "static" / "css" / "theme.css").read_text(encoding="utf-8")
STATUS = ["--on-track", "--at-risk", "--off-track", "--uncertain", "--open"]
PAIRS = [
    *((ink, "--ground") for ink in ["--ink", "--ink-soft", "--accent", *STATUS]),
    *((ink, "--ground-soft") for ink in ["--ink", "--ink-soft", "--accent", *STATUS]),
    *(("--on-status", status) for status in STATUS),
    ("--accent-ink", "--accent"),
    ("--ink", "--open-soft"),
    ("--practice-ink", "--practice"),
]


def colours(scheme: str) -> dict[str, str]:
    """Return the colours of a scheme; the dark one overrides the light one."""
    light, _, rest = THEME.partition("@media (prefers-color-scheme: dark)")
    dark = rest.partition("@media print")[0]
    assert dark
    return dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", light + (dark if scheme == "dark" else "")))


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_stands_out(scheme: str, ink: str, ground: str) -> None:
    found = colours(scheme)
    assert contrast(found[ink], found[ground]) >= 4.5


def test_the_measure_itself() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert contrast("#777777", "#ffffff") < 4.5 < contrast("#767676", "#ffffff")


@pytest.mark.parametrize(
    "name", [path.name for path in (ROOT / "static" / "css").glob("*.css") if path.name != "theme.css"]
)
def test_no_colour_outside_the_theme(name: str) -> None:
    text = (ROOT / "static" / "css" / name).read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", text.replace("#editions-label", ""))
