"""The page model of adopting a year: the drafts, and what prevents adopting them now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.utils.safestring import SafeString

from indicators.actions.adopting import overdue, unexplained, unexplained_lines
from indicators.domain.dutch import counted, listed
from indicators.domain.statuses import status_words
from indicators.models import Measurement
from indicators.pages.activities import state_mark
from indicators.pages.badges import mark
from indicators.pages.line_changes import line_changes
from indicators.pages.links import Links
from indicators.readmodel.figure import Figure
from indicators.readmodel.line_tasks import LineDraft
from indicators.readmodel.tasks import Draft, Gap, Tasks


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """A draft of a figure as a row, with texts and marks; `old` is "" if nothing was adopted before."""

    revision: int
    draft: Draft
    url: str
    old: str
    old_mark: SafeString | str
    new_mark: SafeString
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """A draft of a line of the programme as a row; `changes` are the differences with the adopted revision."""

    draft: LineDraft
    mark: SafeString
    changes: tuple[tuple[str, str, str], ...]
    lacks: str
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class AdoptionPage:
    """The drafts of a year that can be adopted or were sent back, and what prevents adopting now."""

    year: int
    figures: tuple[FigureRow, ...]
    returned: tuple[FigureRow, ...]
    missing: tuple[Gap, ...]
    following: tuple[Gap, ...]
    stops: tuple[str, ...]
    late: tuple[str, ...]
    own: tuple[str, ...]
    account: tuple[LineRow, ...]
    ahead: tuple[LineRow, ...]
    returned_lines: tuple[LineRow, ...]
    own_lines: tuple[str, ...]

    @property
    def lines(self) -> tuple[LineRow, ...]:
        """The lines of the programme that can be adopted: the account, then the look ahead."""
        return self.account + self.ahead

    @property
    def seen(self) -> list[int]:
        """The revisions of the figures that can be adopted."""
        return [row.revision for row in self.figures]

    @property
    def seen_lines(self) -> list[int]:
        """The revisions of the lines that can be adopted."""
        return [row.draft.new.pk for row in self.lines]

    @property
    def what(self) -> str:
        """What would be adopted, counted: 23 cijfers en 14 regels van het programma."""
        counts = [counted(len(self.figures), "cijfer", "cijfers")] if self.figures else []
        counts += [f"{counted(len(self.lines), 'regel', 'regels')} van het programma"] if self.lines else []
        return listed(counts)

    @property
    def confirmation(self) -> str:
        """What the adopter confirms to have seen: the figures by name, the lines of the programme counted."""
        count, lines = len(self.figures), len(self.lines)
        parts = []
        if count:
            names = ", ".join(row.draft.label for row in self.figures)
            parts.append(f"{'dit ene cijfer' if count == 1 else f'deze {count} cijfers'} over {self.year} ({names})")
        if lines:
            parts.append(f"{'deze ene regel' if lines == 1 else f'deze {lines} regels'} van het programma")
        return f"Ik heb bekeken: {listed(parts)}."

    @property
    def corrections(self) -> int:
        """How many drafts change an adopted figure."""
        return sum(row.draft.is_correction for row in self.figures)

    @property
    def can_adopt(self) -> bool:
        """Whether to show the form: there are drafts, and nothing but a deadline prevents adopting them."""
        return bool(self.figures or self.lines) and not self.stops and not self.own and not self.own_lines


def build_adoption(tasks: Tasks, year: int, links: Links, *, user: User, today: date) -> AdoptionPage:
    """Build the page for one year. One query: which of the drafts this user recorded."""
    drafts = tasks.drafts(year)
    own = set(
        Measurement.objects.filter(pk__in=[draft.new.revision or 0 for draft in drafts], recorded_by=user).values_list(
            "pk", flat=True
        )
    )
    rows = [_figure_row(draft, links, own, final=year == tasks.recorded.last_year) for draft in drafts]
    figures = tuple(row for row in rows if row.draft.rejection is None)
    line_rows = [_line_row(draft, year, user) for draft in tasks.lines.drafts(year)]
    lines = [row for row in line_rows if row.draft.rejection is None]
    return AdoptionPage(
        year=year,
        figures=figures,
        returned=tuple(row for row in rows if row.draft.rejection),
        missing=tuple(tasks.missing(year)),
        following=tuple(tasks.following(year)),
        stops=(*unexplained(tasks, year), *unexplained_lines(tasks, year)),
        late=tuple(overdue(tasks, year, on=today)),
        own=tuple(row.draft.label for row in figures if row.is_own),
        account=tuple(row for row in lines if row.draft.new.year == year),
        ahead=tuple(row for row in lines if row.draft.new.year != year),
        returned_lines=tuple(row for row in line_rows if row.draft.rejection),
        own_lines=tuple(row.draft.label for row in lines if row.is_own),
    )


def _line_row(draft: LineDraft, year: int, user: User) -> LineRow:
    return LineRow(
        draft=draft,
        mark=state_mark(draft.new.state),
        changes=tuple(line_changes(draft.old, draft.new)) if draft.old else (),
        lacks=draft.missing(year),
        is_own=draft.new.recorder == user.pk,
    )


def _figure_row(draft: Draft, links: Links, own: Collection[int], *, final: bool) -> FigureRow:
    revision = draft.new.revision or 0
    return FigureRow(
        revision=revision,
        draft=draft,
        url=links.indicator(draft.row.code),
        old=draft.old.printed,
        old_mark=_mark(draft.old, final=final) if draft.old.printed else "",
        new_mark=_mark(draft.new, final=final),
        is_own=revision in own,
    )


def _mark(figure: Figure, *, final: bool) -> SafeString:
    return mark(figure.status, status_words(figure.status, final=final, value=figure.value))
