"""Fixtures that all tests share: the real kadernota, the practice kadernota and their users.

`real` and `practice` are loaded once for a test module, in a transaction that is rolled back after its last test; each
test runs in a savepoint. Tests with `transaction=True` cannot run in that transaction: they are in modules of their own
and call `load_real` and `make_user` themselves.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection, transaction

from indicators.actions import Entry, LineEntry, adopt, record_line, record_measurements
from indicators.actions.loading import load_kadernota
from indicators.actions.practice import load_practice
from indicators.domain.notation import read_typed
from indicators.domain.programme import ActivityState, LineKind
from indicators.models import Area, Component, Edition, Measurement, ProgrammeLine
from indicators.readmodel.errata import Erratum, compare, overview_before
from indicators.readmodel.overview import load_overview
from priorities.models import Kadernota, Priority
from tests.snapshots import load_once

FIXTURES = Path(__file__).parent.parent / "fixtures"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
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
    data, base = read_fixture("oefengemeente_2018_2022"), read_fixture("kadernota_2018_2022")
    load_once(PRACTICE, lambda: load_practice(data=data, base=base, now=NOW))
    return Kadernota.objects.get(slug=PRACTICE)


def make_user(username: str, group: str = "", **facts: Any) -> User:
    """Create a user, in a group if `group` is given."""
    user = User.objects.create_user(username, **facts)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def component_of(kadernota: Kadernota, code: str, name: str = "") -> Component:
    """Return a component by the code of its indicator and its own name."""
    components = Component.objects.select_related("indicator", "indicator__priority")
    return components.get(indicator__priority__kadernota=kadernota, indicator__code=code, name=name)


def whole_area(kadernota: Kadernota) -> Area:
    """Return the area that is the whole municipality."""
    return Area.objects.get(kadernota=kadernota, is_whole=True)


def revision_of(kadernota: Kadernota, code: str, year: int, name: str = "") -> Measurement | None:
    """Return the current revision of a figure, or None."""
    rows = Measurement.objects.filter(component=component_of(kadernota, code, name), year=year)
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
    return Priority.objects.select_related("kadernota").get(kadernota=kadernota, kind=kind, number=number)


def line_of(kadernota: Kadernota, title: str, year: int, **facts: Any) -> LineEntry:
    """Return the entry of a running activity of the first priority, changed by `facts`; without state, of an amount."""
    facts.setdefault("priority", priority_of(kadernota))
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
    return adopt(kadernota=kadernota, year=year, by=by, decision=decision, on=date(2021, 3, 2), now=NOW)


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
    """Return what this edition changed; nothing for the first edition of a year. Five queries, or none."""
    before = overview_before(kadernota, edition)
    return compare(before, load_overview(kadernota, edition=edition)) if before else ()
