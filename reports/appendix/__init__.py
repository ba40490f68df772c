"""The appendix to the annual programme: builds the document from the read model."""

import re
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.text import slugify

from indicators.domain.dutch import date_words
from indicators.domain.followed import Followed
from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.rows import Overview
from indicators.readmodel.sentences import edition_sentence
from reports.appendix.basis import definitions_section, fingerprint_section, readings_section, sources_section
from reports.appendix.changes import errata_section
from reports.appendix.course import course_charts, course_table, result_chart
from reports.appendix.data import PER_YEAR, figures_table
from reports.appendix.guide import guide_sections, rules_section
from reports.appendix.priorities import priority_sections
from reports.appendix.recount import recount_table
from reports.appendix.result import result_sections
from reports.document import Block, Document, Notice

# Words of the title of a kadernota that do not describe its subject.
NOT_A_SUBJECT = re.compile("kadernota|nota|integra(?:le|al)|[0-9]+")


def build_appendix(
    overview: Overview,
    *,
    year: int,
    edition: EditionInfo | None,
    previous: Overview | None,
    created: datetime,
) -> Document:
    """Build the appendix of a year with figures as of `edition`; without edition it is a draft of moment `created`.

    `previous` is the read model as of the edition before; None for the first edition of a year. Raises ValueError when
    `overview` has drafts although there is an edition, or the reverse.
    """
    overview = without_later_indicators(overview, year)
    if (edition is None) != overview.with_drafts:
        raise ValueError("an appendix is either as of an edition, or with drafts")
    basis_sentence = edition_sentence(edition, year) if edition else _draft_sentence(created)
    draft = Notice(f"{basis_sentence} Concepten tellen mee en kunnen nog veranderen.")
    remark: tuple[Block, ...] = () if edition else (draft,)
    sections = [
        *guide_sections(overview, year),
        *result_sections(overview, year, "" if remark else basis_sentence, remark),
    ]
    for priority in overview.priorities:
        sections += priority_sections(overview, priority, year)
    sections += [
        errata_section(previous, overview, year),
        readings_section(overview),
        sources_section(overview, year),
        definitions_section(overview),
        rules_section(overview, year),
        *fingerprint_section(edition),
    ]
    return Document(
        title=f"Bijlage indicatoren – {overview.title}",
        subtitle=f"Stand over {year}, " + (f"editie {edition.label}" if edition else "concept"),
        organisation=overview.organisation,
        subject=f"Nulmeting, metingen, streefwaarden en oordeel over {year}",
        keywords=(overview.title, overview.organisation, str(year)),
        created=created,
        details=(
            ("Kadernota", overview.title),
            ("Gemeente", overview.organisation),
            ("Jaar", str(year)),
            *_edition_details(edition, created),
            ("Documentnummer", file_stem(overview, year)),
        ),
        draft=edition is None,
        practice=overview.is_practice,
        sections=tuple(sections),
        data=figures_table(overview, year),
        pivots=(PER_YEAR,),
        workings=(course_table(overview, year), recount_table(overview, year)),
        charts=(result_chart(overview, year), *course_charts(overview, year)),
    )


def without_later_indicators(overview: Overview, year: int) -> Overview:
    """Return the read model without the indicators that are followed only after `year`."""
    groups = [
        replace(group, rows=tuple(row for row in group.rows if row.followed(year) is not Followed.NOT_YET))
        for group in overview.groups
    ]
    priorities = tuple(group for group in groups if not group.is_vth)
    return replace(overview, priorities=priorities, vth=next((group for group in groups if group.is_vth), None))


def _draft_sentence(created: datetime) -> str:
    return f"Dit is een concept, gemaakt op {date_words(timezone.localtime(created).date())}; het is niet vastgesteld."


def _edition_details(edition: EditionInfo | None, created: datetime) -> tuple[tuple[str, str], ...]:
    """Return what the figures rest on, as lines of the title page: a decision, published data, or neither."""
    if edition is None:
        return (("Stand", _draft_sentence(created)),)
    day = date_words(edition_day(edition))
    if edition.is_taken_over:
        origin = (("Stand", f"Overgenomen uit open data op {day}"), ("Bron", edition.source))
    else:
        origin = (("Vastgesteld op", day), ("Besluit", edition.decision))
    return (("Editie", edition.label), *origin, ("Vingerafdruk", edition.chain_hash))


def edition_day(edition: EditionInfo) -> date:
    """Return the day on which an edition was adopted or taken over. Raises ValueError when it has neither."""
    day = edition.adopted_on or edition.retrieved_on
    if day is None:
        raise ValueError(f"edition {edition.label} has no day on which it was adopted or taken over")
    return day


def subject_words(overview: Overview) -> list[str]:
    """Return the words of the title that describe its subject, without accents and capitals: ["veiligheid"]."""
    return [word for word in slugify(overview.title).split("-") if not NOT_A_SUBJECT.fullmatch(word)]


def file_stem(overview: Overview, year: int, name: str = "bijlage-indicatoren") -> str:
    """Return a file name without extension: lower case, no spaces, marked when the figures are drafts or fictitious."""
    start = ["oefengemeente"] if overview.is_practice else []
    end = f"editie-{overview.edition.number}" if overview.edition else "concept"
    return "-".join([*start, name, *subject_words(overview), str(year), end])
