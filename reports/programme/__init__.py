"""The annual programme: the account of a year, the look ahead to the next, and the appendix as a part of it."""

from collections.abc import Iterator
from dataclasses import replace

from indicators.readmodel.programme import Programme
from indicators.readmodel.rows import Overview
from indicators.readmodel.sentences import edition_sentence
from reports.appendix import file_name, subject_words, without_later_indicators
from reports.appendix.data import figures_table
from reports.appendix.load import Basis
from reports.document import Document, Notice, Paragraph, Section
from reports.programme.changes import Lines, changes_section
from reports.programme.data import lines_table
from reports.programme.finances import finances_section
from reports.programme.parts import APPENDIX, priority_part, theme_sections, vth_overview, vth_sections
from reports.programme.summary import guide_section, summary_section

NAME = "uitvoeringsprogramma"
DEEPEST = 3


def build_programme(basis: Basis, programme: Programme, *, before: Lines | None, after: Lines) -> Document:
    """The programme of a year, as of the edition that `basis` shows; without one it is a draft.

    The account is of the year itself, the look ahead of the next, where the kadernota has one. `before` and `after` are
    the lines as of the edition before and as of this one; None where there is no edition before.
    """
    appendix, year = basis.build(), basis.year
    overview = without_later_indicators(basis.overview, year)
    ahead = year + 1 if year + 1 in programme.years else None
    standing = edition_sentence(basis.edition, year) if basis.edition else dict(appendix.details)["Stand"]
    remark = [] if basis.edition else [Notice(f"{standing} Concepten tellen mee en kunnen nog veranderen.")]
    sections = [
        summary_section(overview, programme, year, ahead, standing if basis.edition else "", remark),
        guide_section(overview, year, ahead),
    ]
    for part in programme.priorities:
        sections += priority_part(overview, part, year, ahead)
    sections += [
        *theme_sections(programme, year, ahead),
        *vth_sections(overview, programme, year, ahead),
        finances_section(programme, year, ahead),
        changes_section(before, after, programme, basis.previous, overview, year),
        *_appended(appendix),
    ]
    number = file_name(overview, year, basis.edition, "", NAME).rstrip(".")
    return replace(
        appendix,
        title=programme_title(overview, year, ahead),
        subtitle=f"{f'Vooruitblik op {ahead} en bijlage' if ahead else 'Met de bijlage'} indicatoren, "
        + (f"editie {basis.edition.label}" if basis.edition else "concept"),
        subject=f"Verslag over {year}" + (f" en vooruitblik op {ahead}" if ahead else ""),
        details=tuple(_details(appendix, year, ahead, number)),
        sections=tuple(sections),
        data=lines_table(overview, programme, year, (year, ahead) if ahead else (year,)),
        pivots=(),
        workings=(*appendix.workings, *_figures(appendix, overview, year)),
    )


def programme_title(overview: Overview, year: int, ahead: int | None) -> str:
    """Called after the year that it plans, as the nota does; the account that it gives stands behind it."""
    name = " ".join(["Uitvoeringsprogramma", *subject_words(overview), *([str(ahead)] if ahead else [])])
    return f"{name}: verslag over {year}"


def _details(appendix: Document, year: int, ahead: int | None, number: str) -> Iterator[tuple[str, str]]:
    for word, value in appendix.details:
        if word == "Jaar":
            yield "Verslag over", str(year)
            if ahead:
                yield "Vooruitblik op", str(ahead)
        else:
            yield word, number if word == "Documentnummer" else value


def _appended(appendix: Document) -> Iterator[Section]:
    """The whole appendix, one level down; a heading with nothing of its own and nothing under it is left out."""
    told = Paragraph(
        "De cijfers achter dit programma: de nulmeting, streefwaarden, metingen en oordelen, en waar zij op rusten."
    )
    yield Section(APPENDIX, 1, (told,), new_page=True)
    for place, section in enumerate(appendix.sections):
        if section.blocks or section.level + 1 < DEEPEST:
            yield replace(section, level=min(section.level + 1, DEEPEST), new_page=section.new_page and place > 0)


def _figures(appendix: Document, overview: Overview, year: int) -> Iterator:
    """All figures as one sheet, those of the cycle of permits behind those of the priorities."""
    assert appendix.data is not None
    own = figures_table(vth_overview(overview), year).rows if overview.vth else ()
    yield replace(appendix.data, rows=(*appendix.data.rows, *own), name="Cijfers")
