"""What the page shows on which a year is adopted, and the two forms on it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.safestring import SafeString

from indicators.actions import unexplained_lines
from indicators.actions.adopting import LONGEST_DECISION, overdue, unexplained
from indicators.actions.adopting_lines import LONGEST_REASON
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


@dataclass(frozen=True)
class DraftLine:
    """A draft as a row of the page; figures and verdicts ready to print. `old` is empty where nothing was adopted."""

    revision: int
    draft: Draft
    url: str
    old: str
    old_mark: SafeString | str
    new_mark: SafeString
    is_own: bool


@dataclass(frozen=True)
class ProgrammeRow:
    """A drafted line of the programme as a row of the page; `changes` is what differs from what is adopted now."""

    draft: LineDraft
    mark: SafeString
    changes: tuple[tuple[str, str, str], ...]
    lacks: str
    is_own: bool


@dataclass(frozen=True)
class AdoptionPage:
    """All that waits for a decision in a year, and what keeps it from being adopted now."""

    year: int
    lines: tuple[DraftLine, ...]
    returned: tuple[DraftLine, ...]
    missing: tuple[Gap, ...]
    following: tuple[Gap, ...]
    stops: tuple[str, ...]
    late: tuple[str, ...]
    own: tuple[str, ...]
    account: tuple[ProgrammeRow, ...] = ()
    ahead: tuple[ProgrammeRow, ...] = ()
    returned_lines: tuple[ProgrammeRow, ...] = ()
    own_lines: tuple[str, ...] = ()

    @property
    def programme(self) -> tuple[ProgrammeRow, ...]:
        """The lines of the programme that this page offers to adopt: the account, then the look ahead."""
        return self.account + self.ahead

    @property
    def seen_lines(self) -> list[int]:
        """Their revisions."""
        return [row.draft.new.pk for row in self.programme]

    @property
    def what(self) -> str:
        """What would be adopted, counted: 23 cijfers en 14 regels van het programma."""
        figures, lines = len(self.lines), len(self.programme)
        told = [counted(figures, "cijfer", "cijfers")] if figures else []
        told += [f"{counted(lines, 'regel', 'regels')} van het programma"] if lines else []
        return listed(told)

    @property
    def seen(self) -> list[int]:
        """The revisions that this page offers to adopt."""
        return [line.revision for line in self.lines]

    @property
    def corrections(self) -> int:
        """How many of them change an adopted figure."""
        return sum(line.draft.is_correction for line in self.lines)

    @property
    def can_adopt(self) -> bool:
        """Whether the form makes sense: something waits, and nothing but a date could hold it up."""
        return bool(self.lines or self.programme) and not self.stops and not self.own and not self.own_lines


def build_adoption(work: Tasks, year: int, links: Links, *, user, today: date) -> AdoptionPage:
    """Build the page for one year. One query: which of the drafts this user recorded."""
    drafts = work.drafts(year)
    revisions = [draft.new.revision for draft in drafts]
    own = set(Measurement.objects.filter(pk__in=revisions, recorded_by=user).values_list("pk", flat=True))
    lines = [_line(draft, links, own, final=year == work.recorded.last_year) for draft in drafts]
    adoptable = tuple(line for line in lines if line.draft.rejection is None)
    programme = [programme_row(draft, year, user) for draft in work.lines.drafts(year)]
    offered = [row for row in programme if row.draft.rejection is None]
    return AdoptionPage(
        year=year,
        lines=adoptable,
        returned=tuple(line for line in lines if line.draft.rejection),
        missing=tuple(work.missing(year)),
        following=tuple(work.following(year)),
        stops=(*unexplained(work, year), *unexplained_lines(work, year)),
        late=tuple(overdue(work, year, on=today)),
        own=tuple(line.draft.label for line in adoptable if line.is_own),
        account=tuple(row for row in offered if row.draft.new.year == year),
        ahead=tuple(row for row in offered if row.draft.new.year != year),
        returned_lines=tuple(row for row in programme if row.draft.rejection),
        own_lines=tuple(row.draft.label for row in offered if row.is_own),
    )


def programme_row(draft: LineDraft, year: int, user) -> ProgrammeRow:
    """A drafted line as a row of the page of this year."""
    changes = line_changes(draft.old, draft.new) if draft.old else ()
    return ProgrammeRow(
        draft, state_mark(draft.new.state), tuple(changes), draft.why_explain(year), draft.new.recorder == user.pk
    )


def _line(draft: Draft, links: Links, own: Collection[int], *, final: bool) -> DraftLine:
    revision = draft.new.revision or 0
    return DraftLine(
        revision,
        draft,
        links.indicator(draft.row.code),
        draft.old.printed,
        _mark(draft.old, final=final) if draft.old.printed else "",
        _mark(draft.new, final=final),
        revision in own,
    )


def _mark(figure: Figure, *, final: bool) -> SafeString:
    return mark(figure.status, status_words(figure.status, final=final, value=figure.value))


class SeenField(forms.CharField):
    """The revisions that the page offered, hidden in the form; what cannot be read was not on any page: nothing."""

    widget = forms.HiddenInput

    def to_python(self, value):
        """The numbers as a set."""
        return {int(one) for one in str(value or "").split(",") if one.isascii() and one.isdigit() and len(one) < 19}


class AdoptForm(forms.Form):
    """The decision that adopts what is shown."""

    on = forms.DateField(
        label="Datum van het besluit",
        help_text="De dag waarop het college de cijfers vaststelde.",
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": "Vul de datum van het besluit in.",
            "invalid": "Vul een datum in: dag, maand, jaar.",
        },
    )
    decision = forms.CharField(
        label="Verwijzing naar het besluit",
        help_text="Bijvoorbeeld het zaaknummer of het nummer van het collegebesluit.",
        max_length=LONGEST_DECISION,
        error_messages={
            "required": "Noem het besluit waarmee het college de cijfers vaststelde.",
            "max_length": f"Houd de verwijzing korter dan {LONGEST_DECISION} tekens.",
        },
    )
    confirm = forms.BooleanField(error_messages={"required": "Vink aan dat u dit hebt bekeken."})
    seen = SeenField(required=False)
    seen_lines = SeenField(required=False)

    def __init__(self, *args, page: AdoptionPage, today: date, **kwargs) -> None:
        initial = {name: ",".join(map(str, getattr(page, name))) for name in ("seen", "seen_lines")}
        super().__init__(*args, initial=initial, label_suffix="", **kwargs)
        self.fields["confirm"].label = _confirmation(page)
        self.fields["on"].widget.attrs["max"] = today.isoformat()


def _confirmation(page: AdoptionPage) -> str:
    """What the adopter says to have seen: the figures by name, the lines of the programme counted."""
    count, lines = len(page.lines), len(page.programme)
    told = []
    if count:
        named = ", ".join(line.draft.label for line in page.lines)
        told.append(f"{'dit ene cijfer' if count == 1 else f'deze {count} cijfers'} over {page.year} ({named})")
    if lines:
        which = "deze ene regel" if lines == 1 else f"deze {lines} regels"
        told.append(f"{which} van het programma")
    return f"Ik heb bekeken: {listed(told)}."


class SendBackForm(forms.Form):
    """Why one figure, or one line of the programme, is sent back."""

    revision = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Waarom stuurt u dit terug?",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Schrijf waarom u dit terugstuurt.",
            "max_length": f"Houd de reden korter dan {LONGEST_REASON} tekens.",
        },
    )
