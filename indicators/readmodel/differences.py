"""The differences between two states of a kadernota: two prefixes of its chain, or the public state and its drafts.

None of it is stored. Errata, what a version changed, verdicts that were judged again, changes in the programme, the
feed and the comparison of editions are all read from here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import partial

from indicators.domain.dutch import listed
from indicators.domain.formatting import format_value
from indicators.domain.naming import component_title
from indicators.domain.targets import format_target
from indicators.readmodel.chain import DecisionInfo, EditionInfo, VersionInfo
from indicators.readmodel.figure import Figure
from indicators.readmodel.lines import History, Line
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.sentences import direction_words, figure_status_words

# The fields of a line, in the order in which changes are listed.
LINE_FIELDS = ("title", "effort", "partners", "planned", "state", "budget", "spent", "result")
Maker = Callable[..., "VersionChange"]  # with what is the same for many changes filled in
Places = Mapping[int, tuple[IndicatorRow, ComponentRow]]  # by series


class Change(Enum):
    """What happened to a figure, in the order of the lists."""

    ERRATUM = "erratum"  # there was a figure, now it has another value
    ADDITION = "addition"  # there was no figure
    EXPLANATION = "explanation"  # the same value, with another explanation or sample


class Cause(Enum):
    """What a verdict changed by when its figure did not."""

    TARGET = "target"
    BASELINE = "baseline"
    BREAK = "break"
    DIRECTION = "direction"
    PERIOD = "period"  # the indicator is followed in this year, or no longer, or its measurement is planned


class Subject(Enum):
    """What a version changed: the first four are about a whole indicator, or one of its components."""

    ADDED = "added"
    ENDED = "ended"
    CONTINUED = "continued"  # its last year became later, or is gone
    REMOVED = "removed"
    TITLE = "title"
    TOPIC = "topic"
    INDICATOR = "indicator"
    CODE = "code"
    COMPONENT = "component"
    DIRECTION = "direction"
    BASELINE = "baseline"
    BREAK = "break"
    TARGET = "target"


class LineEvent(Enum):
    """What happened to a line of the programme. A line that was withdrawn and returns is added."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class FigureDifference:
    """A component in a year of which the figure or the verdict differs. `row` and `part` are those of the later state.

    `final`: the year is the last target year, which has words of its own.
    """

    row: IndicatorRow
    part: ComponentRow
    old: Figure
    new: Figure
    final: bool

    @property
    def code(self) -> str:
        """The code of the indicator."""
        return self.row.code

    @property
    def component(self) -> str:
        """The name of the component; "" for the only one."""
        return self.part.name

    @property
    def name(self) -> str:
        """The name of the indicator, with the name of the component if it has one."""
        return component_title(self.row.name, self.part.name)

    @property
    def year(self) -> int:
        """The year of the figure."""
        return self.new.year

    @property
    def old_printed(self) -> str:
        """The earlier figure as printed; "" for none."""
        return self.old.printed

    @property
    def new_printed(self) -> str:
        """The later figure as printed."""
        return self.new.printed

    @property
    def old_words(self) -> str:
        """The earlier verdict in words."""
        return figure_status_words(self.old, final=self.final)

    @property
    def new_words(self) -> str:
        """The later verdict in words."""
        return figure_status_words(self.new, final=self.final)

    @property
    def verdict_differs(self) -> bool:
        """Whether the status differs, or whether the year counts for this indicator."""
        return self.old.status is not self.new.status or self.old.followed is not self.new.followed


@dataclass(frozen=True, kw_only=True)
class Erratum(FigureDifference):
    """A figure that was changed or added; `number` counts within its kind and year, in the order of the nota."""

    number: int
    change: Change

    @property
    def reason(self) -> str:
        """The explanation of the new figure, else its source."""
        return self.new.explanation or self.new.source_note


@dataclass(frozen=True, kw_only=True)
class Judgement(FigureDifference):
    """The same figure (or none), judged by something else: another target, baseline, break, direction or period.

    `version` is the one that the year is judged under now. `rejudged`: its year was adopted under another one before.
    """

    causes: tuple[Cause, ...]
    version: VersionInfo
    rejudged: bool

    @property
    def reason(self) -> str:
        """What that version changed and why."""
        return self.version.reason


@dataclass(frozen=True, kw_only=True)
class VersionChange:
    """A change by a version: of an indicator, a name, direction, baseline, break or target.

    `label` is the code and name of the component or indicator, or the name of the topic. `old` and `new` are as
    printed, or "". `year` is that of a target, or the last year of an indicator that ends. Between states with several
    versions `decision` names all that may have made the change, and `on` is the date of the last.
    """

    subject: Subject
    code: str = ""
    label: str
    year: int | None = None
    old: str = ""
    new: str = ""
    decision: str
    on: date | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class LineChange:
    """A line of the programme that was added, changed or withdrawn; `fields` are the names of those that changed."""

    event: LineEvent
    old: Line | None
    new: Line
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Differences:
    """What differs between two states. Figures, judgements and changes by versions are in the order of the nota.

    `judgements` has every component and year that is judged by something else with the same figure, whether or not
    its verdict differs: see `verdicts`.
    """

    decisions: tuple[DecisionInfo, ...] = ()
    figures: tuple[Erratum, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    changes: tuple[VersionChange, ...] = ()
    lines: tuple[LineChange, ...] = ()

    @property
    def versions(self) -> tuple[VersionInfo, ...]:
        """The versions that were adopted in between."""
        return tuple(decision.version for decision in self.decisions if decision.version)

    @property
    def editions(self) -> tuple[EditionInfo, ...]:
        """The editions that were adopted in between."""
        return tuple(decision.edition for decision in self.decisions if decision.edition)

    @property
    def corrections(self) -> tuple[DecisionInfo, ...]:
        """The corrections of decisions in between."""
        return tuple(decision for decision in self.decisions if decision.corrected)

    @property
    def verdicts(self) -> tuple[Judgement, ...]:
        """The verdicts that changed without a new figure."""
        return tuple(judgement for judgement in self.judgements if judgement.verdict_differs)

    def of(self, change: Change) -> tuple[Erratum, ...]:
        """Return the figures of one kind."""
        return tuple(figure for figure in self.figures if figure.change is change)


def differences(before: Overview, after: Overview) -> Differences:
    """Return what differs between two states of one kadernota, the earlier one first. No queries.

    Raises ValueError for two kadernota's, or when the chain of `before` is the longer one.
    """
    count = len(before.chain.decisions)
    if before.slug != after.slug or count > len(after.chain.decisions):
        raise ValueError("two states of one kadernota are compared, the earlier one first")
    decisions = after.chain.decisions[count:]
    figures = list(_figure_differences(before, after))
    versions = [decision for decision in decisions if decision.version]
    return Differences(
        decisions=decisions,
        figures=_numbered([figure for figure in figures if isinstance(figure, Erratum)]),
        judgements=tuple(figure for figure in figures if isinstance(figure, Judgement)),
        changes=tuple(_version_changes(before, after, versions)) if versions else (),
        lines=line_differences(History(before.lines).newest(), History(after.lines).newest()),
    )


def line_differences(before: Mapping[int, Line], after: Mapping[int, Line]) -> tuple[LineChange, ...]:
    """Return the changes in these lines (by first revision), in the order in which they were first recorded."""
    return tuple(change for first, new in sorted(after.items()) if (change := _line_change(before.get(first), new)))


def changed_fields(old: Line, new: Line) -> tuple[str, ...]:
    """Return the names of the fields that differ between two revisions of a line."""
    return tuple(name for name in LINE_FIELDS if getattr(old, name) != getattr(new, name))


def _line_change(old: Line | None, new: Line) -> LineChange | None:
    was, stays = old is not None and not old.withdrawn, not new.withdrawn
    if old and was and stays:
        fields = changed_fields(old, new)
        return LineChange(event=LineEvent.CHANGED, old=old, new=new, fields=fields) if fields else None
    if not was and not stays:
        return None
    return LineChange(event=LineEvent.ADDED if stays else LineEvent.WITHDRAWN, old=old, new=new)


def _figure_differences(before: Overview, after: Overview) -> Iterator[Erratum | Judgement]:
    old_figures = {part.series: part.figures for row in before.all_rows for part in row.components}
    for row in after.all_rows:
        for part in row.components:
            known = old_figures.get(part.series, {})
            for year, new in part.figures.items():
                old = known.get(year)
                final = year == after.last_year
                if new.revision != (old.revision if old else None):
                    old = old or _without_figure(new)
                    yield Erratum(row=row, part=part, old=old, new=new, final=final, number=0, change=_change(old, new))
                elif old and (causes := tuple(_causes(old, new))):
                    yield Judgement(
                        row=row,
                        part=part,
                        old=old,
                        new=new,
                        final=final,
                        causes=causes,
                        version=after.versions_by_year[year],
                        rejudged=_is_rejudged(before, after, year),
                    )


def _without_figure(figure: Figure) -> Figure:
    """Return the figure of a series or year that a version added, as it was before it was recorded."""
    return Figure(
        year=figure.year,
        facts=replace(figure.facts, measurement=None, sample=None),
        target_change=figure.target_change,
        later_target=figure.later_target,
        followed=figure.followed,
    )


def _change(old: Figure, new: Figure) -> Change:
    if old.value is None:
        return Change.ADDITION
    return Change.EXPLANATION if old.value == new.value else Change.ERRATUM


def _causes(old: Figure, new: Figure) -> Iterator[Cause]:
    was, now = old.facts, new.facts
    if (old.followed, was.planned) != (new.followed, now.planned):
        yield Cause.PERIOD
    elif (was.target, was.last_target) != (now.target, now.last_target):
        # The target of a year that is not followed is not a change of the target.
        yield Cause.TARGET
    if was.baseline != now.baseline:
        yield Cause.BASELINE
    if was.comparable != now.comparable:
        yield Cause.BREAK
    if was.direction is not now.direction:
        yield Cause.DIRECTION


def _is_rejudged(before: Overview, after: Overview, year: int) -> bool:
    judged_before = before.edition_of(year)
    return judged_before is not None and judged_before.version != after.versions_by_year[year].pk


def _numbered(figures: list[Erratum]) -> tuple[Erratum, ...]:
    """Return the figures by kind, each numbered within its kind and year."""
    numbered = []
    counts: dict[tuple[Change, int], int] = {}
    for change in Change:
        for erratum in figures:
            if erratum.change is change:
                key = (change, erratum.year)
                counts[key] = counts.get(key, 0) + 1
                numbered.append(replace(erratum, number=counts[key]))
    return tuple(numbered)


def _version_changes(before: Overview, after: Overview, decisions: list[DecisionInfo]) -> Iterator[VersionChange]:
    """Yield what these decisions on versions changed. With one of them it is known which made a change."""
    # An editorial version changes texts only.
    makers = [d for d in decisions if d.version and d.version.kind == "substantive"] or decisions
    change = partial(
        VersionChange,
        decision=listed([decision.reference for decision in makers]),
        on=makers[-1].decided_on,
        reason=" ".join(decision.version.reason for decision in makers if decision.version),
    )
    if before.title != after.title:
        yield change(subject=Subject.TITLE, label=after.title, old=before.title, new=after.title)
    names = {part.pk: part.name for part in before.parts}
    for topic in after.parts:
        if names.get(topic.pk, topic.name) != topic.name:
            yield change(subject=Subject.TOPIC, label=topic.name, old=names[topic.pk], new=topic.name)
    old_places, new_places = _places(before), _places(after)
    for row in after.all_rows:
        yield from _indicator_changes(row, old_places, change)
    for row in before.all_rows:
        for label in _labels_outside(row, new_places):
            yield change(subject=Subject.REMOVED, code=row.code, label=label)


def _places(overview: Overview) -> Places:
    """Return the indicator and the component of each series."""
    return {part.series: (row, part) for row in overview.all_rows for part in row.components}


def _labels_outside(row: IndicatorRow, places: Places) -> list[str]:
    """Return the title of an indicator without any series in `places`, else those of its components without."""
    outside = [part for part in row.components if part.series not in places]
    return [row.title] if len(outside) == len(row.components) else [row.title_of(part) for part in outside]


def _indicator_changes(row: IndicatorRow, places: Places, change: Maker) -> Iterator[VersionChange]:
    """Yield what changed in an indicator and its components; `places` are those of the earlier state."""
    maker = partial(change, code=row.code)
    # The indicator has a reason of its own for its period, else the one of the version counts.
    of_period = partial(maker, reason=row.change_reason) if row.change_reason else maker
    for label in _labels_outside(row, places):
        yield of_period(subject=Subject.ADDED, label=label)
    known = [(places[part.series], part) for part in row.components if part.series in places]
    if known:
        old = known[0][0][0]
        if old.last_year != row.last_year:
            ended = row.last_year is not None and (old.last_year is None or row.last_year < old.last_year)
            subject = Subject.ENDED if ended else Subject.CONTINUED
            yield of_period(subject=subject, label=row.title, year=row.last_year if ended else None)
        for subject, was, now in ((Subject.INDICATOR, old.name, row.name), (Subject.CODE, old.code, row.code)):
            if was != now:
                yield maker(subject=subject, label=row.title, old=was, new=now)
    for (_, old_part), part in known:
        yield from _component_changes(row.title_of(part), old_part, part, maker)


def _component_changes(label: str, old: ComponentRow, new: ComponentRow, maker: Maker) -> Iterator[VersionChange]:
    values = (
        (Subject.COMPONENT, old.name, new.name),
        (Subject.DIRECTION, direction_words(old), direction_words(new)),
        (Subject.BASELINE, _baseline(old), _baseline(new)),
        (Subject.BREAK, _breaks(old), _breaks(new)),
    )
    for subject, was, now in values:
        if was != now:
            yield maker(subject=subject, label=label, old=was, new=now)
    for decision in new.decisions[len(old.decisions) :]:
        yield maker(
            subject=Subject.TARGET,
            label=label,
            year=decision.year,
            old=format_target(decision.was, new.unit) if decision.was else "",
            new=format_target(decision.rule, new.unit) if decision.rule else "",
            decision=decision.decision,
            on=decision.on,
            reason=decision.reason,
        )


def _baseline(part: ComponentRow) -> str:
    if part.baseline is None:
        return ""
    printed = format_value(part.baseline, part.unit)
    return f"{printed} ({part.baseline_year})" if part.baseline_year else printed


def _breaks(part: ComponentRow) -> str:
    return "; ".join(f"{year}: {reason}" for year, reason in sorted(part.breaks))
