"""Load the practice municipality: invented figures and activities on the structure of the real nota, with accounts.

Everything is recorded with the same actions as on the pages, so that its history is complete.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone

from indicators.actions.adopting import adopt
from indicators.actions.loading import Report, load_kadernota
from indicators.actions.recording import Entry, current_figures, record_measurements
from indicators.actions.recording_lines import LineEntry, record_line
from indicators.domain.euros import read_euros
from indicators.domain.notation import read_typed
from indicators.domain.programme import ActivityState, LineKind
from indicators.models import Area, Component, Edition, ProgrammeLine
from priorities.models import Kadernota, Priority

PASSWORD = "oefenen"
OFFICER, COLLEAGUE, ADOPTER, KEEPER = "beleidsmedewerker", "collega", "vaststeller", "beheerder"
ACCOUNTS = {
    OFFICER: ("beleidsmedewerker", "Oefen", "Beleidsmedewerker", "legt cijfers vast"),
    COLLEAGUE: ("beleidsmedewerker", "Oefen", "Collega", "legt ook cijfers vast"),
    ADOPTER: ("vaststeller", "Oefen", "Vaststeller", "stelt vast wat een ander vastlegde"),
    KEEPER: ("beheerder", "Oefen", "Beheerder", "bereidt versies van de kadernota voor, in de werkplaats"),
}


def make_accounts() -> dict[str, User]:
    """Return the practice accounts, each in its group. An existing account keeps its password."""
    accounts = {}
    for login, (group, first, last, _) in ACCOUNTS.items():
        user, is_new = User.objects.get_or_create(
            username=login, defaults={"first_name": first, "last_name": last, "is_staff": login == KEEPER}
        )
        if is_new:
            user.set_password(PASSWORD)
            user.save()
        user.groups.add(Group.objects.get(name=group))
        accounts[login] = user
    return accounts


def load_practice(*, nota: object, figures: dict[str, Any], now: datetime) -> tuple[Kadernota, Report]:
    """Load the practice kadernota: `nota` is its shipped file, `figures` holds the editions, programme and drafts.

    Figures are recorded and adopted only when the kadernota has no edition yet.
    """
    with transaction.atomic():
        accounts = make_accounts()
        # A practice kadernota has a past: its nota came before its first edition.
        kadernota, report = load_kadernota(data=nota, now=_noon(figures["taken_over_on"]))
        if not Edition.objects.filter(kadernota=kadernota).exists():
            for edition in figures["editions"]:
                _record_edition(kadernota, edition, figures["programme"], accounts)
                report.add("editie")
            for drafts in figures["drafts"]:
                _record_figures(kadernota, drafts, by=accounts[OFFICER], now=now)
                _record_accounts(kadernota, drafts.get("lines", []), by=accounts[COLLEAGUE], now=now)
    return kadernota, report


def _noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), tzinfo=timezone.get_default_timezone())


def _record_edition(
    kadernota: Kadernota, edition: dict[str, Any], programme: list[dict[str, Any]], accounts: dict[str, User]
) -> None:
    noon = _noon(edition["adopted_on"])
    on = noon.date()
    _record_figures(kadernota, edition, by=accounts[OFFICER], now=noon - timedelta(days=14))
    colleague, later = accounts[COLLEAGUE], noon - timedelta(days=10)
    if not Edition.objects.filter(kadernota=kadernota, year=edition["year"]).exists():
        _record_programme(kadernota, programme, edition["year"], by=colleague, now=later)
    _record_accounts(kadernota, edition.get("lines", []), by=colleague, now=later)
    adopt(
        kadernota=kadernota,
        year=edition["year"],
        by=accounts[ADOPTER],
        decision=edition["decision"],
        on=on,
        now=noon,
    )


def _record_figures(kadernota: Kadernota, item: dict[str, Any], *, by: User, now: datetime) -> None:
    components = {
        (component.indicator.code, component.name): component
        for component in Component.objects.filter(indicator__version=kadernota.version).select_related(
            "indicator", "series"
        )
    }
    area = Area.objects.get(kadernota=kadernota, is_whole=True)
    current_rows = current_figures(kadernota, [item["year"]])
    entries = []
    for figure in item["figures"]:
        component = components[figure["indicator"], figure["component"]]
        input_value = read_typed(figure["value"], component.unit)
        assert input_value is not None
        chain = current_rows.get((component.series_id, area.pk, item["year"]))
        current = chain.current if chain else None
        entries.append(
            Entry(
                component=component,
                area=area,
                year=item["year"],
                value=input_value.value,
                explanation=figure["explanation"] or None,
                sample=figure.get("sample"),
                seen=current.pk if current else None,
            )
        )
    record_measurements(entries=entries, by=by, now=now)


def _record_programme(
    kadernota: Kadernota, programme: list[dict[str, Any]], year: int, *, by: User, now: datetime
) -> None:
    """Record the lines of an edition of this year: the account of the year, and the plans for the next."""
    for item in programme:
        if item["year"] == year:
            _record_line(kadernota, item, item["account"], by=by, now=now)
        if item["year"] == year + 1 and item["is_planned"]:
            state = "gepland" if item["kind"] == LineKind.ACTIVITY.value else ""
            _record_line(kadernota, item, {"state": state, "result": "", "spent": ""}, by=by, now=now)


def _record_accounts(kadernota: Kadernota, lines: list[dict[str, Any]], *, by: User, now: datetime) -> None:
    """Record another account of existing lines."""
    for item in lines:
        _record_line(kadernota, item, item["account"], by=by, now=now)


def _record_line(
    kadernota: Kadernota, item: dict[str, Any], account: dict[str, str], *, by: User, now: datetime
) -> None:
    kind, number = item["part"]
    priority = Priority.objects.select_related("topic").get(version=kadernota.version, kind=kind, number=number)
    key = {"topic": priority.topic, "kind": item["kind"], "year": item["year"], "title": item["title"]}
    current = ProgrammeLine.objects.current().filter(**key).first()
    entry = LineEntry(
        topic=priority.topic,
        kind=LineKind(item["kind"]),
        year=item["year"],
        title=item["title"],
        effort=priority.approach[item["effort"] - 1] if item["effort"] else "",
        partners=item["partners"],
        planned=item["planned"],
        state=ActivityState(account["state"]) if account["state"] else None,
        result=account["result"],
        budget=read_euros(item["budget"]),
        spent=read_euros(account["spent"]),
    )
    record_line(entry=entry, by=by, now=now, seen=current.pk if current else None)
