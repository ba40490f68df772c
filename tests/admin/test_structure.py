"""The structure in the admin: lists as lines, baselines in Dutch notation, and fields that editions fix."""

from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from indicators.actions import ActionRefused
from indicators.actions.structure_rules import check_structure_change
from indicators.admin.line_fields import LinesField, NamedLinesField, PrintedCellsField, YearsField
from indicators.models import Baseline, Component, Indicator, Measurement
from priorities.models import Priority
from tests.admin.pages import address

REAL = {"indicator__priority__kadernota__is_practice": False}


def component(code: str, name: str = "") -> Component:
    """Return a component of the real kadernota; V5 `absoluut` has figures in an edition, V20 has none."""
    return Component.objects.get(indicator__code=code, name=name, **REAL)


def save(client: Client, label: str, row: Any, **changes: Any) -> Any:
    """Submit the change page of a row with these fields; return the response."""
    url = reverse(address(label, "change"), args=[row.pk])
    form = client.get(url).context["adminform"].form
    sent = {name: form[name].value() for name in form.fields} | changes
    return client.post(
        url, {name: "" if value is None else value for name, value in sent.items() if value is not False}
    )


def errors(response: Any) -> str:
    """Return the errors of the form as one text."""
    return str(response.context["adminform"].form.errors)


@pytest.mark.django_db
def test_the_fixture_has_both_kinds(both: None) -> None:
    assert Measurement.objects.filter(component=component("V5", "absoluut"), entry__isnull=False).exists()
    assert not Measurement.objects.filter(component=component("V20")).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({"unit_kind": "percentage"}, "eenheid"),
        ({"unit_kind": "grade", "decimals": 1}, "eenheid, decimalen"),
        ({"direction": "higher"}, "richting"),
        ({"name": "aantal"}, "naam"),
    ],
)
def test_what_judges_adopted_figures_stays(as_keeper: Client, changes: dict[str, Any], label: str) -> None:
    row = component("V5", "absoluut")
    response = save(as_keeper, "indicators.component", row, **changes)
    assert response.status_code == 200
    assert f"Daarom verandert dit niet meer: {label}." in errors(response)
    assert Component.objects.filter(pk=row.pk).values().get() == {
        name: value for name, value in vars(row).items() if name != "_state"
    }


@pytest.mark.django_db
def test_what_judges_nothing_may_change(as_keeper: Client) -> None:
    row = component("V5", "absoluut")
    assert save(as_keeper, "indicators.component", row, noun="inbraken in woningen").status_code == 302
    assert component("V5", "absoluut").noun == "inbraken in woningen"
    assert save(as_keeper, "indicators.component", component("V20"), direction="higher").status_code == 302
    assert component("V20").direction == "higher"


@pytest.mark.django_db
def test_the_baseline_of_adopted_figures_stays(as_keeper: Client) -> None:
    row = Baseline.objects.get(component=component("V5", "absoluut"))
    for changes in ({"typed": "566"}, {"typed": "pm"}, {"year": 2016}, {"component": component("V20").pk}):
        response = save(as_keeper, "indicators.baseline", row, **changes)
        assert response.status_code == 200
        assert "Van V5 absoluut zijn al cijfers vastgesteld of overgenomen." in errors(response)
    assert Baseline.objects.get(pk=row.pk).value == row.value
    assert save(as_keeper, "indicators.baseline", row, typed=" 565 ").status_code == 302, "the same is no change"


@pytest.mark.django_db
def test_a_first_baseline_changes_verdicts_too(both: None) -> None:
    row = component("V5", "absoluut")
    new = {"component_id": row.pk, "year": 2017, "number": 1}
    with pytest.raises(ActionRefused, match="V5 absoluut"):
        check_structure_change(Baseline(), new)
    check_structure_change(Baseline(), new | {"component_id": component("V20").pk})


@pytest.mark.django_db
def test_a_baseline_is_written_in_dutch(as_keeper: Client) -> None:
    row = Baseline.objects.get(component=component("V20"))
    assert save(as_keeper, "indicators.baseline", row, typed="1.177").status_code == 302
    assert Baseline.objects.get(pk=row.pk).number == 1177
    response = save(as_keeper, "indicators.baseline", row, typed="1,177")
    assert "Bedoelt u 1.177?" in errors(response)
    assert save(as_keeper, "indicators.baseline", row, typed="n.b.").status_code == 302
    assert Baseline.objects.get(pk=row.pk).no_value == "nb"
    page = as_keeper.get(reverse(address("indicators.baseline", "change"), args=[row.pk]))
    assert b'value="n.b."' in page.content


@pytest.mark.django_db
def test_saving_a_page_unchanged_changes_nothing(as_keeper: Client) -> None:
    for label, model in (("priorities.priority", Priority), ("indicators.indicator", Indicator)):
        before = list(model.objects.values())
        for row in model.objects.all()[:8]:
            assert save(as_keeper, label, row).status_code == 302
        assert list(model.objects.values()) == before


@pytest.mark.django_db
def test_lists_are_kept_as_lists(as_keeper: Client) -> None:
    row = Priority.objects.filter(kadernota__is_practice=False).first()
    changes = {"goals": "Een\r\n\r\n  Twee ", "focus_points": "Naam | een | tekst", "partners": ""}
    assert save(as_keeper, "priorities.priority", row, **changes).status_code == 302
    row.refresh_from_db()
    assert row.goals == ["Een", "Twee"] and row.partners == []
    assert row.focus_points == [{"name": "Naam", "text": "een | tekst"}]


@pytest.mark.django_db
def test_planned_years_lie_in_the_period(as_keeper: Client) -> None:
    row = Indicator.objects.get(code="V1", priority__kadernota__is_practice=False)
    response = save(as_keeper, "indicators.indicator", row, planned_years="2018\n2024")
    assert "Niet in de periode van de kadernota (2018 tot en met 2022): 2024." in errors(response)
    changes = {"planned_years": "2021\n2019", "change_reason": "De enquête is verschoven."}
    assert save(as_keeper, "indicators.indicator", row, **changes).status_code == 302
    row.refresh_from_db()
    assert row.planned_years == [2019, 2021]


@pytest.mark.django_db
def test_an_indicator_stays_in_its_kadernota(as_keeper: Client) -> None:
    row = Indicator.objects.get(code="V1", priority__kadernota__is_practice=False)
    other = Priority.objects.filter(kadernota__is_practice=True).first()
    response = save(as_keeper, "indicators.indicator", row, priority=other.pk)
    assert "blijft bij zijn eigen kadernota" in errors(response)


@pytest.mark.django_db
def test_choices_tell_the_kadernotas_apart(as_keeper: Client) -> None:
    page = as_keeper.get(reverse(address("indicators.component", "add"))).content.decode()
    assert "Haarlemmermeer: V1 %" in page and "Oefengemeente: V1 %" in page


@pytest.mark.engine_free
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (LinesField(), "a\x00b", "onleesbaar teken"),
        (NamedLinesField(), "Naam | tekst\nalleen een naam", "Regel 2: schrijf de naam"),
        (NamedLinesField(), "| tekst", "Regel 1"),
        (YearsField(), "2019\n19", "Regel 2: ‘19’ is geen jaar"),
        (YearsField(), "٢٠١٩", "is geen jaar"),
        (YearsField(), "2019\n2019", "staat er twee keer"),
        (PrintedCellsField(), "2019 22%", "Regel 1: schrijf het jaar, een dubbele punt"),
        (PrintedCellsField(), "2019: 1\n2019: 2", "staat er twee keer"),
    ],
)
def test_a_line_that_does_not_fit_is_refused_by_number(field: forms.Field, typed: str, sentence: str) -> None:
    with pytest.raises(forms.ValidationError, match=sentence):
        field.clean(typed)


@pytest.mark.engine_free
@pytest.mark.parametrize(
    ("field", "value"),
    [
        (LinesField(), ["een", "twee"]),
        (NamedLinesField(), [{"name": "n", "text": "t | u"}]),
        (YearsField(), [2018, 2020]),
        (PrintedCellsField(), {"2017": "22% *)", "2020": "0 <4"}),
    ],
)
def test_what_is_shown_reads_back_as_the_same(field: forms.Field, value: Any) -> None:
    assert field.clean(field.prepare_value(value)) == value
    assert not field.has_changed(value, field.prepare_value(value))
