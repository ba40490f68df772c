"""The next kadernota starts where the last one stands."""

from typing import Any

import pytest

from indicators.actions import ActionRefused, start_next_kadernota
from indicators.actions.next_kadernota import next_planned
from indicators.domain.assessment import Status
from indicators.models import Area, AuditEvent, Indicator, Measurement, ProgrammeLine, Reading, Target
from indicators.pages.selection import front_kadernota
from indicators.readmodel.overview import load_overview
from priorities.models import Kadernota
from priorities.permissions import NotAllowed
from tests.cast import NOW, PRACTICE

FACTS = {
    "slug": "veiligheid-2023-2026", "title": "Kadernota Veiligheid 2023-2026", "first_year": 2023, "last_year": 2026,
    "baseline_year": 2022, "first_target_year": 2024,
}  # fmt: skip


def start(previous: Kadernota, by, **facts: Any) -> Kadernota:
    return start_next_kadernota(previous=previous, by=by, now=NOW, **FACTS | facts)


def test_texts_and_structure_go_along(practice, keeper):
    started = start(practice, keeper)
    assert (started.organisation, started.is_practice, list(started.target_years)) == (
        practice.organisation,
        True,
        [2024, 2025, 2026],
    )
    texts = ("kind", "number", "name", "goal", "summary", "goals", "focus_points", "approach", "partners", "budget")
    assert list(started.priorities.values(*texts)) == list(practice.priorities.values(*texts))
    old, new = load_overview(practice), load_overview(started)
    same = [
        [
            (
                row.code,
                row.name,
                row.source,
                row.role,
                row.definition,
                row.cadence,
                row.priority_number,
                [(part.name, part.noun, part.unit, part.direction) for part in row.components],
            )
            for row in overview.all_rows
        ]
        for overview in (old, new)
    ]
    assert same[0] == same[1] and len(new.rows) == 21 and len(new.vth.rows) == 3
    assert Area.objects.filter(kadernota=started, is_whole=True).count() == 1


def test_it_starts_empty(practice, keeper):
    started = start(practice, keeper)
    overview = load_overview(started)
    assert {status for row in overview.rows for status in row.statuses.values()} == {Status.NO_TARGET}
    assert not Target.objects.of(started).exists() and not Measurement.objects.of(started).exists()
    assert not Reading.objects.filter(kadernota=started).exists()
    assert not ProgrammeLine.objects.of(started).exists() and started.finances == ""
    assert all(row.printed_cells == {} for row in overview.rows)


def test_baselines_are_what_was_adopted(practice, keeper):
    old, new = load_overview(practice), load_overview(start(practice, keeper))
    seen = set()
    for row in old.rows:
        for part, copy in zip(row.components, new.row(row.code).components, strict=True):
            was = part.figures[2022].printed
            is_exact = was.rstrip("*%").replace(".", "").replace(",", "").isdigit()
            expected = {"": "pm", "pm": "pm"}.get(was, was if is_exact else "n.b.")
            assert (copy.baseline_printed, copy.baseline_year) == (expected, 2022), row.code
            seen.add(expected if expected in ("pm", "n.b.") else "exact")
    assert "exact" in seen and seen - {"exact"}


def test_what_was_not_planned_is_not_known(practice, keeper):
    """V1 is measured every other year: over 2021 nothing comes any more."""
    new = load_overview(start(practice, keeper, baseline_year=2021))
    assert Indicator.objects.get(priority__kadernota=practice, code="V1").planned_years == [2018, 2020, 2022]
    assert new.row("V1").components[0].baseline_printed == "n.b."
    assert new.row("V1").planned_years == (2024, 2026)


def test_what_ended_stays_behind(practice, keeper):
    Indicator.objects.filter(priority__kadernota=practice, code="V9").update(last_year=2020, change_reason="Weg.")
    assert load_overview(start(practice, keeper)).row("V9") is None


@pytest.mark.engine_free
@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        (None, None),
        ([2018, 2020, 2022], [2024, 2026]),
        ([2019, 2021], [2023, 2025]),
        ([2020], None),
        ([2018, 2019, 2022], None),
        ([2010, 2020], None),
    ],
)
def test_planned_years_carry_on(planned, expected):
    assert next_planned(planned, range(2023, 2027)) == expected


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"slug": PRACTICE}, "al van een andere kadernota"),
        ({"slug": "Met Hoofdletters"}, "kleine letters"),
        ({"slug": "x" * 61}, "kleine letters"),
        ({"slug": "toegankelijkheid"}, "het adres van een andere pagina"),
        ({"title": " "}, "titel"),
        ({"first_year": 2018, "baseline_year": 2017}, "begint na 2018"),
        ({"last_year": 2022}, "niet voor het eerste"),
        ({"last_year": 2101}, "niet na 2100"),
        ({"baseline_year": 2023}, "een jaar voor 2023"),
        ({"first_target_year": 2027}, "ligt van 2023 tot en met 2026"),
        ({"first_target_year": 2022}, "ligt van 2023 tot en met 2026"),
    ],
)
def test_what_is_refused_starts_nothing(practice, keeper, facts, sentence):
    with pytest.raises(ActionRefused, match=sentence):
        start(practice, keeper, **facts)
    assert Kadernota.objects.filter(is_practice=True).count() == 1


def test_only_the_beheerder_and_it_is_noted(practice, keeper, adopter):
    with pytest.raises(NotAllowed, match="een volgende kadernota beginnen doet een beheerder"):
        start(practice, adopter)
    started = start(practice, keeper)
    event = AuditEvent.objects.order_by("pk").last()
    assert (event.action, event.subject) == ("volgende kadernota", f"{started.slug}, na {practice.slug}")
    assert (event.kadernota, event.actor) == (started, keeper)


def test_the_front_page_keeps_what_has_an_edition(real, keeper):
    started = start(real, keeper)
    assert Kadernota.objects.first() == started
    assert front_kadernota() == real
