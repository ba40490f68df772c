"""Page model of the difference: changes with their editors, and the verdicts that change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from indicators.domain.nota import Change, differences
from indicators.models import VersionEdit
from indicators.pages.badges import mark
from indicators.pages.edition.page import cause_words
from indicators.pages.workshop.drafts import Draft
from indicators.readmodel.differences import Judgement
from indicators.readmodel.differences import differences as state_differences
from indicators.readmodel.overview import load_overview, make_overview
from indicators.readmodel.proposed import judged_again, load_proposed


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """A change of the draft against the version that it is based on, with its last editor."""

    what: str
    kind: str
    old: str
    new: str
    by: str
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ChangeGroup:
    """The changes of one part: V3 Autokraken."""

    label: str
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True, kw_only=True)
class VerdictRow:
    """A verdict that differs, with what changed it."""

    label: str
    year: int
    printed: str
    old_mark: SafeString
    new_mark: SafeString
    why: str


@dataclass(frozen=True, kw_only=True)
class DifferencePage:
    """What a draft changes; `changing` are verdicts that change by it, `again` those that may be judged again."""

    groups: tuple[ChangeGroup, ...]
    count: int
    changing: tuple[VerdictRow, ...]
    again: tuple[tuple[int, tuple[VerdictRow, ...]], ...]
    same_years: tuple[int, ...]
    has_base: bool


KIND_WORDS = {"added": "nieuw", "removed": "vervalt", "changed": "gewijzigd"}


def build_difference(draft: Draft, *, now: datetime) -> DifferencePage:
    """Return what the draft changes."""
    if draft.base is None:
        return DifferencePage(groups=(), count=0, changing=(), again=(), same_years=(), has_base=False)
    changes = differences(draft.base, draft.nota)
    before = load_overview(draft.kadernota)
    prefix = load_proposed(draft.version, now=now)
    after = make_overview(prefix)
    adopted = sorted({edition.year for edition in before.editions} & set(after.years))
    again = {}
    for year in adopted:
        rejudged = judged_again(prefix, {year: prefix.chain.versions[-1]}, now=now)
        verdicts = state_differences(before, rejudged).verdicts
        again[year] = tuple(verdict_rows(verdict for verdict in verdicts if verdict.year == year))
    changing = [verdict for verdict in state_differences(before, after).verdicts if verdict.year not in adopted]
    return DifferencePage(
        groups=tuple(change_groups(changes, _last_edits(draft))),
        count=len(changes),
        changing=tuple(verdict_rows(changing)),
        again=tuple((year, rows) for year, rows in again.items() if rows),
        same_years=tuple(year for year, rows in again.items() if not rows),
        has_base=True,
    )


def _last_edits(draft: Draft) -> dict[str, VersionEdit]:
    """Return the last edit of each path."""
    edits = VersionEdit.objects.filter(version=draft.version).select_related("edited_by").order_by("pk")
    return {edit.path: edit for edit in edits}


def change_groups(changes: Iterable[Change], edits: dict[str, VersionEdit]) -> Iterator[ChangeGroup]:
    """Return the changes by the part that they are about, each with its last edit."""
    groups: dict[str, list[ChangeRow]] = {}
    for change in changes:
        part, _, what = change.label.rpartition(": ")
        edit = edits.get("/".join(map(str, change.path)))
        editor = (edit.edited_by.get_full_name() or edit.edited_by.get_username()) if edit else ""
        row = ChangeRow(
            what=what,
            kind=KIND_WORDS[change.kind.value],
            old=change.old,
            new=change.new,
            by=editor,
            at=edit.edited_at if edit else None,
        )
        groups.setdefault(part, []).append(row)
    return (ChangeGroup(label=label, rows=tuple(rows)) for label, rows in groups.items())


def verdict_rows(verdicts: Iterable[Judgement]) -> Iterator[VerdictRow]:
    """Yield verdicts as rows."""
    for verdict in verdicts:
        yield VerdictRow(
            label=f"{verdict.code} {verdict.name}",
            year=verdict.year,
            printed=verdict.new_printed,
            old_mark=mark(verdict.old.status, verdict.old_words),
            new_mark=mark(verdict.new.status, verdict.new_words),
            why=cause_words(verdict),
        )
