"""The other safety themes together: who acts, on what, paid from where, and how their activities of a year stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from indicators.domain.dutch import counted, listed, plural
from indicators.pages.activities import state_counts
from indicators.pages.links import Links
from indicators.readmodel.programme import Line, Part, Programme


@dataclass(frozen=True)
class ThemeBlock:
    """A theme of the overview; `counts` are its activities of the year by state, `number` how many there are."""

    part: Part
    url: str
    number: int
    counts: tuple[SafeString, ...]
    actors: str


@dataclass(frozen=True)
class ThemesPage:
    """All themes in a year, with how many activities there are in one sentence."""

    answer: str
    blocks: tuple[ThemeBlock, ...]


def build_themes(programme: Programme, year: int, links: Links) -> ThemesPage:
    """Build the overview of the themes for one year. No queries."""
    blocks = tuple(_blocks(programme, year, links))
    return ThemesPage(_answer(programme, blocks, year), blocks)


def _blocks(programme: Programme, year: int, links: Links) -> Iterator[ThemeBlock]:
    for part in programme.themes:
        lines = part.activities(year)
        yield ThemeBlock(
            part, links.part(part.kind, part.number), len(lines), state_counts(lines), listed(part.partners)
        )


def _answer(programme: Programme, blocks: tuple[ThemeBlock, ...], year: int) -> str:
    themes = counted(len(blocks), "ander veiligheidsthema", "andere veiligheidsthema’s")
    first = f"Naast de prioriteiten noemt de nota {themes}."
    activities: list[Line] = [line for part in programme.themes for line in part.activities(year)]
    if not activities:
        return f"{first} Over {year} staan daar geen activiteiten bij."
    busy = sum(1 for block in blocks if block.number)
    number = len(activities)
    return (
        f"{first} Over {year} {plural(number, 'staat', 'staan')} daar {number} "
        f"{plural(number, 'activiteit', 'activiteiten')} bij, onder {busy} ervan."
    )
