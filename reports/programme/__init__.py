"""The annual programme: the account of a year, the plan for the next year, and the appendix as its last part."""

from collections.abc import Iterator
from dataclasses import replace

from indicators.readmodel.programme import Programme
from indicators.readmodel.rows import Overview
from indicators.readmodel.sentences import edition_sentence
from reports.appendix import file_stem, subject_words, without_later_indicators
from reports.appendix.data import figures_table
from reports.appendix.load import Basis
from reports.document import Document, Notice, Paragraph, Section, Table
from reports.programme.changes import changes_section
from reports.programme.data import lines_table
from reports.programme.finances import finances_section
from reports.programme.parts import APPENDIX, priority_part, theme_sections, vth_overview, vth_sections
from reports.programme.summary import guide_section, summary_section

NAME = "uitvoeringsprogramma"
DEEPEST = 3


def build_programme(basis: Basis, programme: Programme) -> Document:
    """Build the programme of a year, as of the edition of `basis`; without edition it is a draft.

    The plan is for the next year, where the kadernota has one.
    """
    appendix, year = basis.build(), basis.year
    overview = without_later_indicators(basis.overview, year)
    ahead = year + 1 if year + 1 in programme.years else None
    basis_sentence = edition_sentence(basis.edition, year) if basis.edition else dict(appendix.details)["Stand"]
    remark = [] if basis.edition else [Notice(f"{basis_sentence} Concepten tellen mee en kunnen nog veranderen.")]
    sections = [
        summary_section(
            overview, programme, year, ahead, basis_sentence=basis_sentence if basis.edition else "", remark=remark
        ),
        guide_section(overview, year, ahead),
    ]
    for part in programme.priorities:
        sections += priority_part(overview, part, year, ahead)
    sections += [
        *theme_sections(programme, year, ahead),
        *vth_sections(overview, programme, year, ahead),
        finances_section(programme, year, ahead),
        changes_section(basis.previous, overview, programme, year=year),
        *_appended(appendix),
    ]
    return replace(
        appendix,
        title=programme_title(overview, year, ahead),
        subtitle=f"{f'Vooruitblik op {ahead} en bijlage' if ahead else 'Met de bijlage'} indicatoren, "
        + (f"editie {basis.edition.label}" if basis.edition else "concept"),
        subject=f"Verslag over {year}" + (f" en vooruitblik op {ahead}" if ahead else ""),
        details=tuple(_details(appendix, year, ahead, number=file_stem(overview, year, NAME))),
        sections=tuple(sections),
        data=lines_table(overview, programme, year, (year, ahead) if ahead else (year,)),
        pivots=(),
        workings=(*appendix.workings, *_figures(appendix, overview, year)),
    )


def programme_title(overview: Overview, year: int, ahead: int | None) -> str:
    """Return the title: named after the planned year, as in the nota (section 5.4), with the year of the account."""
    name = " ".join(["Uitvoeringsprogramma", *subject_words(overview), *([str(ahead)] if ahead else [])])
    return f"{name}: verslag over {year}"


def _details(appendix: Document, year: int, ahead: int | None, *, number: str) -> Iterator[tuple[str, str]]:
    for word, value in appendix.details:
        if word == "Jaar":
            yield "Verslag over", str(year)
            if ahead:
                yield "Vooruitblik op", str(ahead)
        else:
            yield word, number if word == "Documentnummer" else value


def _appended(appendix: Document) -> Iterator[Section]:
    """Yield the sections of the appendix one level down, without headings that would be empty."""
    intro = Paragraph(
        "De cijfers achter dit programma: de nulmeting, streefwaarden, metingen en oordelen, en waar zij op rusten."
    )
    yield Section(APPENDIX, 1, (intro,), new_page=True)
    for place, section in enumerate(appendix.sections):
        if section.blocks or section.level + 1 < DEEPEST:
            yield replace(section, level=min(section.level + 1, DEEPEST), new_page=section.new_page and place > 0)


def _figures(appendix: Document, overview: Overview, year: int) -> Iterator[Table]:
    """Yield the table of all figures: those of the priorities, then those of the VTH cycle."""
    assert appendix.data is not None
    own = figures_table(vth_overview(overview), year).rows if overview.vth else ()
    yield replace(appendix.data, rows=(*appendix.data.rows, *own), name="Cijfers")
