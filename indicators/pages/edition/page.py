"""What the page of an edition shows: its decision, and what it contains. Public, so nothing of a draft is in it."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from indicators.domain.dutch import listed
from indicators.pages.badges import mark
from indicators.pages.links import Links
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.errata import Change, Erratum, compare
from indicators.readmodel.rows import Overview
from indicators.readmodel.sentences import standing_words


@dataclass(frozen=True)
class Content:
    """A figure of an edition as a row of a table."""

    label: str
    name: str
    url: str
    printed: str
    target: str
    mark: SafeString
    explanation: str


@dataclass(frozen=True)
class EditionPage:
    """An edition and all that it holds; `errata` and such are empty for the first edition of a year."""

    edition: EditionInfo
    is_first: bool
    contents: tuple[Content, ...]
    errata: tuple[Erratum, ...]
    additions: tuple[Erratum, ...]
    explanations: tuple[Erratum, ...]
    others: tuple[EditionInfo, ...]
    link: str


def build_edition(overview: Overview, before: Overview | None, links: Links) -> EditionPage:
    """Build the page of the edition that `overview` shows; `before` is how things stood until then. No queries."""
    assert overview.edition is not None
    changes = compare(before, overview) if before else ()
    of = {change: tuple(one for one in changes if one.change is change) for change in Change}
    return EditionPage(
        edition=overview.edition,
        is_first=before is None,
        contents=tuple(_contents(overview, links)),
        errata=of[Change.ERRATUM],
        additions=of[Change.ADDITION],
        explanations=of[Change.EXPLANATION],
        others=tuple(one for one in overview.editions if one.year == overview.edition.year),
        link=links.start(),
    )


def contains_sentence(page: EditionPage, lines: int) -> str:
    """What an edition holds, counted, with the number of its lines of the programme."""
    first = len(page.contents) if page.is_first else 0
    told = [
        f"de eerste {first} cijfers over {page.edition.year}" if first > 1 else "",
        f"het eerste cijfer over {page.edition.year}" if first == 1 else "",
        _counted(len(page.errata), "erratum", "errata"),
        _counted(len(page.additions), "aanvulling", "aanvullingen"),
        _counted(lines, "regel van het programma", "regels van het programma"),
    ]
    holds = listed([one for one in told if one])
    number = _counted(len(page.explanations), "cijfer", "cijfers")
    only = f"Bij {number} veranderde alleen de toelichting." if number else ""
    return " ".join(filter(None, (f"Deze editie bevat {holds}." if holds else "", only)))


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}" if number else ""


def _contents(overview: Overview, links: Links):
    year, pk = overview.edition.year, overview.edition.pk
    for row in overview.all_rows:
        for part, figure in row.figures(year):
            if figure.edition and figure.edition.pk == pk:
                words = standing_words(figure, final=year == overview.last_year)
                yield Content(
                    row.label_of(part),
                    row.name,
                    links.indicator(row.code),
                    figure.printed,
                    figure.target_printed,
                    mark(figure.status, words),
                    figure.explanation,
                )
