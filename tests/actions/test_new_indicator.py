"""A new indicator is added with all its components, or not at all."""

from typing import Any

import pytest

from indicators.actions import ActionRefused, NewComponent, add_indicator
from indicators.models import AuditEvent, Component, Indicator, Source
from indicators.readmodel.overview import load_overview
from priorities.permissions import NotAllowed
from tests.cast import NOW, priority_of

THEFTS = {
    "name": "", "unit_kind": "count", "decimals": 0, "noun": "fietsendiefstallen", "direction": "lower",
    "baseline": "1.170", "targets": {2021: "900", 2022: "<800"},
}  # fmt: skip


def add(kadernota, by, *components: dict[str, Any], **facts: Any) -> Indicator:
    """Add V22 to the first priority; `components` say what differs from THEFTS."""
    facts = {
        "code": "V22",
        "name": "Fietsendiefstal",
        "source": Source.objects.get(name="Politie"),
        "role": "effect",
        "first_year": 2021,
        "change_reason": "De raad wil dit volgen.",
    } | facts
    parts = [NewComponent(**THEFTS | part) for part in components or ({},)]
    return add_indicator(
        priority=kadernota.priorities.get(kind="priority", number=1), components=parts, by=by, now=NOW, **facts
    )


def test_it_comes_with_all_that_is_measured(real, keeper):
    indicator = add(real, keeper)
    assert (indicator.order, indicator.priority.number) == (9, 1)
    row = load_overview(real).row("V22")
    part = row.components[0]
    assert (part.baseline_printed, part.baseline_year, part.noun) == ("1.170", 2017, "fietsendiefstallen")
    assert [row.target_cell(year) for year in (2020, 2021, 2022)] == ["", "900", "<800"]
    assert part.figures[2021].target_decision == ""
    event = AuditEvent.objects.order_by("pk").last()
    assert (event.action, event.subject, event.actor) == ("nieuwe indicator", "V22 Fietsendiefstal", keeper)


def test_the_cycle_of_permits_gets_its_own(real, keeper):
    """Any year can add one to the cycle of permits; the counts of the priorities stay the same."""
    facts = {
        "source": Source.objects.get(name="Gemeente"),
        "role": "effort",
        "name": "Op tijd verleend",
        "code": "VTH1",
    }
    parts = [NewComponent(**THEFTS | {"baseline": "", "targets": {2021: "900"}})]
    facts |= {"first_year": 2021, "change_reason": "Gekozen bij het programma van 2021."}
    add_indicator(priority=priority_of(real, "vth"), components=parts, by=keeper, now=NOW, **facts)
    overview = load_overview(real)
    assert [row.code for row in overview.vth.rows] == ["VTH1"] and len(overview.rows) == 21
    assert overview.row("VTH1").target_cell(2021) == "900"


def test_a_theme_has_no_indicators(real, keeper):
    with pytest.raises(ActionRefused, match="‘Brandveiligheid’ is een overig veiligheidsthema"):
        add_indicator(priority=priority_of(real, "theme", 10), code="V22", components=[], by=keeper, now=NOW)


def test_two_components_each_with_their_own(real, keeper):
    share = {"name": "aandeel", "unit_kind": "percentage", "decimals": 1, "baseline": "2,5%", "baseline_year": 2016}
    add(real, keeper, {"name": "aantal"}, share | {"targets": {}})
    first, second = load_overview(real).row("V22").components
    assert (first.name, second.name, second.baseline_printed, second.baseline_year) == (
        "aantal",
        "aandeel",
        "2,5%",
        2016,
    )
    assert first.has_targets and not second.has_targets


def test_without_a_baseline_there_is_none(real, keeper):
    assert not hasattr(add(real, keeper, {"baseline": ""}).components.get(), "baseline")


@pytest.mark.parametrize(
    ("facts", "components", "sentence"),
    [
        ({"code": "v3"}, [{}], "al van ‘Meldingen openbare ruimte’"),
        ({}, [{}, {}], "Geef elk onderdeel een naam"),
        ({}, [{"name": "Een"}, {"name": "een "}], "dezelfde naam"),
        ({}, [{"baseline": "1.17"}], "‘1.17’"),
        ({}, [{"baseline": "22%"}], "22%"),
        ({}, [{"baseline_year": 2030}], "2030 kan niet het jaar van een nulmeting zijn"),
        ({}, [{"targets": {2020: "900"}}], "Voor 2020 heeft deze indicator geen streefwaarde"),
        ({"first_year": None, "change_reason": ""}, [{"targets": {2018: "900"}}], "Voor 2018"),
        ({"last_year": 2021}, [{}], "Voor 2022"),
        ({}, [{"targets": {2022: "ca. 800"}}], "2022: ‘ca. 800’"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(real, keeper, facts, components, sentence):
    before = (Indicator.objects.count(), Component.objects.count())
    with pytest.raises(ActionRefused, match=sentence):
        add(real, keeper, *components, **facts)
    assert (Indicator.objects.count(), Component.objects.count()) == before


def test_an_indicator_measures_something(real, keeper):
    with pytest.raises(ActionRefused, match="ten minste één onderdeel"):
        add_indicator(priority=real.priorities.first(), code="V22", components=[], by=keeper, now=NOW)


def test_adopted_years_get_no_indicator_afterwards(practice, keeper):
    with pytest.raises(ActionRefused, match="Over 2021, 2022 zijn al cijfers vastgesteld"):
        add(practice, keeper)


def test_only_the_beheerder(real, officer):
    with pytest.raises(NotAllowed, match="indicatoren toevoegen doet een beheerder"):
        add(real, officer)
