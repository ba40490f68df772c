"""The appendix to the annual programme: from the read model to a document without a format."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.text import slugify

from indicators.domain.dutch import date_words
from indicators.domain.followed import Followed
from indicators.models import Reading
from indicators.readmodel.rows import EditionInfo, Overview
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

# Words of a title that say nothing of its subject.
NOT_A_SUBJECT = re.compile("kadernota|nota|integra(?:le|al)|[0-9]+")


def build_appendix(
    overview: Overview,
    *,
    year: int,
    edition: EditionInfo | None,
    previous: Overview | None,
    readings: Iterable[Reading],
    created: datetime,
) -> Document:
    """The appendix for a year, of figures as of `edition`; without one it is a draft, made at `created`.

    `previous` is the read model as of the edition before, or None for the first edition of a year.
    Nothing here asks the clock.
    """
    overview = without_later_indicators(overview, year)
    if (edition is None) != overview.with_drafts:
        raise ValueError("an appendix is either as of an edition, or with drafts")
    standing = edition_sentence(edition, year) if edition else _draft_sentence(created)
    draft = Notice(f"{standing} Concepten tellen mee en kunnen nog veranderen.")
    remark: tuple[Block, ...] = () if edition else (draft,)
    sections = [*guide_sections(overview, year), *result_sections(overview, year, "" if remark else standing, remark)]
    for priority in overview.priorities:
        sections += priority_sections(overview, priority, year)
    sections += [
        errata_section(previous, overview, year),
        readings_section(readings),
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
            ("Documentnummer", file_name(overview, year, edition, "").rstrip(".")),
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
    """Without the indicators that are followed from a later year on: an appendix of before does not know them."""
    groups = [
        replace(group, rows=tuple(row for row in group.rows if row.followed(year) is not Followed.NOT_YET))
        for group in overview.groups
    ]
    priorities = tuple(group for group in groups if not group.is_vth)
    return replace(overview, priorities=priorities, vth=next((group for group in groups if group.is_vth), None))


def _draft_sentence(created: datetime) -> str:
    return f"Dit is een concept, gemaakt op {date_words(timezone.localtime(created).date())}; het is niet vastgesteld."


def _edition_details(edition: EditionInfo | None, created: datetime) -> tuple[tuple[str, str], ...]:
    """By what the figures stand: a decision, data that others published, or nothing yet."""
    if edition is None:
        return (("Stand", _draft_sentence(created)),)
    if edition.is_taken_over:
        by = (("Stand", f"Overgenomen uit open data op {date_words(edition.retrieved_on)}"), ("Bron", edition.source))
    else:
        by = (("Vastgesteld op", date_words(edition.adopted_on)), ("Besluit", edition.decision))
    return (("Editie", edition.label), *by, ("Vingerafdruk", edition.content_hash))


def subject_words(overview: Overview) -> list[str]:
    """What the kadernota is about, in the words of its title, without accents and capitals: veiligheid."""
    return [word for word in slugify(overview.title).split("-") if not NOT_A_SUBJECT.fullmatch(word)]


def file_name(
    overview: Overview, year: int, edition: EditionInfo | None, extension: str, what: str = "bijlage-indicatoren"
) -> str:
    """The name of the file: lower case, no spaces; it says when the figures are drafts or invented."""
    words = subject_words(overview)
    start = ["oefengemeente"] if overview.is_practice else []
    end = [f"editie-{edition.number}" if edition else "concept"]
    return "-".join([*start, what, *words, str(year), *end]) + f".{extension}"
