"""The grid of baselines and targets: saving, refusals beside the cell, pasting a block, printed cells."""

import pytest
from django.contrib.auth.models import User

from indicators.domain.targets import format_target
from priorities.models import Kadernota
from tests.pages.workshop_cast import client_of, draft_of, form_of, new_draft, next_draft, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.engine_free]
SLUG = "waterstad-2027-2030"


def targets_of(kadernota: Kadernota, key: str) -> dict[int, str]:
    """Return the targets of a component of the draft, as written."""
    component = next(part for part in draft_of(kadernota).nota.components if part.key == key)
    return {year: format_target(rule, component.unit) for year, rule in component.targets.items()}


def test_the_grid_has_a_cell_for_each_baseline_and_target_year(keeper: User) -> None:
    new_draft(keeper)
    form = form_of(client_of(keeper).get(url("werkplaats-cijfers", SLUG)).content, "v1.baseline")
    columns = ["baseline", "baseline_year", "2027", "2028", "2029", "2030"]
    assert [form[f"v1.{column}"] for column in columns] == ["40", "2026", "38", "", "", "<30"]
    assert {name for name in form if name.startswith("v2-")} == {
        f"v2-{part}.{column}" for part in ("licht", "zwaar") for column in columns
    }


def test_cells_are_saved_all_at_once(keeper: User) -> None:
    draft = new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-cijfers", SLUG)
    form = form_of(client.get(path).content, "v1.baseline")
    typed = {"v1.2028": "35", "v1.2030": "0 <4", "v1.2027": "", "v2-licht.baseline": "pm", "v2-licht.2030": ">=1.200"}
    assert client.post(path, form | typed).status_code == 303
    assert targets_of(draft.kadernota, "v1") == {2028: "35", 2030: "0 <4"}
    assert targets_of(draft.kadernota, "v2-licht") == {2030: "≥1.200"}
    light = next(part for part in draft_of(draft.kadernota).nota.components if part.key == "v2-licht")
    assert light.baseline is not None
    assert light.baseline.year == 2026


@pytest.mark.parametrize(
    ("cell", "typed", "meant"),
    [
        ("v1.2028", "4,500", "4.500"),
        ("v1.2028", "veel", ""),
        ("v1.baseline", "4O", ""),
        ("v1.baseline", "-3", ""),
        ("v1.baseline_year", "2028", ""),
        ("v1.2028", "<", ""),
    ],
)
def test_a_wrong_cell_is_answered_beside_it(keeper: User, cell: str, typed: str, meant: str) -> None:
    draft = new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-cijfers", SLUG)
    form = form_of(client.get(path).content, "v1.baseline")
    response = client.post(path, form | {cell: typed, "v1.2029": "33"})
    assert response.status_code == 422
    note = response.content.decode().partition(f'id="cell-{cell.replace(".", "-")}-note"')[2].partition("</span>")[0]
    assert note
    assert meant in note
    again = form_of(response.content, "v1.baseline")
    assert (again[cell], again["v1.2029"]) == (typed, "33"), "what was typed stays"
    assert draft_of(draft.kadernota).hash == draft.hash, "nothing is saved"


def test_a_question_stands_beside_its_cell(keeper: User) -> None:
    new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-cijfers", SLUG)
    form = form_of(client.get(path).content, "v1.baseline")
    client.post(path, form | {"v1.2027": "3.800"})
    content = client.get(path).content.decode()
    note = content.partition('id="cell-v1-2027-note"')[2].partition("</span>")[0]
    assert "Klopt dit?" in note


def test_a_pasted_block_with_codes_and_years(keeper: User) -> None:
    draft = new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-cijfers", SLUG)
    form = form_of(client.get(path).content, "v1.baseline")
    block = "Indicator\tNulmeting\t2028\t2030\nV2 zwaar\t12\t10\t<8\nV1\t41\t36\t4,500\nV9\t1\t2\t3\n"
    response = client.post(path, form | {"paste": "1", "block": block})
    text = text_of(response.content)
    assert "Geplakt, nog niet bewaard. 6 cellen" in text
    assert "‘V9’ is geen code of naam van een onderdeel" in text
    filled = form_of(response.content, "v1.baseline")
    assert (filled["v2-zwaar.baseline"], filled["v2-zwaar.2030"], filled["v1.2028"]) == ("12", "<8", "36")
    assert "Bedoelt u 4.500?" in text, "a wrong cell is answered before saving"
    assert draft_of(draft.kadernota).hash == draft.hash
    assert client.post(path, filled | {"v1.2030": "<30"}).status_code == 303
    assert targets_of(draft.kadernota, "v2-zwaar") == {2028: "10", 2030: "<8"}


def test_a_pasted_block_without_headings(keeper: User) -> None:
    new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-cijfers", SLUG)
    form = form_of(client.get(path).content, "v1.baseline")
    block = "5\t6\t7\t8\t9\n15\t14\t13\t12\t11\n"
    response = client.post(path, form | {"paste": "1", "block": block, "first": "v2-licht"})
    filled = form_of(response.content, "v1.baseline")
    years = ("baseline", "2027", "2028", "2029", "2030")
    assert [filled[f"v2-licht.{column}"] for column in years] == ["5", "6", "7", "8", "9"]
    assert [filled[f"v2-zwaar.{column}"] for column in years] == ["15", "14", "13", "12", "11"]


def test_a_target_after_the_period(keeper: User) -> None:
    draft = new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-cijfers", SLUG)
    form = form_of(client.get(path).content, "v1.baseline")
    later = {"later_key": "v1", "later_year": "2035", "later_target": "<10"}
    assert client.post(path, form | later).status_code == 303
    assert targets_of(draft.kadernota, "v1")[2035] == "<10"
    assert "v1.2035" in form_of(client.get(path).content, "v1.baseline")


def test_a_changed_target_takes_its_printed_cell_along(keeper: User, real: Kadernota) -> None:
    next_draft(real, keeper)
    client, path = client_of(keeper), url("werkplaats-cijfers", real.slug)
    form = form_of(client.get(path).content, "block")
    keys = {
        component.key: indicator for indicator in draft_of(real).nota.indicators for component in indicator.components
    }
    v3 = next(key for key, indicator in keys.items() if indicator.code == "V3")
    v14 = [key for key, indicator in keys.items() if indicator.code == "V14"]
    assert client.post(path, form | {f"{v3}.2022": "<4.000", f"{v14[0]}.2022": "35"}).status_code == 303
    printed = {indicator.code: indicator.printed for indicator in draft_of(real).nota.indicators}
    assert printed["V3"][2022] == "<4.000"
    assert 2022 not in printed["V14"], "a cell of two components is composed of their targets"
    assert 2021 in printed["V14"]


def test_another_changed_the_grid(keeper: User) -> None:
    draft = new_draft(keeper)
    client, path = client_of(keeper), url("werkplaats-cijfers", SLUG)
    form = form_of(client.get(path).content, "v1.baseline")
    client.post(path, form | {"v1.2028": "35"})
    response = client.post(path, form | {"v1.2028": "34"})
    assert response.status_code == 409
    assert form_of(response.content, "v1.baseline")["v1.2028"] == "34"
    assert "was 35" in text_of(response.content)
    assert targets_of(draft.kadernota, "v1")[2028] == "35"
