"""The page of all decisions: what each one fixed, as corrected later, and how its chain can be checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from indicators.domain.dutch import counted, date_words, listed
from indicators.pages.layout import Link
from indicators.pages.links import Links
from indicators.pages.version_changes import change_rows
from indicators.readmodel.chain import DecisionInfo, EditionInfo, VersionInfo
from indicators.readmodel.differences import Change, Differences, differences
from indicators.readmodel.overview import Prefix, make_overview, shorten
from indicators.readmodel.rows import Overview

HASH_GROUP = 8
OPEN_CHANGES = 6  # a longer list of changes is folded


@dataclass(frozen=True, kw_only=True)
class DecisionEntry:
    """A decision as an entry of the page.

    `origin` is its reference and date, or its source, as corrected; `original` what stood there first, or "".
    `contents` counts what it fixed; `changes` has a line for each change by a version, or by a correction.
    """

    decision: DecisionInfo
    title: str
    origin: str
    original: str
    contents: str
    reason: str
    changes: tuple[str, ...]
    links: tuple[Link, ...]

    @property
    def hash(self) -> SafeString:
        """The chain hash in groups that a line may break between, and that are copied without spaces."""
        return hash_groups(self.decision.chain_hash)

    @property
    def is_open(self) -> bool:
        """Whether the list of changes is short enough to show at once."""
        return len(self.changes) <= OPEN_CHANGES


@dataclass(frozen=True)
class SealedEntry:
    """The sealed documents of a decision: the hash of their manifest, in groups, and their number."""

    hash: SafeString
    files: int


def hash_groups(digest: str) -> SafeString:
    """Return a hash as HTML, in groups of eight signs."""
    groups = [(digest[start : start + HASH_GROUP],) for start in range(0, len(digest), HASH_GROUP)]
    return format_html_join(mark_safe("<wbr>"), "<span>{}</span>", groups)


def decision_entries(prefix: Prefix) -> tuple[DecisionEntry, ...]:
    """Return an entry for each decision of the chain, the newest first. No queries."""
    entries = []
    before = None
    for decision in prefix.chain.decisions:
        overview = make_overview(shorten(prefix, decision.sequence))
        changes = differences(before, overview) if before else Differences(decisions=(decision,))
        before = overview
        entries.append(_entry(decision, overview, changes, prefix.chain.decisions))
    return tuple(reversed(entries))


def chain_sentence(entries: tuple[DecisionEntry, ...]) -> str:
    """Count the decisions, and name the last day on which one was recorded."""
    count = counted(len(entries), "besluit", "besluiten")
    day = date_words(timezone.localtime(entries[0].decision.recorded_at).date())
    return (
        f"Alles op deze site over deze kadernota volgt uit {count}. Het laatste is vastgelegd op {day}. "
        "Een besluit verandert nooit meer. Was er iets fout, dan komt er een besluit bij."
    )


def _entry(
    decision: DecisionInfo, overview: Overview, changes: Differences, chain: tuple[DecisionInfo, ...]
) -> DecisionEntry:
    title, contents, lines = _subject(decision, overview, changes, chain)
    origin = _origin(decision, decision.reference, decision.decided_on)
    original = _origin(decision, decision.original_reference, decision.original_decided_on)
    return DecisionEntry(
        decision=decision,
        title=title,
        origin=origin,
        original=original if original != origin else "",
        contents=contents,
        reason=decision.version.reason if decision.version else "",
        changes=tuple(lines),
        links=tuple(_links(decision, overview)),
    )


def _origin(decision: DecisionInfo, reference: str, decided_on: date | None) -> str:
    if decision.is_taken_over:
        day = f", overgenomen op {date_words(decision.retrieved_on)}" if decision.retrieved_on else ""
        return f"{decision.source}{day}"
    return f"{reference}, {date_words(decided_on)}" if decided_on else reference


def _subject(
    decision: DecisionInfo, overview: Overview, changes: Differences, chain: tuple[DecisionInfo, ...]
) -> tuple[str, str, list[str]]:
    """Return the title of a decision, the sentence that counts its contents, and the changes one by one."""
    verb = "overgenomen" if decision.is_taken_over else "vastgesteld"
    if decision.edition:
        return f"Editie {decision.edition.label} {verb}", _edition_contents(decision.edition, changes), []
    if decision.version:
        lines = [row.line for row in change_rows(changes)]
        contents = _version_contents(decision.version, overview, len(lines))
        return f"Kadernota {decision.version.label} {verb}", contents, lines
    corrected = chain[(decision.corrected or 1) - 1]
    return f"Verbetering van besluit {corrected.sequence}", decision.remark, list(_correction(decision, corrected))


def _edition_contents(edition: EditionInfo, changes: Differences) -> str:
    """Count the figures, errata, lines and verdicts of an edition in a sentence."""
    errata, additions = len(changes.of(Change.ERRATUM)), len(changes.of(Change.ADDITION))
    explanations, lines = len(changes.of(Change.EXPLANATION)), len(changes.lines)
    counts = [
        counted(additions, "nieuw cijfer", "nieuwe cijfers") if additions else "",
        counted(errata, "erratum", "errata") if errata else "",
        counted(explanations, "andere toelichting", "andere toelichtingen") if explanations else "",
        counted(lines, "regel van het programma", "regels van het programma") if lines else "",
    ]
    contents = listed([text for text in counts if text])
    sentences = [f"{contents[0].upper()}{contents[1:]}, over {edition.year}."] if contents else []
    if edition.rejudges:
        verdicts = sum(judgement.rejudged for judgement in changes.verdicts)
        number = counted(verdicts, "oordeel", "oordelen") if verdicts else "geen oordeel"
        sentences.append(f"{edition.year} is opnieuw beoordeeld; daardoor veranderde {number} zonder nieuw cijfer.")
    return " ".join(sentences)


def _version_contents(version: VersionInfo, overview: Overview, changes: int) -> str:
    if version.number > 1:
        kind = "Alleen de tekst is anders" if version.kind == "editorial" else "Anders dan de versie ervoor"
        return f"{kind}: {counted(changes, 'wijziging', 'wijzigingen')}." if changes else f"{kind}."
    indicators = counted(len(overview.all_rows), "indicator", "indicatoren")
    years = f"{version.first_year} tot en met {version.last_year}"
    return f"{indicators} met nulmetingen en streefwaarden, voor {years}."


def _correction(decision: DecisionInfo, corrected: DecisionInfo) -> Iterator[str]:
    """Yield what a correction changed in the reference and the date of a decision."""
    reference, decided_on = corrected.original_reference, corrected.original_decided_on
    for correction in corrected.corrections:
        if correction.sequence == decision.sequence:
            if correction.reference != reference:
                yield f"Verwijzing: was {reference or 'leeg'}, is {correction.reference}."
            if correction.decided_on and correction.decided_on != decided_on:
                was = date_words(decided_on) if decided_on else "leeg"
                yield f"Datum: was {was}, is {date_words(correction.decided_on)}."
        reference, decided_on = correction.reference, correction.decided_on


def _links(decision: DecisionInfo, overview: Overview) -> Iterator[Link]:
    """Yield links to what a decision fixed: the edition, what it changed, and the overview as it stood."""
    if decision.edition is None:
        return
    label = decision.edition.label
    yield Link(f"Editie {label}", reverse("editie", args=[overview.slug, label]))
    if decision.edition != overview.editions[0]:
        yield Link("Wat er veranderde", f"{reverse('vergelijken', args=[overview.slug])}?naar={label}")
    yield Link("Het overzicht van toen", Links(overview.slug, decision.edition.year, label).start())
