"""The public page of an edition: its decision, and the figures that it added or changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from indicators.domain.dutch import counted, listed
from indicators.pages.badges import mark
from indicators.pages.links import Links
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.errata import Change, Erratum, compare
from indicators.readmodel.rows import Overview
from indicators.readmodel.sentences import figure_status_words


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """A figure of an edition, as a row of a table."""

    label: str
    name: str
    url: str
    printed: str
    target: str
    mark: SafeString
    explanation: str


@dataclass(frozen=True, kw_only=True)
class EditionPage:
    """The content of the page of an edition. The first edition of a year has no errata, additions or explanations."""

    edition: EditionInfo
    is_first: bool
    figures: tuple[FigureRow, ...]
    errata: tuple[Erratum, ...]
    additions: tuple[Erratum, ...]
    explanations: tuple[Erratum, ...]
    editions: tuple[EditionInfo, ...]
    start_url: str


def build_edition(edition: EditionInfo, overview: Overview, before: Overview | None, links: Links) -> EditionPage:
    """Build the page of an edition; `overview` is as of this edition, `before` as of the previous one. No queries."""
    changes = compare(before, overview) if before else ()
    by_kind = {kind: tuple(change for change in changes if change.change is kind) for kind in Change}
    return EditionPage(
        edition=edition,
        is_first=before is None,
        figures=tuple(_figure_rows(edition, overview, links)),
        errata=by_kind[Change.ERRATUM],
        additions=by_kind[Change.ADDITION],
        explanations=by_kind[Change.EXPLANATION],
        editions=tuple(info for info in overview.editions if info.year == edition.year),
        start_url=links.start(),
    )


def contents_sentence(page: EditionPage, line_count: int) -> str:
    """Count the contents of an edition in one or two sentences; `line_count`: the lines of the programme."""
    first = len(page.figures) if page.is_first else 0
    counts = [
        f"de eerste {first} cijfers over {page.edition.year}" if first > 1 else "",
        f"het eerste cijfer over {page.edition.year}" if first == 1 else "",
        counted(len(page.errata), "erratum", "errata") if page.errata else "",
        counted(len(page.additions), "aanvulling", "aanvullingen") if page.additions else "",
        counted(line_count, "regel van het programma", "regels van het programma") if line_count else "",
    ]
    contents = listed([text for text in counts if text])
    sentences = [f"Deze editie bevat {contents}."] if contents else []
    if page.explanations:
        number = counted(len(page.explanations), "cijfer", "cijfers")
        sentences.append(f"Bij {number} veranderde alleen de toelichting.")
    return " ".join(sentences)


def _figure_rows(edition: EditionInfo, overview: Overview, links: Links) -> Iterator[FigureRow]:
    for row in overview.all_rows:
        for part, figure in row.figures(edition.year):
            if figure.edition and figure.edition.pk == edition.pk:
                words = figure_status_words(figure, final=edition.year == overview.last_year)
                yield FigureRow(
                    label=row.label_of(part),
                    name=row.name,
                    url=links.indicator(row.code),
                    printed=figure.printed,
                    target=figure.target_printed,
                    mark=mark(figure.status, words),
                    explanation=figure.explanation,
                )
