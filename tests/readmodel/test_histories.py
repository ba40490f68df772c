"""Random histories of a small kadernota: what a decision fixed stays, however the chain goes on.

After each step every earlier prefix of the chain gives the verdicts and lines that were seen then, and a verdict on an
adopted year differs from the one before only when the decision is on that year. Set HISTORIES to the number of examples
for a run by hand (2000); the chain is then verified after each step too, not only at the end.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from indicators.actions.adopting import adopt, take_over
from indicators.actions.deciding import NeedsConfirmation
from indicators.actions.errors import ActionRefused
from indicators.actions.proposals import adopt_correction, open_proposals, propose_correction, propose_rejudging
from indicators.actions.recording import Entry, record_measurements
from indicators.actions.recording_lines import LineEntry, record_line, withdraw_line
from indicators.actions.versions import adopt_version, discard, offer, questions_about, start_draft
from indicators.actions.workflow import load_chains, retract, send_back
from indicators.domain.chain import canonical_text, sha256
from indicators.domain.followed import Followed
from indicators.domain.nota import Break, Nota, NotaRefused
from indicators.domain.programme import ActivityState, LineKind
from indicators.domain.targets import Bound, Sign, TargetRule
from indicators.domain.values import Direction, Exact
from indicators.models import Area, Component, Decision, Manifest, Measurement, ProgrammeLine
from indicators.models.drafts import EDITORIAL, REJUDGING, SUBSTANTIVE
from indicators.readmodel import verifying
from indicators.readmodel.cache import clear_cache
from indicators.readmodel.nota import nota_of
from indicators.readmodel.overview import load_overview, load_prefix, make_overview, shorten
from indicators.readmodel.public import public_overview
from indicators.readmodel.rows import Overview
from indicators.readmodel.verifying import verify_chain
from priorities.models import Kadernota, Topic
from tests.actions.versions import adopted, make_people, make_user, small_nota
from tests.cast import DATE_QUESTIONS, NOW
from tests.domain.notas import component as component_data
from tests.domain.notas import indicator as indicator_data

pytestmark = pytest.mark.django_db

HISTORIES = int(os.environ.get("HISTORIES", 0))
YEARS = (2023, 2024, 2025, 2026)
DATES = (
    date(2023, 6, 1),
    date(2024, 2, 13),
    date(2025, 3, 4),
    date(2026, 1, 5),
    date(2026, 11, 20),
    date(2026, 11, 24),
)
numbers = st.integers(0, 30)


@dataclass(repr=False)
class History:
    """A kadernota, its people, and what was seen after each decision."""

    kadernota: Kadernota
    officers: tuple[Any, ...]
    keepers: tuple[Any, ...]
    adopters: tuple[Any, ...]
    seen: list[Mapping[Any, Any]] = field(default_factory=list)
    added: int = 0
    manifest: str = ""

    def __repr__(self) -> str:
        return f"<history of {len(self.seen)} decisions>"

    def component(self, number: int) -> Component:
        """Return one of the components of the newest version."""
        version = Kadernota.objects.get(pk=self.kadernota.pk).version
        rows = Component.objects.filter(indicator__version=version).select_related("indicator", "series")
        rows = rows.order_by("indicator__order", "pk")
        return rows[number % rows.count()]

    def figure(self, number: int, year: int) -> Measurement | None:
        """Return the newest revision of a figure, or None."""
        rows = Measurement.objects.of(self.kadernota).filter(series=self.component(number).series, year=year)
        return rows.order_by("pk").last()

    def next_nota(self) -> Nota:
        """Return the content of the newest version."""
        version = Kadernota.objects.get(pk=self.kadernota.pk).version
        return nota_of(version)


# Steps: each takes the history and four numbers.


def record_figure(history: History, which: int, year: int, number: int, who: int) -> None:
    component, year = history.component(which), YEARS[year % 4]
    area = Area.objects.get(kadernota=history.kadernota, is_whole=True)
    newest = history.figure(which, year)
    entry = Entry(
        component=component,
        area=area,
        year=year,
        value=Exact(component.unit.step * number * 20),
        explanation=f"Uitleg {number}.",
        seen=newest.pk if newest else None,
    )
    record_measurements(entries=[entry], by=history.officers[who % 2], now=NOW)


def retract_figure(history: History, which: int, year: int, _: int, who: int) -> None:
    if newest := history.figure(which, YEARS[year % 4]):
        retract(
            model=Measurement, revision=newest.pk, kadernota=history.kadernota, by=history.officers[who % 2], now=NOW
        )


def send_figure_back(history: History, which: int, year: int, _: int, who: int) -> None:
    if newest := history.figure(which, YEARS[year % 4]):
        send_back(
            model=Measurement,
            revision=newest.pk,
            kadernota=history.kadernota,
            by=history.adopters[who % 2],
            reason="Klopt dit?",
            now=NOW,
        )


def line(history: History, which: int, year: int) -> tuple[LineEntry, ProgrammeLine | None]:
    """Return the entry of a line, and the revision that counts."""
    topic = Topic.objects.select_related("kadernota").get(kadernota=history.kadernota, key="prioriteit-1")
    entry = LineEntry(
        topic=topic, kind=LineKind.ACTIVITY, year=YEARS[year % 4], title=f"Actie {which % 3}", state=ActivityState.DONE
    )
    rows = ProgrammeLine.objects.filter(topic=topic, year=entry.year, title=entry.title)
    chain = next(iter(load_chains(rows)), None)
    return entry, chain.newest if chain else None


def record_a_line(history: History, which: int, year: int, number: int, who: int) -> None:
    entry, newest = line(history, which, year)
    seen = newest.pk if newest else None
    entry = replace(entry, result=f"Gedaan {number}.")
    record_line(entry=entry, by=history.officers[who % 2], now=NOW, seen=seen)


def withdraw_a_line(history: History, which: int, year: int, _: int, who: int) -> None:
    _, newest = line(history, which, year)
    if newest:
        by = history.officers[who % 2]
        withdraw_line(seen=newest.pk, kadernota=history.kadernota, reason="Hoort er niet.", by=by, now=NOW)


def retract_a_line(history: History, which: int, year: int, _: int, who: int) -> None:
    _, newest = line(history, which, year)
    if newest:
        by = history.officers[who % 2]
        retract(model=ProgrammeLine, revision=newest.pk, kadernota=history.kadernota, by=by, now=NOW)


def adopt_a_year(history: History, year: int, day: int, version: int, who: int) -> None:
    adopt(
        kadernota=history.kadernota,
        year=YEARS[year % 4],
        by=history.adopters[who % 2],
        decision="college 12",
        on=DATES[day % len(DATES)],
        now=NOW,
        version=version if 0 < version < 4 else None,
        confirm=DATE_QUESTIONS,
    )


def judge_again(history: History, year: int, version: int, day: int, who: int) -> None:
    year = YEARS[year % 4]
    proposal = open_proposals(history.kadernota, REJUDGING).filter(details__year=year).first()
    if proposal is None:
        number = 1 + version % len(public_overview(history.kadernota).chain.versions)
        proposal = propose_rejudging(
            kadernota=history.kadernota, year=year, version=number, by=history.keepers[0], now=NOW
        )
    adopt(
        kadernota=history.kadernota,
        year=year,
        by=history.adopters[who % 2],
        decision="college 13",
        on=DATES[day % len(DATES)],
        now=NOW,
        rejudging=proposal,
        confirm=DATE_QUESTIONS,
    )


def take_over_a_year(history: History, which: int, year: int, number: int, _: int) -> None:
    year, component = YEARS[year % 4], history.component(which)
    if history.figure(which, year):
        return
    area = Area.objects.get(kadernota=history.kadernota, is_whole=True)
    entry = Entry(component=component, area=area, year=year, value=Exact(component.unit.step * number))
    take_over(
        kadernota=history.kadernota,
        year=year,
        source="Open data",
        retrieved_on=DATES[-1],
        figures=[(entry, "tabel 1")],
        now=NOW,
    )


def correct(history: History, which: int, day: int, number: int, who: int) -> None:
    decisions = list(Decision.objects.of(history.kadernota))
    proposal = propose_correction(
        decision=decisions[which % len(decisions)],
        remark=f"Verschreven {number}.",
        reference=f"raad {number}" if number % 2 else "",
        decided_on=DATES[day % len(DATES)] if number % 3 else None,
        by=history.keepers[who % 2],
        now=NOW,
    )
    adopt_correction(
        proposal=proposal,
        by=history.adopters[who % 2],
        reference="college 14",
        on=DATES[-1],
        now=NOW,
        confirm=DATE_QUESTIONS,
    )


def make_manifest(history: History, which: int, *_: int) -> None:
    """Store a manifest as sealing does, without its documents."""
    decisions = list(Decision.objects.of(history.kadernota).filter(manifest_of__isnull=True))
    if decisions:
        content = canonical_text({"previous": history.manifest, "files": which})
        decision = decisions[which % len(decisions)]
        Manifest.objects.create(decision=decision, content=content, sha256=sha256(content), made_at=NOW)
        history.manifest = sha256(content)


def next_version(change: Callable[[Nota, History, int, int], Nota], kind: str = SUBSTANTIVE) -> Callable[..., None]:
    """Return a step that adopts a version with this change, or throws its draft away when it is refused."""

    def step(history: History, which: int, number: int, day: int, who: int) -> None:
        nota = change(history.next_nota(), history, which, number)
        keeper, adopter = history.keepers[who % 2], history.adopters[who % 2]
        version = start_draft(
            kadernota=history.kadernota, nota=nota, kind=kind, reason="De raad wil het.", by=keeper, now=NOW
        )
        codes = [question.code for question in questions_about(nota_of(version))]
        if number % 7 == 6:
            discard(version=version, by=keeper, now=NOW)
            return
        content_hash = offer(version=version, by=keeper, now=NOW, confirm=codes)
        adopt_version(
            version=version,
            by=adopter,
            now=NOW,
            content_hash=content_hash,
            reference=f"raad {number}",
            decided_on=DATES[day % len(DATES)],
            confirm=DATE_QUESTIONS,
        )

    step.__name__ = f"version: {change.__name__}"
    return step


def changed_indicators(nota: Nota, which: int, change: Callable[[Any], Any]) -> Nota:
    """Return the nota with a change in one of its indicators, without printed cells that may no longer hold."""
    codes = [indicator.code for indicator in nota.indicators]
    code = codes[which % len(codes)]
    topics = [
        replace(
            topic,
            indicators=tuple(
                replace(change(indicator), printed={}) if indicator.code == code else indicator
                for indicator in topic.indicators
            ),
        )
        for topic in nota.topics
    ]
    return replace(nota, topics=tuple(topics), readings=())


def first_component(change: Callable[[Any, int], Any]) -> Callable[[Nota, History, int, int], Nota]:
    """Return a change of the first component of an indicator."""

    def changed(nota: Nota, _: History, which: int, number: int) -> Nota:
        def of_indicator(indicator: Any) -> Any:
            first, *rest = indicator.components
            return replace(indicator, components=(change(first, number), *rest))

        return changed_indicators(nota, which, of_indicator)

    changed.__name__ = change.__name__
    return changed


def other_target(component: Any, number: int) -> Any:
    sign = [Sign.BELOW, Sign.AT_MOST, Sign.ABOVE, Sign.AT_LEAST][number % 4]
    rule = TargetRule(bound=Bound(sign, component.unit.step * (number + 1) * 10))
    return replace(component, targets={**component.targets, YEARS[1 + number % 3]: rule})


def other_direction(component: Any, _: int) -> Any:
    lower = component.direction is Direction.LOWER
    return replace(component, direction=Direction.HIGHER if lower else Direction.LOWER)


def another_break(component: Any, number: int) -> Any:
    years = {item.year for item in component.breaks} ^ {YEARS[number % 4]}
    return replace(component, breaks=tuple(Break(year, "Andere telling.") for year in sorted(years)))


def other_baseline(component: Any, number: int) -> Any:
    if component.baseline is None:
        return component
    return replace(component, baseline=replace(component.baseline, value=Exact(component.unit.step * number * 30)))


def ended(nota: Nota, _: History, which: int, number: int) -> Nota:
    year = YEARS[number % 4]
    return changed_indicators(
        nota,
        which,
        lambda indicator: replace(
            indicator,
            last_year=None if indicator.last_year else year,
            change_reason="" if indicator.last_year else "Vervalt.",
        ),
    )


def begun_later(nota: Nota, _: History, which: int, number: int) -> Nota:
    year = YEARS[number % 4]
    return changed_indicators(nota, which, lambda row: replace(row, first_year=year, change_reason="Begint later."))


def other_plan(nota: Nota, _: History, which: int, number: int) -> Nota:
    years = tuple(YEARS[number % 3 :])
    return changed_indicators(nota, which, lambda row: replace(row, planned_years=years, cadence="tweejaarlijks"))


def another_indicator(nota: Nota, history: History, _: int, number: int) -> Nota:
    history.added += 1
    code = f"N{history.added}"
    data = indicator_data(code=code, name=f"Nieuw {number}", printed={}, components=[component_data(key=code.lower())])
    new = small_nota((("topics", 0, "indicators"), [data]), (("readings",), [])).topics[0].indicators
    topics = [replace(nota.topics[0], indicators=(*nota.topics[0].indicators, *new)), *nota.topics[1:]]
    return replace(nota, topics=tuple(topics))


def without_indicator(nota: Nota, _: History, which: int, __: int) -> Nota:
    rows = list(nota.topics[0].indicators)
    del rows[which % len(rows)]
    topics = (replace(nota.topics[0], indicators=tuple(rows)), *nota.topics[1:])
    return replace(nota, topics=topics, readings=())


def moved(nota: Nota, _: History, which: int, __: int) -> Nota:
    """Return the nota with an indicator of the first topic under the cycle of permits."""
    rows = list(nota.topics[0].indicators)
    row = rows.pop(which % len(rows))
    if not rows:
        return nota
    vth = replace(nota.topics[-1], indicators=(*nota.topics[-1].indicators, row))
    return replace(nota, topics=(replace(nota.topics[0], indicators=tuple(rows)), *nota.topics[1:-1], vth))


def longer(nota: Nota, _: History, __: int, number: int) -> Nota:
    return replace(nota, last_year=2026 + number % 2)


def reworded(nota: Nota, _: History, which: int, number: int) -> Nota:
    rows = [replace(row, definition=f"Uitleg {number}.") for row in nota.topics[0].indicators]
    return replace(nota, topics=(replace(nota.topics[0], indicators=tuple(rows)), *nota.topics[1:]))


STEPS: list[Callable[..., None]] = [
    record_figure,
    retract_figure,
    send_figure_back,
    record_a_line,
    withdraw_a_line,
    retract_a_line,
    adopt_a_year,
    judge_again,
    take_over_a_year,
    correct,
    make_manifest,
    *map(next_version, [*map(first_component, [other_target, other_direction, another_break, other_baseline])]),
    *map(next_version, [ended, begun_later, other_plan, another_indicator, without_indicator, moved, longer]),
    next_version(reworded, EDITORIAL),
]
# Recording and adopting are the daily work.
OFTEN = [record_figure] * 8 + [record_a_line] * 2 + [adopt_a_year] * 6 + [judge_again] * 3 + [STEPS[11]] * 3
steps = st.tuples(st.sampled_from([*STEPS, *OFTEN]), numbers, numbers, numbers, numbers)


# Invariants


def verdicts(overview: Overview) -> dict[Any, Any]:
    """Return the verdict on each series and year, and the adopted content of each line."""
    figures = {
        (part.key, figure.year): (
            figure.followed,
            figure.status,
            figure.assessment.rule,
            figure.printed,
            figure.target_printed,
            figure.comparable,
            figure.edition.label if figure.edition else "",
        )
        for row in overview.all_rows
        for part in row.components
        for figure in part.figures.values()
    }
    lines = {("line", row.pk): (row.title, row.result, row.withdrawn) for row in overview.lines}
    return figures | lines


def check(history: History, *, thorough: bool) -> None:
    """Check all invariants after a step; `thorough` also reads each prefix from the database and verifies hashes."""
    kadernota = history.kadernota
    prefix = load_prefix(kadernota)
    decisions = prefix.chain.decisions
    overviews = [make_overview(shorten(prefix, number)) for number in range(1, len(decisions) + 1)]
    states = [verdicts(overview) for overview in overviews]
    changed = [n for n, seen in enumerate(history.seen, 1) if states[n - 1] != seen]
    assert not changed, "an earlier prefix differs from what was seen then"
    assert len(decisions) - len(history.seen) <= 1
    if len(decisions) > len(history.seen):
        check_next(history, overviews)
        history.seen.append(states[-1])
    assert verdicts(public_overview(kadernota)) == history.seen[-1]
    if thorough:
        clear_cache()
        assert verify_chain(kadernota) == []
        assert verify_chain(kadernota, expect=decisions[0].chain_hash) == []
        for number, state in enumerate(history.seen, start=1):
            assert verdicts(load_overview(kadernota, sequence=number)) == state


def check_next(history: History, overviews: list[Overview]) -> None:
    """Check that the newest decision changed no verdict that it does not name."""
    after = overviews[-1]
    decision = after.chain.decisions[-1]
    assert decision.manifest == history.manifest
    if len(overviews) == 1:
        return
    before = overviews[-2]
    old, new = verdicts(before), verdicts(after)
    adopted_years = {edition.year for edition in before.editions}
    edition = decision.edition
    for key in {key for key in old if key[1] in adopted_years}:
        if edition is None or edition.year != key[1]:
            assert new[key] == old[key], (decision.kind, key)
        elif not edition.rejudges and new[key] != old[key]:
            assert new[key][-1] == edition.label, f"{key} changed without a figure in {edition.label}"
    for year in adopted_years - {edition.year if edition else None}:
        assert after.versions_by_year[year].pk == before.versions_by_year[year].pk
    for key in new.keys() - old.keys():
        if key[1] in adopted_years and (edition is None or edition.year != key[1]):
            assert new[key][0] is Followed.ADDED_LATER, f"{key} was added to an adopted year"
    if edition is None:
        assert {key: row for key, row in new.items() if key[0] == "line"} == {
            key: row for key, row in old.items() if key[0] == "line"
        }


@pytest.fixture
def history(db: None, monkeypatch: pytest.MonkeyPatch) -> History:
    """A small kadernota with one version. What is taken over counts as shipped with the monitor."""
    monkeypatch.setattr(verifying, "is_shipped", lambda *_: True)
    keeper, second, adopter, other = make_people()
    kadernota = adopted(small_nota(), keeper=keeper, adopter=adopter)
    officers = tuple(make_user(name, "beleidsmedewerker") for name in ("officer", "colleague"))
    return History(kadernota, officers=officers, keepers=(keeper, second), adopters=(adopter, other))


@settings(
    max_examples=HISTORIES or 25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(taken=st.lists(steps, min_size=10, max_size=25))
def test_what_was_adopted_stays_whatever_comes_after(history: History, taken: list[Any]) -> None:
    history.seen, history.added, history.manifest = [], 0, ""
    with transaction.atomic():
        check(history, thorough=False)
        for step, *arguments in taken:
            try:
                with transaction.atomic():
                    step(history, *arguments)
            except (ActionRefused, NotaRefused, NeedsConfirmation):
                event(f"refused: {step.__name__}")
            else:
                event(f"taken: {step.__name__}")
            check(history, thorough=bool(HISTORIES))
        check(history, thorough=True)
        transaction.set_rollback(True)
    clear_cache()
