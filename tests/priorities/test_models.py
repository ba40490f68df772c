"""The policy document: years, address, order and constraints."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import get_resolver

from priorities.models import RESERVED_SLUGS, Kadernota, Priority
from tests.cast import read_fixture

pytestmark = pytest.mark.django_db


def kadernota(**facts):
    years = {"baseline_year": 2022, "first_year": 2023, "first_target_year": 2024, "last_year": 2026}
    return Kadernota(**{"slug": "volgende", "title": "Volgende", "organisation": "Elders"} | years | facts)


def test_the_years(real):
    assert list(real.years) == [2018, 2019, 2020, 2021, 2022]
    assert list(real.target_years) == [2019, 2020, 2021, 2022]
    assert str(real) == "Kadernota Integrale Veiligheid 2018-2022 (Haarlemmermeer)"


@pytest.mark.parametrize(
    "facts",
    [
        {"baseline_year": 2023}, {"baseline_year": 1899}, {"first_target_year": 2022}, {"first_target_year": 2027},
        {"first_year": 2027}, {"last_year": 2022}, {"last_year": 2101},
    ],
)  # fmt: skip
def test_years_out_of_order_are_refused(db, facts):
    with pytest.raises(IntegrityError, match="kadernota_years_in_order"), transaction.atomic():
        Kadernota.objects.bulk_create([kadernota(**facts)])


@pytest.mark.parametrize("facts", [{}, {"first_target_year": 2023}, {"last_year": 2024}, {"baseline_year": 1900}])
def test_years_in_order_are_taken(db, facts):
    kadernota(**facts).save()


def test_the_practice_one_comes_last(real):
    kadernota(is_practice=True).save()
    newest = kadernota(slug="nog-een")
    newest.save()
    assert [kadernota.slug for kadernota in Kadernota.objects.all()] == ["nog-een", real.slug, "volgende"]


def test_the_priorities_are_those_of_the_nota(real):
    expected = read_fixture("kadernota_2018_2022")["priorities"]
    priorities = list(real.priorities.filter(kind="priority"))
    assert [priority.number for priority in priorities] == [1, 2, 3, 4]
    for priority, item in zip(priorities, expected, strict=True):
        for name in ("name", "goal", "summary", "goals", "focus_points", "approach", "partners", "budget"):
            assert getattr(priority, name) == item[name]
        assert str(priority) == f"{item['number']}. {item['name']}"


def test_numbers_are_unique_and_from_one(real):
    for number in (0, 1):
        with pytest.raises(IntegrityError), transaction.atomic():
            Priority.objects.bulk_create([Priority(kadernota=real, number=number, name="x", goal="y")])


def test_nothing_is_deleted_from_under_its_indicators(real):
    for row in (real, real.priorities.first()):
        with pytest.raises(ProtectedError):
            row.delete()


def test_every_part_has_its_kind_and_order(real):
    expected = read_fixture("kadernota_2018_2022")
    parts = [(part.kind, part.number, part.name) for part in real.priorities.all()]
    assert parts == [
        *(("priority", item["number"], item["name"]) for item in expected["priorities"]),
        *(("theme", item["number"], item["name"]) for item in expected["themes"]),
        ("vth", 1, expected["vth"]["name"]),
    ]
    assert [str(real.priorities.get(kind=kind, number=1)) for kind in ("theme", "vth")] == [
        "Veilig winkelgebied",
        "Vergunningen, toezicht en handhaving",
    ]


def test_a_number_may_come_again_in_another_kind(real):
    Priority.objects.create(kadernota=real, kind="theme", number=17, name="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Priority.objects.create(kadernota=real, kind="theme", number=17, name="y")


@pytest.mark.parametrize("slug", ["volgende", "veiligheid-2023-2026", "2023", "x" * 60])
def test_an_address_that_is_taken(slug):
    kadernota(slug=slug).clean_fields()


@pytest.mark.parametrize(
    "slug", ["", "Volgende", "vol_gende", "-volgende", "vol--gende", "é", "nieuw/..", "x" * 61, *sorted(RESERVED_SLUGS)]
)
def test_an_address_that_is_refused(slug):
    with pytest.raises(ValidationError) as refused:
        kadernota(slug=slug).clean_fields()
    assert set(refused.value.message_dict) == {"slug"}


def test_every_first_path_segment_of_the_site_is_reserved():
    def patterns(resolver):
        for entry in resolver.url_patterns:
            pattern = str(entry.pattern)
            yield from patterns(entry) if hasattr(entry, "url_patterns") and not pattern else [pattern]

    segments = {pattern.split("/")[0] for pattern in patterns(get_resolver())}
    assert {segment for segment in segments if re.fullmatch(r"[-\w]+", segment)} <= RESERVED_SLUGS
