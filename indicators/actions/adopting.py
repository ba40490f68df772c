"""Adopt the drafts of a year as an edition, take over published figures, and judge a year again.

The gate comes first: a draft without a required explanation or a figure past its deadline stops the adoption. Nobody
adopts a revision that they recorded themselves, or a judgement that they proposed.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from indicators.actions import audit
from indicators.actions.deciding import check_confirmed, check_reference, date_questions, decide, person
from indicators.actions.errors import ActionRefused, check_year
from indicators.actions.recording import Entry
from indicators.models import Edition, EditionEntry, Measurement, ProgrammeLine, Proposal
from indicators.models.decisions import TAKEN_OVER, YEAR
from indicators.models.drafts import ADOPTED, OFFERED, REJUDGING
from indicators.models.value_columns import columns_of
from indicators.readmodel.chain import Chain, VersionInfo
from indicators.readmodel.line_tasks import line_label
from indicators.readmodel.overview import load_overview, load_pending
from indicators.readmodel.proof import edition_content, witness_of
from indicators.readmodel.tasks import Tasks, load_tasks
from priorities.models import Kadernota
from priorities.permissions import NotAllowed, check_adopt


class AlreadyAdopted(ActionRefused):
    """Everything that the user saw was adopted before, in `edition`: the button was clicked twice."""

    def __init__(self, edition: Edition) -> None:
        what = "Deze cijfers zijn" if edition.entries.filter(line__isnull=True).exists() else "Dit programma is"
        super().__init__(f"{what} al vastgesteld, in editie {edition}. Er is niets veranderd.")
        self.edition = edition


@dataclass(frozen=True)
class Seen:
    """The keys of the revisions that the user saw: all drafts when both are None; without lines, no line is adopted."""

    figures: Collection[int] | None = None
    lines: Collection[int] | None = None


def adopt(
    *,
    kadernota: Kadernota,
    year: int,
    by: User,
    decision: str,
    on: date,
    now: datetime,
    seen: Collection[int] | None = None,
    seen_lines: Collection[int] | None = None,
    version: int | None = None,
    rejudging: Proposal | None = None,
    confirm: Collection[str] = (),
) -> Edition:
    """Adopt the drafts of a year that are not sent back, as the next edition of that year.

    The edition takes the figures of the year, the lines of the programme of that year (the account) and those of the
    next (the look ahead). `seen` and `seen_lines` are the keys of the revisions that the user saw; all drafts when both
    are None. With `seen` alone no line is adopted. The year is judged under the version with number `version`; by
    default that of its last edition, else the newest one decided on not after `on`. With `rejudging`, the open proposal
    of another, it is judged again under the version of the proposal: with the drafts, or without them when `seen` is
    empty. `confirm` has the codes of the questions that were answered with yes.

    Raises NotAllowed; AlreadyAdopted; NeedsConfirmation; and ActionRefused when there is nothing to adopt, when the
    drafts differ from those seen, without a decision, for an impossible date, when `by` recorded the latest revision of
    any figure or line or proposed to judge again, or when the gate stops it (`gate`).
    """
    try:
        check_adopt(by)
        reference = check_reference(decision)
        with transaction.atomic():
            # One decision at a time: its place in the chain and the number of the edition depend on it.
            Kadernota.objects.select_for_update().get(pk=kadernota.pk)
            check_year(kadernota.version, year)
            proposal = _checked(rejudging, kadernota, year, by)
            before = load_overview(kadernota)
            check_year(kadernota.version, year)
            judged_under = judging_version(before.chain, year, on, number=version, rejudging=proposal)
            # The gate reads the verdicts that the edition will hold.
            tasks = load_tasks(kadernota, load_overview(kadernota, under={year: judged_under}))
            rows: list[Measurement] = []
            lines: list[ProgrammeLine] = []
            if proposal is None or seen is None or seen or seen_lines:
                rows, lines = _drafts_to_adopt(kadernota, tasks, year, Seen(seen, seen_lines), rejudging=proposal)
                check_not_own(tasks, year, rows=rows, lines=lines, by=by)
                if sentences := gate(tasks, year, today=timezone.localdate(now)):
                    raise ActionRefused(" ".join(sentences))
            # To judge again is to decide on the figures of the year, also without new ones.
            has_figures = bool(rows) or proposal is not None
            questions = date_questions(kadernota, on, now=now, year=year, has_figures=has_figures)
            confirmations = check_confirmed(questions, confirm)
            edition = create_edition(
                kadernota, year, version=judged_under.pk, rows=rows, lines=lines, proposal=proposal
            )
            after = load_pending(kadernota, edition, kind=YEAR, now=now)
            taken = decide(
                fixes=edition,
                content=edition_content(edition, before, after),
                people=witness_of(edition) | {"proposer": person(proposal.proposed_by) if proposal else None},
                now=now,
                by=by,
                reference=reference,
                decided_on=on,
                confirmations=confirmations,
            )
            if proposal:
                proposal.state, proposal.decision = ADOPTED, taken
                proposal.save()
            subject = f"editie {edition}, cijfers: {len(rows)}"
            subject += f", regels van het programma: {len(lines)}" if lines else ""
            audit.log_event(audit.ADOPT, by=by, kadernota_id=kadernota.pk, subject=subject)
            return edition
    except AlreadyAdopted:
        raise
    except (NotAllowed, ActionRefused):
        audit.log_event(audit.ADOPT, by=by, kadernota_id=kadernota.pk, subject=f"jaar {year}", result=audit.REFUSED)
        raise


def _drafts_to_adopt(
    kadernota: Kadernota, tasks: Tasks, year: int, seen: Seen, *, rejudging: Proposal | None
) -> tuple[list[Measurement], list[ProgrammeLine]]:
    """Return the drafts that the edition takes, in the order of the nota. Raises ActionRefused when there are none."""
    assessed = {draft.new.revision for draft in tasks.adoptable(year)}
    drafts = Measurement.objects.of(kadernota).filter(year=year).drafts().filter(sent_back__isnull=True)
    # Figures of smaller areas have no verdict. For the whole municipality, adopt only what the gate assessed.
    rows = [row for row in drafts.select_related("area", "series") if row.pk in assessed or not row.area.is_whole]
    # Only what the user saw is adopted.
    lines = [] if seen.figures is not None and seen.lines is None else _lines_to_adopt(tasks, year)
    check_seen(seen, kadernota, year, rows=rows, lines=lines)
    if not rows and not lines and rejudging is None:
        raise ActionRefused(_nothing_to_adopt(tasks, year))
    return rows, lines


def _lines_to_adopt(tasks: Tasks, year: int) -> list[ProgrammeLine]:
    pks = [draft.new.pk for draft in tasks.lines.adoptable(year)]
    lines = ProgrammeLine.objects.select_related("topic", "recorded_by").in_bulk(pks)
    return [lines[pk] for pk in pks]


def _nothing_to_adopt(tasks: Tasks, year: int) -> str:
    sent_back = [draft.label for draft in tasks.drafts(year) if draft.rejection]
    sent_back += [draft.label for draft in tasks.lines.drafts(year) if draft.rejection]
    if sent_back:
        return f"Voor {year} is er niets vast te stellen: alles wat er ligt, is teruggestuurd ({', '.join(sent_back)})."
    return f"Voor {year} is er niets vast te stellen: er zijn geen nieuwe of gewijzigde cijfers of regels."


def judging_version(
    chain: Chain, year: int, on: date, *, number: int | None = None, rejudging: Proposal | None = None
) -> VersionInfo:
    """Return the version that a decision of day `on` judges the year under (rules 1 and 2).

    `number` is that of the version that the adopter takes. Raises ActionRefused for a version that it cannot be.
    """
    edition = next((edition for edition in reversed(chain.editions) if edition.year == year), None)
    if rejudging is not None:
        number = rejudging.details["version"]
    elif edition is not None:
        if number is not None and chain.versions[number - 1 : number] != (chain.version_of(year),):
            raise ActionRefused(
                f"{year} is al beoordeeld volgens {chain.version_of(year).label}. Een andere versie geldt pas na "
                "herbeoordelen; dat stelt een ander voor."
            )
        return chain.version_of(year)
    if number is None:
        return version_on(chain, year, on)
    if not 1 <= number <= len(chain.versions):
        raise ActionRefused(f"Er is geen versie {number} van deze kadernota.")
    version = chain.versions[number - 1]
    if year not in version.years:
        raise ActionRefused(f"{year} is geen jaar van {version.label}.")
    return version


def version_on(chain: Chain, year: int, on: date) -> VersionInfo:
    """Return the newest version with this year that was decided on not after `on`; the first one if all are later."""
    versions = [version for version in chain.versions if year in version.years]
    decided = [version for version in versions if (day := chain.decision_of(version).decided_on) is None or day <= on]
    return decided[-1] if decided else versions[0]


def _checked(rejudging: Proposal | None, kadernota: Kadernota, year: int, by: User) -> Proposal | None:
    """Return the proposal as it is now if `by` may take a decision on it.

    Raises ActionRefused for one's own proposal, a closed one, or one on another year.
    """
    if rejudging is None:
        return None
    open_proposals = Proposal.objects.filter(kadernota=kadernota, kind=REJUDGING, state=OFFERED, details__year=year)
    proposal = open_proposals.select_related("proposed_by").filter(pk=rejudging.pk).first()
    if proposal is None:
        raise ActionRefused("Dit voorstel om opnieuw te beoordelen is er niet meer.")
    if proposal.proposed_by_id == by.pk:
        raise ActionRefused("Wie voorstelt om opnieuw te beoordelen, stelt dat niet zelf vast.")
    return proposal


def check_seen(
    seen: Seen, kadernota: Kadernota, year: int, *, rows: Sequence[Measurement], lines: Sequence[ProgrammeLine]
) -> None:
    """Raise AlreadyAdopted when an edition holds all that was seen; ActionRefused when other drafts are open now."""
    drafts = ({row.pk for row in rows if row.area.is_whole}, {line.pk for line in lines})
    pairs = zip((seen.figures, seen.lines), drafts, strict=True)
    if all(keys is None or set(keys) == current for keys, current in pairs):
        return
    figures, programme = set(seen.figures or ()), set(seen.lines or ())
    entries = EditionEntry.objects.filter(edition__kadernota=kadernota, edition__year=year)
    taken = [entry.edition for entry in entries.filter(measurement__in=figures).select_related("edition")]
    taken += [entry.edition for entry in entries.filter(line__in=programme).select_related("edition")]
    if taken and len(taken) == len(figures) + len(programme):
        raise AlreadyAdopted(max(taken, key=lambda edition: edition.pk))
    raise ActionRefused(
        "Sinds u deze pagina opende, is er iets bijgekomen, gewijzigd of teruggestuurd. "
        "Bekijk de lijst opnieuw. Er is niets vastgesteld."
    )


def check_not_own(
    tasks: Tasks, year: int, *, rows: Iterable[Measurement], lines: Iterable[ProgrammeLine], by: User
) -> None:
    """Raise ActionRefused when `by` recorded the latest revision of any figure or line; also for superusers."""
    own = {row.pk for row in rows if row.recorded_by_id == by.pk}
    if own:
        labels = [draft.label for draft in tasks.adoptable(year) if draft.new.revision in own]
        raise ActionRefused(
            "Wie een cijfer vastlegde, stelt het niet zelf vast. "
            f"{by.get_username()} legde deze cijfers vast: {', '.join(labels)}. Vraag een andere vaststeller."
        )
    if own_lines := [f"‘{line.title}’" for line in lines if line.recorded_by_id == by.pk]:
        raise ActionRefused(
            "Wie een regel vastlegde, stelt hem niet zelf vast. "
            f"{by.get_username()} legde deze regels vast: {', '.join(own_lines)}. Vraag een andere vaststeller."
        )


def gate(tasks: Tasks, year: int, *, today: date) -> list[str]:
    """Return the sentences on what stops the adoption of a year, naming each figure and line.

    Deadlines are compared with `today`, not with the typed date of the decision (rule 6).
    """
    return [*unexplained(tasks, year), *unexplained_lines(tasks, year), *overdue(tasks, year, on=today)]


def unexplained(tasks: Tasks, year: int) -> list[str]:
    """Return a sentence on the drafts without a required explanation, if any; drafts that were sent back excepted."""
    labels = [
        f"{draft.label} ({draft.explanation_reason})" for draft in tasks.adoptable(year) if draft.lacks_explanation
    ]
    return [f"Zonder toelichting kan dit niet worden vastgesteld: {'; '.join(labels)}."] if labels else []


def unexplained_lines(tasks: Tasks, year: int) -> list[str]:
    """Return a sentence on the lines that are incomplete for an edition of this year, if any."""
    incomplete = [f"{line_label(line)} {why}" for line, why in tasks.lines.incomplete(year)]
    return [f"Het programma is nog niet compleet: {'; '.join(incomplete)}."] if incomplete else []


def overdue(tasks: Tasks, year: int, *, on: date) -> list[str]:
    """Return a sentence on the planned figures that were not recorded by the deadline of their source, if any."""
    late = [gap for gap in tasks.missing(year) if gap.is_overdue(on)]
    labels = "; ".join(f"{gap.label} ({gap.row.source}, uiterlijk {gap.due_on:%d-%m-%Y})" for gap in late)
    if not late:
        return []
    return [
        f"Van dit is niets vastgelegd, terwijl de termijn voorbij is: {labels}. "
        "Leg het eerst vast als pm of n.b., met een toelichting."
    ]


def take_over(
    *,
    kadernota: Kadernota,
    year: int,
    source: str,
    retrieved_on: date,
    figures: Sequence[tuple[Entry, str]],
    now: datetime,
) -> Edition:
    """Store published figures, each with a note on its source, as an edition without an adopter.

    Only for what is shipped: the caller checks its hash. The caller holds the lock on the kadernota.
    """
    with transaction.atomic():
        before = load_overview(kadernota)
        rows = [
            Measurement.objects.create(
                kadernota=kadernota,
                series=entry.component.series,
                area=entry.area,
                year=year,
                **columns_of(entry.value),
                explanation=entry.explanation or "",
                source_note=note,
                recorded_at=now,
            )
            for entry, note in figures
        ]
        version = before.versions_by_year[year].pk
        edition = create_edition(kadernota, year, version=version, rows=rows)
        after = load_pending(kadernota, edition, kind=TAKEN_OVER, now=now)
        decide(
            fixes=edition,
            content=edition_content(edition, before, after),
            people=witness_of(edition),
            now=now,
            source=source,
            retrieved_on=retrieved_on,
        )
        return edition


def create_edition(
    kadernota: Kadernota,
    year: int,
    *,
    version: int,
    rows: Sequence[Measurement] = (),
    lines: Sequence[ProgrammeLine] = (),
    proposal: Proposal | None = None,
) -> Edition:
    """Store the next edition of a year with its entries; a decision closes it."""
    facts: dict[str, Any] = {"rejudges": True, "proposed_by": proposal.proposed_by} if proposal else {}
    edition = Edition.objects.create(
        kadernota=kadernota,
        year=year,
        number=1 + Edition.objects.filter(kadernota=kadernota, year=year).count(),
        version_id=version,
        **facts,
    )
    EditionEntry.objects.bulk_create(
        [
            *(EditionEntry(edition=edition, measurement=row) for row in rows),
            *(EditionEntry(edition=edition, line=line) for line in lines),
        ]
    )
    return edition
