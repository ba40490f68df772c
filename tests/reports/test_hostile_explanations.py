"""Hostile explanations stay text in every format: markup, formulas, control characters."""

import re
from dataclasses import replace
from functools import cache

import pytest

from indicators.models import Edition
from reports.appendix import build_appendix
from reports.appendix.load import load_appendix
from reports.document import clean_text
from reports.formats import file_bytes
from reports.writers.typeset import displayable as settable
from tests.cast import overview_of
from tests.reports.appendix_reading import LINES, READERS, bare, csv_rows
from tests.reports.writers_sample import HOSTILE

# The writers get a document, whichever engine its figures come from.
pytestmark = [pytest.mark.engine_free, pytest.mark.unmeasured]


@pytest.fixture(scope="module")
def loaded_once() -> dict:
    """Cache what is loaded for one format and used for all."""
    return {}


# Markup, formulas, control characters, long words and right-to-left text.
SHAPES = ("{}", "a{}z", "\x0b{}\x1b[0m", "{0} {0}", "‮{}‬")
EXPLANATIONS = [shape.format(text) for shape in SHAPES for text in HOSTILE]
PER_DOCUMENT = 21


@cache
def hostile_parts() -> list[list[str]]:
    assert len(EXPLANATIONS) == 60
    return [EXPLANATIONS[start : start + PER_DOCUMENT] for start in range(0, 60, PER_DOCUMENT)]


def hostile_appendix(kadernota, texts: list[str]):
    """Return the appendix of 2020 with one of these explanations for each indicator, and the explanations by code."""
    overview = overview_of(kadernota, edition=Edition.objects.of(kadernota).filter(year=2020).last())
    given = dict(zip((row.code for row in overview.rows), texts, strict=False))
    priorities = tuple(
        replace(priority, rows=tuple(with_explanation(row, given.get(row.code, "")) for row in priority.rows))
        for priority in overview.priorities
    )
    overview = replace(overview, priorities=priorities)
    created = load_appendix(kadernota, 2020).document.created
    return build_appendix(overview, year=2020, edition=overview.edition, previous=None, created=created), given


def with_explanation(row, text: str):
    first, *rest = row.components
    figures = first.figures | {2020: replace(first.figures[2020], explanation=text)}
    return replace(row, components=(replace(first, figures=figures), *rest))


@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize("key", [*READERS, "csv"])
def test_hostile_explanations_stay_text(request, loaded_once, part, key):
    if part not in loaded_once:
        loaded_once[part] = hostile_appendix(request.getfixturevalue("practice"), hostile_parts()[part])
    document, given = loaded_once[part]
    content = file_bytes(document, key)
    if key == "csv":
        texts = {line["code"]: line["toelichting"] for line in reversed(csv_rows(content)) if line["jaar"] == "2020"}
        assert all(not texts[code].startswith(("=", "+", "-", "@", "\t")) for code in given)
    else:
        texts = texts_by_code(LINES[key](content), given)
    for code, text in given.items():
        expected = clean_text(text) if key != "pdf" else settable(clean_text(text))
        assert same_letters(texts[code].removeprefix("'"), expected), (key, code)


def texts_by_code(lines: list[str], given: dict[str, str]) -> dict[str, str]:
    """Return the text under the heading of each indicator, from its explanation up to its citation."""
    texts = {}
    for code in given:
        start = next(n for n, line in enumerate(lines) if line.startswith(code) and heading_of(lines, n, code))
        begin = next(n for n in range(start, len(lines)) if lines[n].startswith("Toelichting"))
        ends = ("Citerenals", "Toelichtingbij")  # the next component, or the citation
        end = next(n for n in range(begin + 1, len(lines)) if lines[n].startswith(ends))
        texts[code] = re.sub("^Toelichting(bij[^:]*)?:", "", "".join(lines[begin:end]))
    return texts


def heading_of(lines: list[str], number: int, code: str) -> bool:
    """Tell whether this line is the heading of the section of an indicator: a citation follows."""
    return any(line.startswith(f"Citerenals{code},") for line in lines[number : number + 12])


def same_letters(text: str, expected: str) -> bool:
    """Tell whether the texts are equal; bidirectional text is compared as a set of letters in display order."""
    text, expected = bare(text), bare(expected)
    return text == expected or ("שלום" in expected and sorted(text) == sorted(expected))
