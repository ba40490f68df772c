"""The entries of the feed: what each decision added or changed. Adopted figures only."""

from collections.abc import Iterator
from dataclasses import dataclass

from indicators.domain.dutch import counted
from indicators.pages.version_changes import change_rows, decision_words
from indicators.readmodel.chain import DecisionInfo, EditionInfo
from indicators.readmodel.differences import Change, Differences, differences
from indicators.readmodel.overview import Prefix, make_overview, shorten
from indicators.readmodel.sentences import edition_words


@dataclass(frozen=True)
class FeedEntry:
    """A decision as an entry of the feed: each erratum, judgement and change by a version on a line, the rest counted.

    The last line is the link of the chain.
    """

    decision: DecisionInfo
    title: str
    lines: tuple[str, ...]


def feed_entries(prefix: Prefix) -> list[FeedEntry]:
    """Return an entry for each decision of the chain, the newest first. No queries."""
    entries = []
    before = None
    for decision in prefix.chain.decisions:
        overview = make_overview(shorten(prefix, decision.sequence))
        changes = differences(before, overview) if before else Differences(decisions=(decision,))
        before = overview
        entries.append(_entry(decision, changes, prefix.chain.decisions))
    return entries[::-1]


def _entry(decision: DecisionInfo, changes: Differences, chain: tuple[DecisionInfo, ...]) -> FeedEntry:
    words = edition_words(decision.edition) if decision.edition else decision_words(decision)
    lines = [f"{words[0].upper()}{words[1:]}.", *decision.remarks]
    if decision.edition:
        title = f"Editie {decision.edition.label}"
        if errata := changes.of(Change.ERRATUM):
            title += f": {counted(len(errata), 'erratum', 'errata')}"
        lines += _edition_lines(decision.edition, changes)
    elif decision.version:
        title = f"Kadernota, {decision.version.label}"
        lines += [decision.version.reason] if decision.version.reason else []
        lines += [row.line for row in change_rows(changes)]
    else:
        corrected = chain[(decision.corrected or 1) - 1]
        title = f"Verbetering van {_name(corrected)}"
        lines.append(decision.remark)
    return FeedEntry(decision, title, (*lines, f"Vingerafdruk: {decision.chain_hash}."))


def _edition_lines(edition: EditionInfo, changes: Differences) -> Iterator[str]:
    for erratum in changes.of(Change.ERRATUM):
        title = f"{erratum.code} {erratum.row.name}{f' – {erratum.component}' if erratum.component else ''}"
        yield f"Erratum: {title}, {erratum.year}: was {erratum.old_printed}, is {erratum.new_printed}."
    for verdict in (judgement for judgement in changes.verdicts if judgement.rejudged):
        words = f"was {verdict.old_words}, is {verdict.new_words}"
        yield f"Opnieuw beoordeeld: {verdict.code} {verdict.name}, {verdict.year}: {words}."
    if new := len(changes.of(Change.ADDITION)):
        yield f"{'Aanvulling' if edition.number > 1 else 'Nieuw'}: {_figures(new)} over {edition.year}."
    if same := len(changes.of(Change.EXPLANATION)):
        yield f"Alleen een andere toelichting: {_figures(same)}."
    if changes.lines:
        yield f"Uit het programma: {counted(len(changes.lines), 'regel', 'regels')}."


def _figures(number: int) -> str:
    return counted(number, "cijfer", "cijfers")


def _name(decision: DecisionInfo) -> str:
    if decision.edition:
        return f"het besluit over editie {decision.edition.label}"
    if decision.version:
        return f"het besluit over {decision.version.label} van de kadernota"
    return f"besluit {decision.sequence}"
