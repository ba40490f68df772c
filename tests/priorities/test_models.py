"""The policy document: years, address, order and constraints."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import get_resolver

from indicators.actions.versions import start_draft
from priorities.models import RESERVED_SLUGS, Kadernota, Organisation, Priority, Topic, Version
from tests.actions.versions import small_nota
from tests.cast import NOW, read_fixture

pytestmark = pytest.mark.django_db


def kadernota(**facts):
    organisation, _ = Organisation.objects.get_or_create(slug="elders", defaults={"name": "Elders"})
    return Kadernota(**{"slug": "volgende", "organisation": organisation} | facts)


def version(**facts):
    volgende = kadernota()
    volgende.save()
    years = {"baseline_year": 2022, "first_year": 2023, "first_target_year": 2024, "last_year": 2026}
    return Version(**{"kadernota": volgende, "title": "Volgende", "printed_organisation": "Elders"} | years | facts)


def draft_of(kadernota, keeper):
    """Start a draft of the next version, and return it."""
    return start_draft(kadernota=kadernota, by=keeper, now=NOW)


def parts_of_file():
    data = read_fixture("kadernota_2018_2022")
    return {kind: [item for item in data["topics"] if item["kind"] == kind] for kind in ("priority", "theme", "vth")}


def test_the_years(real):
    assert list(real.version.years) == [2018, 2019, 2020, 2021, 2022]
    assert list(real.version.target_years) == [2019, 2020, 2021, 2022]
    assert str(real.version) == "Kadernota Integrale Veiligheid 2018-2022 (Haarlemmermeer)"
    assert str(real) == "haarlemmermeer-2018-2022"


@pytest.mark.parametrize(
    "facts",
    [
        {"baseline_year": 2023}, {"baseline_year": 1899}, {"first_target_year": 2022}, {"first_target_year": 2027},
        {"first_year": 2027}, {"last_year": 2022}, {"last_year": 2101},
    ],
)  # fmt: skip
def test_years_out_of_order_are_refused(db, facts):
    with pytest.raises(IntegrityError, match="version_years_in_order"), transaction.atomic():
        version(**facts).save()


@pytest.mark.parametrize("facts", [{}, {"first_target_year": 2023}, {"last_year": 2024}, {"baseline_year": 1900}])
def test_years_in_order_are_taken(db, facts):
    version(**facts).save()


def test_a_kadernota_without_a_decision_has_no_version(real, keeper):
    draft = start_draft(nota=small_nota(), by=keeper, now=NOW)
    with pytest.raises(Version.DoesNotExist):
        draft.kadernota.version  # noqa: B018
    assert list(Kadernota.objects.adopted()) == [real]


def test_an_editorial_version_is_based_on_another(db):
    with pytest.raises(IntegrityError, match="version_editorial_on_another"), transaction.atomic():
        version(kind="editorial").save()


def test_a_kadernota_does_not_follow_on_itself(db):
    row = kadernota()
    row.save()
    row.predecessor = row
    with pytest.raises(IntegrityError, match="kadernota_not_its_own_predecessor"), transaction.atomic():
        row.save()


def test_the_practice_one_comes_last(real):
    kadernota(is_practice=True).save()
    newest = kadernota(slug="nog-een")
    newest.save()
    assert [kadernota.slug for kadernota in Kadernota.objects.all()] == [real.slug, "nog-een", "volgende"]


def test_the_priorities_are_those_of_the_nota(real):
    expected = parts_of_file()["priority"]
    priorities = list(real.version.priorities.filter(kind="priority"))
    assert [priority.number for priority in priorities] == [1, 2, 3, 4]
    for priority, item in zip(priorities, expected, strict=True):
        for name in ("name", "goal", "summary", "goals", "focus_points", "approach", "partners", "budget"):
            assert getattr(priority, name) == item[name]
        assert str(priority) == f"{item['number']}. {item['name']}"


def test_numbers_are_unique_and_from_one(real, keeper):
    draft, topic = draft_of(real, keeper), Topic.objects.create(kadernota=real, key="nieuw")
    for number in (0, 1):
        with pytest.raises(IntegrityError), transaction.atomic():
            Priority.objects.bulk_create([Priority(version=draft, topic=topic, number=number, name="x", goal="y")])


def test_nothing_is_deleted_from_under_its_indicators(real):
    for row in (real, real.version, real.version.priorities.first()):
        with pytest.raises(ProtectedError):
            row.delete()


def test_every_part_has_its_kind_and_order(real):
    expected = parts_of_file()
    parts = [(part.kind, part.number, part.name) for part in real.version.priorities.all()]
    assert parts == [(kind, item["number"], item["name"]) for kind, items in expected.items() for item in items]
    assert [str(real.version.priorities.get(kind=kind, number=1)) for kind in ("theme", "vth")] == [
        "Veilig winkelgebied",
        "Vergunningen, toezicht en handhaving",
    ]


def test_a_number_may_come_again_in_another_kind_and_a_topic_may_not(real, keeper):
    draft = draft_of(real, keeper)
    topics = [Topic.objects.create(kadernota=real, key=key) for key in ("een", "twee")]
    Priority.objects.create(version=draft, topic=topics[0], kind="theme", number=17, name="x")
    for facts in ({"topic": topics[1], "number": 17}, {"topic": topics[0], "number": 18}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Priority.objects.create(version=draft, kind="theme", name="y", **facts)


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
