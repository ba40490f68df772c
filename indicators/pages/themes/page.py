"""The overview of the other safety themes: efforts, partners, budget and the state of their activities."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from indicators.domain.dutch import counted, listed, plural
from indicators.pages.activities import state_counts
from indicators.pages.links import Links
from indicators.readmodel.programme import Programme, ProgrammePart


@dataclass(frozen=True, kw_only=True)
class ThemeBlock:
    """A theme; `counts` are its activities of the year by state."""

    part: ProgrammePart
    url: str
    activity_count: int
    counts: tuple[SafeString, ...]
    actors: str


@dataclass(frozen=True)
class ThemesPage:
    """The content of the overview for one year; `answer` counts the activities."""

    answer: str
    blocks: tuple[ThemeBlock, ...]


def build_themes(programme: Programme, year: int, links: Links) -> ThemesPage:
    """Build the overview of the themes for one year. No queries."""
    blocks = tuple(_blocks(programme, year, links))
    return ThemesPage(_answer(blocks, year), blocks)


def _blocks(programme: Programme, year: int, links: Links) -> Iterator[ThemeBlock]:
    for part in programme.themes:
        lines = part.activities(year)
        yield ThemeBlock(
            part=part,
            url=links.part(part.kind, part.number),
            activity_count=len(lines),
            counts=state_counts(lines),
            actors=listed(part.partners),
        )


def _answer(blocks: tuple[ThemeBlock, ...], year: int) -> str:
    themes = counted(len(blocks), "ander veiligheidsthema", "andere veiligheidsthema’s")
    first = f"Naast de prioriteiten noemt de nota {themes}."
    number = sum(block.activity_count for block in blocks)
    if not number:
        return f"{first} Over {year} staan daar geen activiteiten bij."
    active_themes = sum(1 for block in blocks if block.activity_count)
    return (
        f"{first} Over {year} {plural(number, 'staat', 'staan')} daar {number} "
        f"{plural(number, 'activiteit', 'activiteiten')} bij, onder {active_themes} ervan."
    )
