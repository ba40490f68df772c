"""A small kadernota for the tests of actions on drafts, stored without the actions that load or adopt."""

from datetime import UTC, date, datetime
from decimal import Decimal
from secrets import token_hex

from django.contrib.auth.models import Group, User
from django.db import transaction

from indicators.actions.recording import Entry, record_measurements
from indicators.actions.recording_lines import LineEntry, record_line
from indicators.actions.workflow import lock_kadernota
from indicators.domain.notation import read_typed
from indicators.domain.programme import ActivityState, LineKind
from indicators.models import (
    Area,
    Component,
    Decision,
    Edition,
    EditionEntry,
    Indicator,
    Measurement,
    ProgrammeLine,
    Proposal,
    Series,
    Source,
    Witness,
)
from indicators.models.decisions import NOTA, TAKEN_OVER, YEAR
from priorities.models import Kadernota, Organisation, Priority, PriorityKind, Topic, Version

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PERIOD = {"baseline_year": 2017, "first_year": 2018, "first_target_year": 2019, "last_year": 2022}
# Code, name of the component, kind of unit, decimals.
COMPONENTS = [
    ("V1", "", "percentage", 0),
    ("V2", "", "grade", 1),
    ("V5", "absoluut", "count", 0),
    ("V5", "% van inwoners", "percentage", 2),
    *((code, "", "count", 0) for code in ("V3", "V4", "V6", "V7", "V8", "V9", "V10", "V11", "V13")),
]
TOPICS = [(PriorityKind.PRIORITY, 1), (PriorityKind.PRIORITY, 2), (PriorityKind.THEME, 1), (PriorityKind.VTH, 1)]


def make_user(username, group="", **facts):
    """Create a user, in a group if `group` is given."""
    user = User.objects.create_user(username, **facts)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def make_kadernota(slug="veiligheid-2018-2022", *, figures=True):
    """Store a kadernota with one adopted version and, if `figures`, the figure of V5 in 2020, which was taken over."""
    organisation, _ = Organisation.objects.get_or_create(slug="gemeente", defaults={"name": "Gemeente"})
    kadernota = Kadernota.objects.create(organisation=organisation, slug=slug)
    Area.objects.create(kadernota=kadernota, code="gemeente", name="Gemeente", is_whole=True)
    adopt_version(make_version(kadernota))
    if figures:
        row = Measurement.objects.create(
            kadernota=kadernota,
            series=component_of(kadernota, "V5", "absoluut").series,
            area=whole_area(kadernota),
            year=2020,
            number=Decimal(281),
            source_note="open data",
            recorded_at=NOW,
        )
        adopt_rows(kadernota, 2020, row)
    return kadernota


def make_version(kadernota, *, topics=TOPICS, last_years=None):
    """Store a draft of a version; `last_years` gives the last year of an indicator by its code."""
    version = Version.objects.create(kadernota=kadernota, title="Kadernota", printed_organisation="Gemeente", **PERIOD)
    source, _ = Source.objects.get_or_create(organisation=kadernota.organisation, name="Politie")
    priorities = [_priority(version, kind, number) for kind, number in topics]
    for order, (code, name, unit_kind, decimals) in enumerate(COMPONENTS, 1):
        last_year = (last_years or {}).get(code)
        indicator, _ = Indicator.objects.get_or_create(
            version=version,
            code=code,
            defaults={
                "priority": priorities[0],
                "order": order,
                "name": f"Indicator {code}",
                "source": source,
                "role": "effect",
                "last_year": last_year,
                "change_reason": "Vervalt." if last_year else "",
            },
        )
        key = f"{code}-{order}".lower()
        series, _ = Series.objects.get_or_create(kadernota=kadernota, key=key, defaults={"unit_kind": unit_kind})
        Component.objects.create(
            indicator=indicator,
            series=series,
            name=name,
            order=order,
            decimals=decimals,
            noun="gevallen",
            direction="lower",
        )
    return version


def _priority(version, kind, number):
    topic, _ = Topic.objects.get_or_create(kadernota=version.kadernota, key=f"{kind}-{number}")
    return Priority.objects.create(version=version, topic=topic, kind=kind, number=number, name=f"{kind} {number}")


def adopt_version(version, *, by=None):
    """Store the decision that adopts a version: the first one taken over, a later one offered by a new keeper."""
    if by is not None:
        keeper = make_user(f"keeper-{version.pk}")
        Proposal.objects.create(
            kadernota=version.kadernota,
            kind="substantive",
            state="offered",
            version=version,
            content_hash="0" * 64,
            proposed_by=keeper,
            proposed_at=NOW,
        )
    return _decide(version.kadernota, kind=NOTA, by=by, version=version)


def adopt_rows(kadernota, year, *rows, by=None):
    """Store the edition of a year with these figures and lines; taken over without `by`."""
    edition = Edition.objects.create(
        kadernota=kadernota,
        year=year,
        number=kadernota.editions.filter(year=year).count() + 1,
        version=Kadernota.objects.get(pk=kadernota.pk).version,
    )
    for row in rows:
        EditionEntry.objects.create(
            edition=edition, **{"line" if isinstance(row, ProgrammeLine) else "measurement": row}
        )
    _decide(kadernota, kind=YEAR if by else TAKEN_OVER, by=by, edition=edition)
    return edition


@transaction.atomic
def adopt_year(kadernota, year, *, by):
    """Store the edition of a year with every draft of that year, and the lines of the next; lock first."""
    lock_kadernota(kadernota.pk)
    figures = Measurement.objects.of(kadernota).filter(year=year).drafts()
    lines = ProgrammeLine.objects.of(kadernota).filter(year__in=(year, year + 1)).drafts()
    return adopt_rows(kadernota, year, *figures, *lines, by=by)


def _decide(kadernota, *, kind, by, **fixes):
    last = Decision.objects.of(kadernota).last()
    sequence = last.sequence + 1 if last else 1
    origin = {"adopted_by": by, "reference": "2021.0000123", "decided_on": date(2021, 3, 2)}
    if by is None:
        origin = {"source": "https://example.org/nota", "retrieved_on": date(2021, 3, 2)}
    return Decision.objects.create(
        kadernota=kadernota,
        sequence=sequence,
        kind=kind,
        witness=Witness.objects.create(kadernota=kadernota, content="{}"),
        rules_version=1,
        recorded_at=NOW,
        previous=last.chain_hash if last else "0" * 64,
        content_hash="1" * 64,
        witness_hash="2" * 64,
        chain_hash=token_hex(32),  # never twice: what follows from a chain is cached by its hash
        **origin,
        **fixes,
    )


# Figures


def component_of(kadernota, code, name=""):
    """Return a component of the newest adopted version."""
    version = Kadernota.objects.get(pk=kadernota.pk).version
    rows = Component.objects.select_related("indicator", "series")
    return rows.get(indicator__version=version, indicator__code=code, name=name)


def whole_area(kadernota):
    """Return the area that is the whole municipality."""
    return Area.objects.get(kadernota=kadernota, is_whole=True)


def revisions_of(kadernota, code, year, name=""):
    """Return every revision of a figure, the oldest first."""
    series = component_of(kadernota, code, name).series
    return Measurement.objects.of(kadernota).filter(series=series, year=year).order_by("pk")


def revision_of(kadernota, code, year, name=""):
    """Return the newest revision of a figure, or None."""
    return revisions_of(kadernota, code, year, name).last()


def entry_of(kadernota, code, year, typed, name="", **facts):
    """Return the entry of a typed figure, based on the newest revision unless `seen` is given."""
    component = component_of(kadernota, code, name)
    newest = revision_of(kadernota, code, year, name)
    facts.setdefault("seen", newest.pk if newest else None)
    value = read_typed(typed, component.unit).value
    return Entry(component=component, area=whole_area(kadernota), year=year, value=value, **facts)


def record(kadernota, code, year, typed, name="", *, by, **facts):
    """Record a typed figure; return the outcome."""
    return record_measurements(entries=[entry_of(kadernota, code, year, typed, name, **facts)], by=by, now=NOW)[0]


# Lines


def topic_of(kadernota, kind="priority", number=1):
    """Return the topic of a priority, of a theme or of the cycle of permits (vth)."""
    return Topic.objects.select_related("kadernota").get(kadernota=kadernota, key=f"{kind}-{number}")


def line_of(kadernota, title, year, **facts):
    """Return the entry of a running activity of the first priority, changed by `facts`; without state, of an amount."""
    facts.setdefault("topic", topic_of(kadernota))
    facts.setdefault("state", ActivityState.RUNNING)
    kind = LineKind.ACTIVITY if facts["state"] else LineKind.FINANCE
    return LineEntry(title=title, year=year, **{"kind": kind} | facts)


def record_activity(kadernota, title, year, *, by, seen=None, **facts):
    """Record a line of the programme; `seen` is the revision that it replaces."""
    entry = line_of(kadernota, title, year, **facts)
    return record_line(entry=entry, by=by, now=NOW, seen=seen.pk if seen else None)[0]
