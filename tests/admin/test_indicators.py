"""Indicators in the admin: adding one at once, changing years with a reason, and logging both."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from indicators.models import AuditEvent, Break, Deadline, Indicator, Source
from indicators.readmodel.overview import load_overview
from priorities.models import Kadernota
from tests.admin.pages import STRUCTURE, address
from tests.admin.test_structure import component, errors, save

pytestmark = pytest.mark.django_db
ADD = reverse(address("indicators.indicator", "add"))


def real_indicator(code: str) -> Indicator:
    return Indicator.objects.get(code=code, priority__kadernota__is_practice=False)


def filled(**changes: Any) -> dict[str, Any]:
    """Return the form of a new indicator, filled in; the second component is empty, as on the page."""
    priority = Kadernota.objects.get(is_practice=False).priorities.get(kind="priority", number=1)
    empty = {
        "name": "",
        "unit_kind": "",
        "decimals": "0",
        "noun": "",
        "direction": "",
        "baseline": "",
        "baseline_year": "",
        "targets": "",
        "id": "",
        "indicator": "",
    }
    first = empty | {
        "unit_kind": "count",
        "noun": "fietsendiefstallen",
        "direction": "lower",
        "baseline": "1.170",
        "targets": "2021: 900\r\n2022: <800",
    }
    form = {
        "priority": priority.pk,
        "code": "V22",
        "name": "Fietsendiefstal",
        "source": Source.objects.get(name="Politie").pk,
        "role": "effect",
        "definition": "",
        "cadence": "jaarlijks",
        "planned_years": "",
        "first_year": "2021",
        "last_year": "",
        "change_reason": "De raad wil dit volgen.",
        "components-TOTAL_FORMS": "2",
        "components-INITIAL_FORMS": "0",
    }
    form |= {f"components-0-{name}": value for name, value in first.items()}
    form |= {f"components-1-{name}": value for name, value in empty.items()}
    return form | changes


def errors_text(response: Any) -> str:
    """Return all errors of the page as one text."""
    formsets = response.context["inline_admin_formsets"]
    return errors(response) + "".join(f"{one.formset.errors}{one.formset.non_form_errors()}" for one in formsets)


def test_a_new_indicator_comes_in_one_go(as_keeper: Client, keeper: User) -> None:
    assert as_keeper.post(ADD, filled()).status_code == 302
    row = load_overview(Kadernota.objects.get(is_practice=False)).row("V22")
    assert (row.first_year, row.change_reason, row.components[0].baseline_printed) == (
        2021,
        "De raad wil dit volgen.",
        "1.170",
    )
    assert [row.target_cell(year) for year in (2020, 2021, 2022)] == ["", "900", "<800"]
    event = AuditEvent.objects.order_by("pk").last()
    assert (event.action, event.subject, event.actor) == ("nieuwe indicator", "V22 Fietsendiefstal", keeper)


def test_with_two_components(as_keeper: Client) -> None:
    second = {"name": "aandeel", "unit_kind": "percentage", "decimals": "1", "noun": "aandeel", "direction": "lower"}
    changes = {f"components-1-{name}": value for name, value in second.items()}
    assert as_keeper.post(ADD, filled(**changes | {"components-0-name": "aantal"})).status_code == 302
    assert [part.name for part in real_indicator("V22").components.order_by("order")] == ["aantal", "aandeel"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "V3"}, "De code V3 is in deze kadernota al van ‘Meldingen openbare ruimte’."),
        ({"change_reason": ""}, "Schrijf waarom deze indicator niet alle jaren wordt gevolgd."),
        ({"first_year": "2017"}, "2017 is geen jaar van deze kadernota (2018 tot en met 2022)."),
        ({"last_year": "2020"}, "komt niet voor ‘vanaf jaar’"),
        ({"planned_years": "2021\n2030"}, "Niet in de periode van de kadernota"),
        ({"components-0-baseline": "1.17"}, "‘1.17’"),
        ({"components-0-targets": "2020: 900"}, "Voor 2020 heeft deze indicator geen streefwaarde"),
        ({"components-0-targets": "2022: ca. 800"}, "2022: ‘ca. 800’"),
        ({"components-0-targets": "800"}, "Regel 1: schrijf het jaar"),
        ({"components-0-decimals": "1"}, "Een aantal heeft geen decimalen."),
        ({"components-0-noun": ""}, "Dit veld is verplicht."),
        ({"components-1-name": "twee", "components-1-unit_kind": "count", "components-1-noun": "x",
          "components-1-direction": "lower"}, "Geef elk onderdeel een naam"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_made(as_keeper: Client, changes: dict[str, str], sentence: str) -> None:
    response = as_keeper.post(ADD, filled(**changes))
    assert response.status_code == 200 and sentence in errors_text(response)
    assert "bestaat al" not in errors_text(response)
    assert not Indicator.objects.filter(code="V22").exists()


def test_an_indicator_measures_something(as_keeper: Client) -> None:
    names = ("unit_kind", "noun", "direction", "baseline", "targets")
    response = as_keeper.post(ADD, filled(**{f"components-0-{name}": "" for name in names}))
    assert "ten minste één onderdeel" in errors_text(response)


def test_adopted_years_get_no_indicator_afterwards(as_keeper: Client) -> None:
    priority = Kadernota.objects.get(is_practice=True).priorities.get(kind="priority", number=1)
    response = as_keeper.post(ADD, filled(priority=priority.pk))
    assert "Over 2021, 2022 zijn al cijfers vastgesteld of overgenomen." in errors_text(response)


@pytest.mark.parametrize(
    ("changes", "label"),
    [({"planned_years": "2019\n2021"}, "geplande jaren"), ({"last_year": "2020"}, "tot en met jaar"),
     ({"first_year": "2019"}, "vanaf jaar")],
)  # fmt: skip
def test_other_years_need_a_reason_of_their_own(as_keeper: Client, changes: dict[str, str], label: str) -> None:
    row = real_indicator("V9")
    assert f"Schrijf waarom dit verandert: {label}." in errors(save(as_keeper, "indicators.indicator", row, **changes))
    reason = {"change_reason": "Besluit R-1."}
    assert save(as_keeper, "indicators.indicator", row, **changes, **reason).status_code == 302
    subjects = set(AuditEvent.objects.filter(action="opzet wijzigen").values_list("subject", flat=True))
    assert "V9, reden: Besluit R-1." in subjects
    assert any(f": {label}, reden van de wijziging" in subject for subject in subjects)
    # The reason of the former change does not do for the next one.
    again = save(as_keeper, "indicators.indicator", real_indicator("V9"), planned_years="2018")
    assert "Schrijf waarom dit verandert: geplande jaren." in errors(again)


def test_years_with_figures_in_an_edition_keep_the_indicator(as_keeper: Client) -> None:
    changes = {"last_year": "2020", "change_reason": "Weg ermee."}
    response = save(as_keeper, "indicators.indicator", real_indicator("V5"), **changes)
    assert "Over 2021, 2022 zijn al cijfers vastgesteld of overgenomen." in errors(response)
    assert real_indicator("V5").last_year is None


def test_a_break_needs_a_reason_and_is_noted(as_keeper: Client, keeper: User) -> None:
    url, part = reverse(address("indicators.break", "add")), component("V3")
    form = {"component": part.pk, "year": "2020", "reason": "  "}
    assert "Dit veld is verplicht." in errors(as_keeper.post(url, form))
    assert "2030 is geen jaar van deze kadernota" in errors(as_keeper.post(url, form | {"year": "2030", "reason": "x"}))
    assert not Break.objects.exists()
    assert as_keeper.post(url, form | {"reason": "Nieuw meldsysteem."}).status_code == 302
    row = Break.objects.get()
    (event,) = AuditEvent.objects.filter(actor=keeper, action__in=("methodebreuk", "opzet wijzigen"))
    assert (event.action, event.subject, event.actor) == ("methodebreuk", "V3 vanaf 2020", keeper)
    assert "bestaat al" in errors(as_keeper.post(url, form | {"reason": "Nog eens."}))
    page = reverse(address("indicators.break", "change"), args=[row.pk])
    assert as_keeper.post(page, {"reason": "Anders gezegd.", "year": "2019"}).status_code == 302
    row.refresh_from_db()
    assert (row.year, row.reason) == (2020, "Anders gezegd.")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"year": "2030"}, "2030 is geen jaar van deze kadernota (2018 tot en met 2022)."),
        ({"due_on": "2020-12-31"}, "De cijfers over 2020 zijn er pas na dat jaar; kies een dag in 2021."),
    ],
)
def test_deadlines_by_source_and_year(as_keeper: Client, changes: dict[str, str], sentence: str) -> None:
    kadernota, source = Kadernota.objects.get(is_practice=False), Source.objects.get(name="Politie")
    url = reverse(address("indicators.deadline", "add"))
    form = {"kadernota": kadernota.pk, "source": source.pk, "year": "2020", "due_on": "01-03-2021"}
    assert sentence in errors(as_keeper.post(url, form | changes))
    assert as_keeper.post(url, form).status_code == 302
    assert str(Deadline.objects.get().due_on) == "2021-03-01"
    assert AuditEvent.objects.order_by("pk").last().subject == "termijn Politie 2020: 2021-03-01: nieuw"
    assert "bestaat al" in errors(as_keeper.post(url, form))


CHANGES = {
    "priorities.kadernota": {"summary": "Anders."}, "priorities.priority": {"budget": "Anders."},
    "indicators.source": {"name": "Anders"}, "indicators.area": {"name": "Anders"},
    "indicators.indicator": {"definition": "Anders."}, "indicators.component": {"noun": "anders"},
    "indicators.baseline": {"typed": "12345"}, "indicators.reading": {"other": "Anders."},
    "indicators.break": {"reason": "Anders."}, "indicators.deadline": {"due_on": "02-03-2021"},
}  # fmt: skip


@pytest.mark.parametrize("label", STRUCTURE)
def test_every_change_of_the_structure_is_noted(as_keeper: Client, keeper: User, label: str) -> None:
    kadernota = Kadernota.objects.get(is_practice=False)
    Break.objects.create(component=component("V3"), year=2020, reason="Nieuw.")
    Deadline.objects.create(kadernota=kadernota, source=Source.objects.first(), year=2020, due_on="2021-03-01")
    rows = apps.get_model(label).objects
    row = rows.get(component=component("V20")) if label == "indicators.baseline" else rows.first()
    assert save(as_keeper, label, row).status_code == 302
    assert not AuditEvent.objects.filter(action="opzet wijzigen").exists()
    assert save(as_keeper, label, row, **CHANGES[label]).status_code == 302
    (event,) = AuditEvent.objects.filter(action="opzet wijzigen")
    assert event.actor == keeper and event.subject.startswith(str(row._meta.verbose_name))
    assert (event.kadernota is None) is (label == "indicators.source")
    assert "12345" not in event.subject and "12.345" not in event.subject
