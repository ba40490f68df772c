"""Record figures as revisions that name the row they replace. Concurrent changes raise Conflict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from indicators.actions import audit
from indicators.actions.errors import ActionRefused, adopted_version, check_year
from indicators.actions.workflow import Change, Log, Outcome, RevisionChain, load_chains, record
from indicators.domain.followed import Followed, followed
from indicators.domain.formatting import format_value
from indicators.domain.text_input import clean_text
from indicators.domain.values import NO_SAMPLE, Value
from indicators.models import LONGEST_EXPLANATION, Area, Component, Indicator, Measurement
from indicators.models.figures import MeasurementQuerySet
from indicators.models.value_columns import columns_of
from priorities.models import Kadernota
from priorities.permissions import check_record

# A figure by its series, area and year, as keys.
Key = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One figure to record. `seen` is the key of the revision that the user saw; None when there was none.

    `component` is one of the newest adopted version. An `explanation` of None keeps the current one; so does a `sample`
    of None with an unchanged figure, unless `clears_sample`.
    """

    component: Component
    area: Area
    year: int
    value: Value
    explanation: str | None = None
    sample: int | None = None
    clears_sample: bool = False
    seen: int | None = None

    @property
    def key(self) -> Key:
        """The key of the figure."""
        return self.component.series_id, self.area.pk, self.year

    @property
    def clean_explanation(self) -> str | None:
        """The explanation as it is stored: line feeds only (forms send other line ends than sheets), stripped."""
        return None if self.explanation is None else clean_text(self.explanation).strip()

    def sample_after(self, base: Measurement | None) -> int | None:
        """Return the sample size to store in the place of `base`: a changed figure does not inherit it."""
        if self.clears_sample:
            return None
        if self.sample is not None:
            return self.sample
        return base.sample if base is not None and base.value == self.value else None


@dataclass(frozen=True, kw_only=True)
class FigureChange(Change[Measurement]):
    """An entry with the revisions of its figure."""

    entry: Entry

    def repeats(self, row: Measurement) -> bool:
        """Return whether it has the same figure, sample size and explanation as this revision.

        The explanation of a draft belongs to the figure of that draft: beside the adopted figure it says nothing new,
        whether it was left as it is or emptied.
        """
        current, texts = self.chain.current, {None, row.explanation}
        if current is not None and row.pk != current.pk:
            texts |= {current.explanation, ""}
        return (
            row.value == self.entry.value
            and row.sample == self.entry.sample_after(row)
            and self.entry.clean_explanation in texts
        )

    def check(self) -> None:
        """Raise ActionRefused when the figure is not followed, or lacks the reason of a correction."""
        entry = self.entry
        label = f"{entry.component} {entry.year}"
        if refusal := not_followed(entry.component.indicator, entry.year):
            raise ActionRefused(f"{label}: {refusal}.")
        if entry.sample is not None and not entry.component.indicator.takes_sample:
            raise ActionRefused(f"{label}: {NO_SAMPLE}.")
        adopted = self.chain.adopted
        if adopted is not None and needs_reason(entry, adopted) and not entry.clean_explanation:
            was = format_value(adopted.value, entry.component.unit)
            raise ActionRefused(f"{label} is vastgesteld als {was}. Geef in de toelichting de reden van de correctie.")
        if len(entry.clean_explanation or "") > LONGEST_EXPLANATION:
            raise ActionRefused(f"{label}: de toelichting is langer dan {LONGEST_EXPLANATION} tekens.")

    def revision(self) -> Measurement:
        """Return the figure as a new row, not saved."""
        entry, current = self.entry, self.chain.current
        explanation = entry.clean_explanation
        if explanation is None:
            explanation = current.explanation if current else ""
        return Measurement(
            kadernota_id=entry.area.kadernota_id,
            series_id=entry.component.series_id,
            area=entry.area,
            year=entry.year,
            **columns_of(entry.value),
            explanation=explanation,
            sample=entry.sample_after(current),
        )


def record_measurements(*, entries: Iterable[Entry], by: User, now: datetime) -> list[Outcome]:
    """Record figures of one kadernota, all or none; return the outcome of each.

    A figure typed back to what was adopted takes its draft back. Raises NotAllowed; ActionRefused for a correction
    without its reason, a figure that is there twice, a year outside the kadernota or in which the indicator is not
    followed, an explanation that is too long, and a component of an older version; and Conflict.
    """
    check_record(by)
    entries = list(entries)
    if not entries:
        return []
    if len({entry.key for entry in entries}) < len(entries):
        raise ActionRefused("Hetzelfde cijfer staat er twee keer in.")

    def plan(kadernota: Kadernota) -> list[FigureChange]:
        return _changes(kadernota, entries)

    log = Log(action=audit.RECORD, subject=_subject)
    rows = record(plan, kadernota_id=entries[0].area.kadernota_id, log=log, by=by, now=now)
    return [outcome for _, outcome in rows]


def _changes(kadernota: Kadernota, entries: Sequence[Entry]) -> list[FigureChange]:
    version = adopted_version(kadernota)
    for entry in entries:
        if entry.area.kadernota_id != kadernota.pk or entry.component.indicator.version_id != version.pk:
            raise ActionRefused(
                f"{entry.component} {entry.year} hoort niet bij de kadernota zoals die nu geldt. "
                "Open de pagina opnieuw. Er is niets vastgelegd."
            )
        check_year(version, entry.year)
    series, years = {entry.component.series_id for entry in entries}, {entry.year for entry in entries}
    figures = _by_key(Measurement.objects.of(kadernota).filter(series__in=series, year__in=years))
    return [
        FigureChange(chain=figures.get(entry.key, RevisionChain()), seen=entry.seen, entry=entry) for entry in entries
    ]


def _subject(changes: Sequence[FigureChange]) -> str:
    years = ", ".join(str(year) for year in sorted({change.entry.year for change in changes}))
    names = ", ".join(dict.fromkeys(str(change.entry.component) for change in changes))
    return f"{years}: {names}"


def current_figures(kadernota: Kadernota, years: Iterable[int]) -> dict[Key, RevisionChain[Measurement]]:
    """Return the revisions of the figures of these years, by series, area and year. One query."""
    return _by_key(Measurement.objects.of(kadernota).filter(year__in=list(years)))


def _by_key(rows: MeasurementQuerySet) -> dict[Key, RevisionChain[Measurement]]:
    chains = load_chains(rows)
    return {(row.series_id, row.area_id, row.year): chain for chain in chains for row in chain.revisions[:1]}


def outcome_of(entry: Entry, chain: RevisionChain[Measurement]) -> Outcome:
    """Return what recording this entry does to the revisions of its figure."""
    return FigureChange(chain=chain, seen=entry.seen, entry=entry).outcome


def needs_reason(entry: Entry, adopted: Measurement) -> bool:
    """Return whether this corrects an adopted figure, so that the explanation must give the reason."""
    return adopted.value != entry.value or entry.sample_after(adopted) != adopted.sample


def not_followed(indicator: Indicator, year: int) -> str:
    """Return why the indicator has no figure for this year; "" when it is followed then."""
    span = followed(year, indicator.first_year, indicator.last_year)
    if span is Followed.NOT_YET:
        return f"{indicator.code} wordt pas gevolgd vanaf {indicator.first_year}"
    return f"{indicator.code} is na {indicator.last_year} vervallen" if span is Followed.ENDED else ""
