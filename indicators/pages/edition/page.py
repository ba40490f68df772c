"""The public page of an edition: its decision, the figures that it added or changed, and what was judged again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from indicators.domain.dutch import counted, listed
from indicators.domain.followed import Followed
from indicators.domain.formatting import format_value
from indicators.pages.badges import mark
from indicators.pages.links import Links
from indicators.pages.version_changes import ChangeRow, change_rows, decision_words
from indicators.readmodel.chain import DecisionInfo, EditionInfo
from indicators.readmodel.differences import Cause, Change, Differences, Erratum, Judgement, differences
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import Overview
from indicators.readmodel.sentences import direction_words, figure_status_words


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
class VerdictRow:
    """A verdict that changed without a new figure; `why` says by what."""

    judgement: Judgement
    url: str
    old_mark: SafeString
    new_mark: SafeString
    why: str


@dataclass(frozen=True, kw_only=True)
class EditionPage:
    """The content of the page of an edition. The first edition of a year has no errata, additions or explanations.

    `version` says under which version the year is judged; `version_changes` is what the versions since the edition
    before changed.
    """

    edition: EditionInfo
    is_first: bool
    version: str
    figures: tuple[FigureRow, ...]
    errata: tuple[Erratum, ...]
    additions: tuple[Erratum, ...]
    explanations: tuple[Erratum, ...]
    verdicts: tuple[VerdictRow, ...]
    version_changes: tuple[ChangeRow, ...]
    remarks: tuple[str, ...]
    editions: tuple[EditionInfo, ...]
    start_url: str


def build_edition(
    before: Overview, overview: Overview, links: Links, *, decision: DecisionInfo, versions: Iterable[Differences] = ()
) -> EditionPage:
    """Build the page of the edition of a decision, as corrected later; `overview` is the state after it. No queries.

    `before` is the state before it. `versions` has the differences that each version since the edition before made.
    """
    edition = decision.edition
    if edition is None or decision.sequence != len(overview.chain.decisions):
        raise ValueError("the page of an edition shows the state after its decision")
    changes = differences(before, overview)
    is_first = before.edition_of(edition.year) is None
    version = overview.versions_by_year[edition.year]
    return EditionPage(
        edition=edition,
        is_first=is_first,
        version=f"{version.label} van de kadernota, {decision_words(overview.chain.decision_of(version))}",
        figures=tuple(_figure_rows(edition, overview, links)),
        errata=() if is_first else changes.of(Change.ERRATUM),
        additions=() if is_first else changes.of(Change.ADDITION),
        explanations=() if is_first else changes.of(Change.EXPLANATION),
        verdicts=tuple(_verdict_row(judgement, links) for judgement in changes.verdicts if judgement.rejudged),
        version_changes=tuple(row for version in versions for row in change_rows(version)),
        remarks=decision.remarks,
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
    if page.edition.rejudges:
        number = counted(len(page.verdicts), "oordeel", "oordelen") if page.verdicts else "geen oordeel"
        verb = "veranderden" if len(page.verdicts) > 1 else "veranderde"
        sentences.append(f"Het jaar is opnieuw beoordeeld; daardoor {verb} {number} zonder nieuw cijfer.")
    return " ".join(sentences)


def cause_words(judgement: Judgement) -> str:
    """Return what changed a verdict, in words: "streefwaarde was <4.500, is <4.400"."""
    return "; ".join(_cause(cause, judgement) for cause in judgement.causes)


def _cause(cause: Cause, judgement: Judgement) -> str:
    old, new = judgement.old, judgement.new
    match cause:
        case Cause.TARGET if old.target_printed == new.target_printed:
            return "de streefwaarde van het laatste jaar veranderde"
        case Cause.TARGET:
            return f"streefwaarde was {old.target_printed or 'geen'}, is {new.target_printed or 'geen'}"
        case Cause.BASELINE:
            return f"nulmeting was {_baseline(old)}, is {_baseline(new)}"
        case Cause.BREAK:
            return f"{'wel' if new.comparable else 'niet meer'} te vergelijken met de nulmeting"
        case Cause.DIRECTION:
            return f"nu geldt: {direction_words(judgement.part)}"
        case Cause.PERIOD if old.followed is Followed.ADDED_LATER:
            return "later toegevoegd, telt nu mee"
        case Cause.PERIOD:
            return "de jaren waarin de indicator wordt gevolgd of gemeten, veranderden"


def _baseline(figure: Figure) -> str:
    baseline = figure.facts.baseline
    return format_value(baseline, figure.facts.unit) if baseline else "geen"


def _verdict_row(judgement: Judgement, links: Links) -> VerdictRow:
    return VerdictRow(
        judgement=judgement,
        url=links.indicator(judgement.code),
        old_mark=mark(judgement.old.status, judgement.old_words),
        new_mark=mark(judgement.new.status, judgement.new_words),
        why=cause_words(judgement),
    )


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
