"""The parts of the nota in the admin: priorities, themes and the cycle of permits, and their indicators."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from indicators.models import Indicator
from priorities.models import Kadernota, Priority
from tests.admin.pages import address
from tests.admin.test_structure import errors, save

pytestmark = pytest.mark.django_db


def part(kind: str, number: int = 1) -> Priority:
    """Return a part of the real kadernota."""
    return Priority.objects.get(kadernota__is_practice=False, kind=kind, number=number)


def add(client: Client, **facts: Any) -> Any:
    """Submit the form of a new part."""
    form = {
        "kadernota": Kadernota.objects.get(is_practice=False).pk,
        "kind": "theme",
        "number": 17,
        "name": "Water",
        "goal": "",
        "summary": "",
        "goals": "",
        "focus_points": "",
        "approach": "Dijken nalopen.",
        "partners": "VRK",
        "budget": "Veiligheid",
    }
    return client.post(reverse(address("priorities.priority", "add")), form | facts)


def test_a_theme_is_added_without_a_goal(as_keeper: Client) -> None:
    assert add(as_keeper).status_code == 302
    assert (part("theme", 17).approach, str(part("theme", 17))) == (["Dijken nalopen."], "Water")


def test_a_priority_says_what_it_is_for(as_keeper: Client) -> None:
    response = add(as_keeper, kind="priority", number=5)
    assert "Schrijf het doel van deze prioriteit." in errors(response)
    assert add(as_keeper, kind="priority", number=5, goal="Droge voeten.").status_code == 302
    assert "Schrijf het doel" in errors(save(as_keeper, "priorities.priority", part("priority"), goal=""))


def test_there_is_one_cycle_of_permits(as_keeper: Client) -> None:
    response = add(as_keeper, kind="vth", number=2)
    assert response.status_code == 200 and errors(response)
    assert Priority.objects.filter(kadernota__is_practice=False, kind="vth").count() == 1


def test_a_number_is_used_once_within_its_kind(as_keeper: Client) -> None:
    assert add(as_keeper, number=16).status_code == 200
    assert add(as_keeper, number=17).status_code == 302


def test_a_part_stays_what_it_is(as_keeper: Client) -> None:
    row = part("theme", 3)
    assert save(as_keeper, "priorities.priority", row, kind="priority", budget="Anders").status_code == 302
    row.refresh_from_db()
    assert (row.kind, row.budget) == ("theme", "Anders")


@pytest.mark.parametrize("kind", ["theme", "vth"])
def test_an_indicator_stays_where_the_council_counts_it(as_keeper: Client, kind: str) -> None:
    row = Indicator.objects.get(code="V9", priority__kadernota__is_practice=False)
    response = save(as_keeper, "indicators.indicator", row, priority=part(kind).pk)
    assert response.status_code == 200 and errors(response)
    row.refresh_from_db()
    assert row.priority.kind == "priority"


def test_the_form_of_a_new_indicator_offers_no_themes(as_keeper: Client) -> None:
    form = as_keeper.get(reverse(address("indicators.indicator", "add"))).context["adminform"].form
    kinds = set(form.fields["priority"].queryset.values_list("kind", flat=True))
    assert kinds == {"priority", "vth"}
