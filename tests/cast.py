"""Fixtures that all tests share: the real kadernota, the practice kadernota and their users.

`real` and `practice` are loaded once for a test module, in a transaction that is rolled back after its last test; each
test runs in a savepoint. Tests with `transaction=True` cannot run in that transaction: they are in modules of their own
and call `load_real` and `make_user` themselves.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection, transaction

from indicators.actions.adopting import adopt
from indicators.actions.deciding import BEFORE_YEAR_END, EARLIER_THAN_PREVIOUS, MORE_THAN_A_YEAR_AGO
from indicators.actions.loading import load_kadernota
from indicators.actions.practice import load_practice
from indicators.actions.recording import Entry, record_measurements
from indicators.actions.recording_lines import LineEntry, record_line
from indicators.actions.versions import adopt_version, offer, offer_and_adopt, questions_about, save_draft, start_draft
from indicators.domain.nota import Component as NotaComponent
from indicators.domain.nota import Indicator as NotaIndicator
from indicators.domain.nota import Nota, read_file
from indicators.domain.notation import read_typed
from indicators.domain.programme import ActivityState, LineKind
from indicators.domain.targets import parse_target
from indicators.models import Area, Component, Decision, Edition, Measurement, ProgrammeLine
from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.differences import Erratum, differences
from indicators.readmodel.drafts import with_drafts
from indicators.readmodel.nota import nota_of
from indicators.readmodel.overview import load_overview
from indicators.readmodel.programme import Programme, adopted_programme, load_recorded_programme
from indicators.readmodel.public import overview_at, public_overview
from indicators.readmodel.rows import Overview
from priorities.models import Kadernota, Priority, Topic
from tests.snapshots import load_once

FIXTURES = Path(__file__).parent.parent / "fixtures"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DATE_QUESTIONS = (BEFORE_YEAR_END, EARLIER_THAN_PREVIOUS, MORE_THAN_A_YEAR_AGO)
REAL, PRACTICE = "haarlemmermeer-2018-2022", "oefengemeente-2018-2022"


def read_fixture(name: str) -> dict[str, Any]:
    """Return the data of a file in fixtures/, a new copy at each call."""
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


def load_real() -> Kadernota:
    """Load the real kadernota, with the imported figures."""
    load_once(REAL, lambda: load_kadernota(data=read_fixture("kadernota_2018_2022"), now=NOW))
    return Kadernota.objects.get(slug=REAL)


def load_practice_kadernota() -> Kadernota:
    """Load the practice municipality, with its accounts, editions and drafts."""
    nota, figures = read_fixture("oefengemeente_2018_2022"), read_fixture("oefencijfers_2018_2022")
    load_once(PRACTICE, lambda: load_practice(nota=nota, figures=figures, now=NOW))
    return Kadernota.objects.get(slug=PRACTICE)


def make_user(username: str, group: str = "", **facts: Any) -> User:
    """Create a user, in a group if `group` is given."""
    user = User.objects.create_user(username, **facts)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def component_of(kadernota: Kadernota, code: str, name: str = "") -> Component:
    """Return a component by the code of its indicator and its own name."""
    return Component.objects.of(kadernota).get(indicator__code=code, name=name)


def whole_area(kadernota: Kadernota) -> Area:
    """Return the area that is the whole municipality."""
    return Area.objects.get(kadernota=kadernota, is_whole=True)


def revision_of(kadernota: Kadernota, code: str, year: int, name: str = "") -> Measurement | None:
    """Return the current revision of a figure, or None."""
    rows = Measurement.objects.filter(series=component_of(kadernota, code, name).series, year=year)
    return rows.current().first()


def entry_of(kadernota: Kadernota, code: str, year: int, typed: str, name: str = "", **facts: Any) -> Entry:
    """Return the entry of a typed figure, based on the current revision unless `seen` is given."""
    component = component_of(kadernota, code, name)
    current = revision_of(kadernota, code, year, name)
    facts.setdefault("seen", current.pk if current else None)
    return Entry(
        component=component,
        area=whole_area(kadernota),
        year=year,
        value=read_typed(typed, component.unit).value,
        **facts,
    )


def record(kadernota: Kadernota, code: str, year: int, typed: str, name: str = "", *, by: User, **facts: Any) -> str:
    """Record a typed figure; return whether it was new, changed or the same."""
    return record_measurements(entries=[entry_of(kadernota, code, year, typed, name, **facts)], by=by, now=NOW)[0]


def priority_of(kadernota: Kadernota, kind: str = "priority", number: int = 1) -> Priority:
    """Return a priority, a theme or the cycle of permits (vth)."""
    return Priority.objects.select_related("topic__kadernota").get(version=kadernota.version, kind=kind, number=number)


def topic_of(kadernota: Kadernota, kind: str = "priority", number: int = 1) -> Topic:
    """Return the topic of a priority, a theme or the cycle of permits (vth)."""
    return priority_of(kadernota, kind, number).topic


def line_of(kadernota: Kadernota, title: str, year: int, **facts: Any) -> LineEntry:
    """Return the entry of a running activity of the first priority, changed by `facts`; without state, of an amount."""
    facts.setdefault("topic", topic_of(kadernota))
    facts.setdefault("state", ActivityState.RUNNING)
    kind = LineKind.ACTIVITY if facts["state"] else LineKind.FINANCE
    return LineEntry(title=title, year=year, **{"kind": kind} | facts)


def record_activity(
    kadernota: Kadernota, title: str, year: int, *, by: User, seen: ProgrammeLine | None = None, **facts: Any
) -> ProgrammeLine:
    """Record a line of the programme; `seen` is the revision that it replaces."""
    entry = line_of(kadernota, title, year, **facts)
    return record_line(entry=entry, by=by, now=NOW, seen=seen.pk if seen else None)[0]


def adopt_year(kadernota: Kadernota, year: int, *, by: User, decision: str = "2021.0000123") -> Edition:
    """Adopt the drafts of a year."""
    on = max(date(2021, 3, 2), date(year, 12, 31))
    return adopt(kadernota=kadernota, year=year, by=by, decision=decision, on=on, now=NOW, confirm=DATE_QUESTIONS)


def info_of(edition: Edition) -> EditionInfo:
    """Return an edition as pages and documents have it."""
    return next(info for info in public_overview(edition.kadernota).editions if info.pk == edition.pk)


def overview_of(kadernota: Kadernota, *, edition: Edition | None = None, drafts: bool = False) -> Overview:
    """Return the state of a kadernota: now, as of an edition, or with drafts."""
    public = public_overview(kadernota)
    if edition is not None:
        return overview_at(kadernota, public, edition.decision.sequence)
    return with_drafts(kadernota, public) if drafts else public


def programme_of(kadernota: Kadernota, *, edition: Edition | None = None, drafts: bool = False) -> Programme:
    """Return the programme of a kadernota: now, as of an edition, or with drafts."""
    overview = overview_of(kadernota, edition=edition)
    return load_recorded_programme(kadernota, overview) if drafts else adopted_programme(overview)


def adopt_version_of(
    kadernota: Kadernota,
    change: Callable[[Nota], Nota],
    *,
    by: User,
    editor: User,
    reason: str = "De raad besloot anders.",
    decision: str = "raad 2020-14",
    on: date = date(2020, 3, 14),
    kind: str = "substantive",
) -> Decision:
    """Adopt a next version of a kadernota: the newest one, changed. Returns its decision."""
    version = start_draft(by=editor, now=NOW, kadernota=kadernota, kind=kind, reason=reason)
    save_draft(version=version, nota=change(nota_of(version)), by=editor, now=NOW)
    questions = [question.code for question in questions_about(nota_of(version))]
    content_hash = offer(version=version, by=editor, now=NOW, confirm=questions)
    taken = adopt_version(
        version=version,
        by=by,
        now=NOW,
        content_hash=content_hash,
        reference=decision,
        decided_on=on,
        confirm=DATE_QUESTIONS,
    )
    vars(kadernota).pop("version", None)  # the cached newest version
    return taken


def bare_kadernota(change: Callable[[Nota], Nota] = lambda nota: nota) -> Kadernota:
    """Adopt a kadernota with the content of the real one, changed, and without published figures."""
    nota = change(read_file(read_fixture("kadernota_2018_2022"), reserved_slugs=()).nota)
    version = start_draft(by=make_user("kaal-1", "beheerder"), now=NOW, nota=replace(nota, slug="kaal-2018-2022"))
    offer_and_adopt(
        version=version,
        by=make_user("kaal-2", "vaststeller"),
        now=NOW,
        reference="raad 2018-7",
        decided_on=date(2018, 7, 5),
        confirm=[*DATE_QUESTIONS, *(question.code for question in questions_about(nota_of(version)))],
    )
    return Kadernota.objects.get(pk=version.kadernota_id)


def with_component(nota: Nota, code: str, name: str = "", **changes: Any) -> Nota:
    """Return the nota with changes in one component; `targets` replace those of the years that they name.

    Printed cells of changed years go, since they no longer hold.
    """
    years = set(changes.get("targets", ()))

    def changed(component: NotaComponent) -> NotaComponent:
        facts = dict(changes)
        if "targets" in facts:
            read = {year: parse_target(text, component.unit) for year, text in facts["targets"].items()}
            facts["targets"] = {**component.targets, **read}
        return replace(component, **facts)

    return with_indicator(
        nota,
        code,
        lambda indicator: replace(
            indicator,
            printed={year: cell for year, cell in indicator.printed.items() if year not in years},
            components=tuple(
                changed(component) if component.name == name else component for component in indicator.components
            ),
        ),
    )


def with_indicator(nota: Nota, code: str, change: Callable[[NotaIndicator], NotaIndicator]) -> Nota:
    """Return the nota with a change of the indicator with this code."""
    return replace(
        nota,
        topics=tuple(
            replace(
                topic,
                indicators=tuple(
                    change(indicator) if indicator.code == code else indicator for indicator in topic.indicators
                ),
            )
            for topic in nota.topics
        ),
    )


@contextmanager
def rolled_back(blocker: Any, load: Callable[[], Kadernota]) -> Iterator[Kadernota]:
    """Yield the result of `load`, in a transaction that is rolled back at the end."""
    with blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            kadernota = load()
            connection.check_constraints()
        except BaseException:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
            raise
    try:
        yield kadernota
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture(scope="module")
def real_of_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[Kadernota]:
    """The real kadernota, loaded once for the tests of a module."""
    with rolled_back(django_db_blocker, load_real) as kadernota:
        yield kadernota


@pytest.fixture(scope="module")
def practice_of_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[Kadernota]:
    """The practice kadernota, loaded once for the tests of a module."""
    with rolled_back(django_db_blocker, load_practice_kadernota) as kadernota:
        yield kadernota


@pytest.fixture
def real(real_of_module: Kadernota, db: None) -> Kadernota:
    """The real kadernota."""
    return Kadernota.objects.get(pk=real_of_module.pk)


@pytest.fixture
def practice(practice_of_module: Kadernota, db: None) -> Kadernota:
    """The practice kadernota: invented figures in five editions, and drafts."""
    return Kadernota.objects.get(pk=practice_of_module.pk)


@pytest.fixture
def officer(db: None) -> User:
    """A user who records."""
    return make_user("anna", "beleidsmedewerker", first_name="Anna", last_name="de Wit")


@pytest.fixture
def colleague(db: None) -> User:
    """A second user who records."""
    return make_user("bram", "beleidsmedewerker")


@pytest.fixture
def adopter(db: None) -> User:
    """A user who adopts."""
    return make_user("carla", "vaststeller")


@pytest.fixture
def keeper(db: None) -> User:
    """A user who maintains the structure."""
    return make_user("dirk", "beheerder", is_staff=True)


@pytest.fixture
def superuser(db: None) -> User:
    """A superuser; the ban on adopting own figures holds for them too."""
    return User.objects.create_superuser("root")


def errata_of(kadernota: Kadernota, edition: Edition) -> tuple[Erratum, ...]:
    """Return what this edition changed in figures; nothing for the first edition of a year."""
    if edition.number == 1:
        return ()
    sequence = edition.decision.sequence
    before, after = (load_overview(kadernota, sequence=number) for number in (sequence - 1, sequence))
    return differences(before, after).figures
