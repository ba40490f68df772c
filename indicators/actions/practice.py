"""The practice municipality: invented figures on the structure of the real nota, with accounts to try it.

It goes through the same actions as the pages do, so its history is as real as any.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone

from indicators.actions import Entry, adopt, record_measurements, standing_figures
from indicators.actions.loading import Report, load_kadernota
from indicators.actions.practice_programme import record_changes, record_programme
from indicators.domain.notation import read_typed
from indicators.models import Area, Component, Edition
from priorities.models import Kadernota

PASSWORD = "oefenen"
OFFICER, COLLEAGUE, ADOPTER, KEEPER = "beleidsmedewerker", "collega", "vaststeller", "beheerder"
ACCOUNTS = {
    OFFICER: ("beleidsmedewerker", "Oefen", "Beleidsmedewerker", "legt cijfers vast"),
    COLLEAGUE: ("beleidsmedewerker", "Oefen", "Collega", "legt ook cijfers vast"),
    ADOPTER: ("vaststeller", "Oefen", "Vaststeller", "stelt vast wat een ander vastlegde"),
    KEEPER: ("beheerder", "Oefen", "Beheerder", "beheert de opzet, in /beheer/"),
}


def make_accounts() -> dict[str, User]:
    """The practice accounts, each in its group; those that are there already keep their password."""
    accounts = {}
    for login, (group, first, last, _) in ACCOUNTS.items():
        user, made = User.objects.get_or_create(
            username=login, defaults={"first_name": first, "last_name": last, "is_staff": login == KEEPER}
        )
        if made:
            user.set_password(PASSWORD)
            user.save()
        user.groups.add(Group.objects.get(name=group))
        accounts[login] = user
    return accounts


def load_practice(*, data: dict[str, Any], base: dict[str, Any], now: datetime) -> tuple[Kadernota, Report]:
    """Load the practice kadernota: `base` gives the structure, `data` the name, the editions and the drafts.

    Figures are recorded and adopted only when the kadernota has no edition yet.
    """
    own = ("slug", "title", "organisation", "practice", "area", "summary")
    structure = base | {name: data[name] for name in own} | {"document": "", "taken_over": []}
    structure["vth"] = base["vth"] | {"indicators": data["vth_indicators"]}
    with transaction.atomic():
        accounts = make_accounts()
        kadernota, report = load_kadernota(data=structure, now=now)
        if not Edition.objects.of(kadernota).exists():
            for edition in data["editions"]:
                _play_edition(kadernota, edition, data["programme"], accounts)
                report.add("editie")
            for drafts in data["drafts"]:
                _record(kadernota, drafts, accounts[OFFICER], now)
                record_changes(kadernota, drafts.get("lines", []), by=accounts[COLLEAGUE], now=now)
    return kadernota, report


def _play_edition(
    kadernota: Kadernota, edition: dict[str, Any], programme: list[dict[str, Any]], accounts: dict[str, User]
) -> None:
    on = date.fromisoformat(edition["adopted_on"])
    noon = datetime.combine(on, time(12), tzinfo=timezone.get_default_timezone())
    _record(kadernota, edition, accounts[OFFICER], noon - timedelta(days=14))
    facts = {"by": accounts[COLLEAGUE], "now": noon - timedelta(days=10)}
    if not Edition.objects.of(kadernota).filter(year=edition["year"]).exists():
        record_programme(kadernota, programme, edition["year"], **facts)
    record_changes(kadernota, edition.get("lines", []), **facts)
    adopt(
        kadernota=kadernota,
        year=edition["year"],
        by=accounts[ADOPTER],
        decision=edition["decision"],
        on=on,
        now=noon,
    )


def _record(kadernota: Kadernota, item: dict[str, Any], by: User, now: datetime) -> None:
    components = {
        (component.indicator.code, component.name): component
        for component in Component.objects.filter(indicator__priority__kadernota=kadernota).select_related("indicator")
    }
    area = Area.objects.get(kadernota=kadernota, is_whole=True)
    standing = standing_figures(kadernota, [item["year"]])
    entries = []
    for figure in item["figures"]:
        component = components[figure["indicator"], figure["component"]]
        understood = read_typed(figure["value"], component.unit)
        assert understood is not None
        current, _ = standing.get((component.pk, area.pk, item["year"]), (None, None))
        entries.append(
            Entry(
                component,
                area,
                item["year"],
                understood.value,
                figure["explanation"] or None,
                figure.get("sample"),
                current.pk if current else None,
            )
        )
    record_measurements(entries=entries, by=by, now=now)
