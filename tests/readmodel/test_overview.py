"""The overview prints the targets of the nota, assesses by the rules, and takes a fixed number of queries."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from indicators.actions.recording import record_measurements
from indicators.domain.assessment import Certainty, Development, Status
from indicators.domain.nota import Baseline, Break
from indicators.domain.targets import TargetRule
from indicators.domain.values import Exact
from indicators.models import Area, Measurement
from indicators.readmodel.cache import clear_cache
from indicators.readmodel.provenance import TargetDecision
from indicators.readmodel.sentences import decision_sentence, target_note
from tests.cast import (
    NOW,
    adopt_version_of,
    adopt_year,
    bare_kadernota,
    component_of,
    entry_of,
    overview_of,
    record,
    with_component,
    with_indicator,
)
from tests.nota import ROWS, YEARS, direction_of, names_of, role_of, unit_of

pytestmark = pytest.mark.django_db


def figure(kadernota, code, year, name="", **options):
    row = overview_of(kadernota, **options).row(code)
    return next(part for part in row.components if part.name == name).figures[year]


def without_printed(nota, code):
    """Return the nota without the printed cells of an indicator."""
    return with_indicator(nota, code, lambda row: replace(row, printed={}))


def change_target(kadernota, code, targets, *, editor, by, name=""):
    """Adopt a version with other targets of a component."""
    adopt_version_of(
        kadernota,
        lambda nota: with_component(nota, code, name, targets=targets),
        by=by,
        editor=editor,
        decision="2020.0099",
        on=date(2020, 6, 1),
    )


# What the nota prints


@pytest.mark.parametrize("cells", ROWS, ids=lambda cells: cells[0])
def test_an_indicator_stands_as_printed(real, cells):
    code, priority, name, source, baseline, *targets = cells
    row = overview_of(real).row(code)
    assert (row.name, row.source, row.priority_number, row.role) == (name, source, int(priority), role_of(code))
    assert [row.target_cell(year) for year in YEARS] == targets
    assert row.target_cell(2018) == "" and row.printed_cells[2017] == baseline
    assert [part.name for part in row.components] == names_of(code)
    for part in row.components:
        assert (part.unit, part.direction) == (unit_of(code, part.name), direction_of(code))
        assert part.baseline_year == (2016 if code in ("V1", "V2") else 2017)


@pytest.mark.parametrize("cells", ROWS, ids=lambda cells: cells[0])
def test_the_parts_of_a_printed_cell(real, cells):
    code, _, _, _, baseline, *targets = cells
    parts = overview_of(real).row(code).components
    split = {
        "V5": (["565", "pm"], lambda cell: [cell, ""]),
        "V14": (["23", "10"], lambda cell: [cell.split()[0], cell.split()[4]]),
    }
    expected, split_target = split.get(code, ([baseline.removesuffix(" *)")], lambda cell: [cell]))
    assert [part.baseline_printed for part in parts] == expected
    for year, cell in zip(YEARS, targets, strict=True):
        assert [part.figures[year].target_printed for part in parts] == split_target(cell)


def test_the_order_is_that_of_the_nota(real):
    overview = overview_of(real)
    assert [row.code for row in overview.rows] == [cells[0] for cells in ROWS]
    assert [len(priority.rows) for priority in overview.priorities] == [8, 4, 5, 4]
    assert (list(overview.years), list(overview.target_years), overview.last_year) == (
        [2018, 2019, 2020, 2021, 2022],
        [2019, 2020, 2021, 2022],
        2022,
    )


def test_a_provisional_baseline_keeps_its_mark(db):
    baseline = Baseline(2017, Exact(Decimal(4714), provisional=True))
    kadernota = bare_kadernota(lambda nota: without_printed(with_component(nota, "V3", baseline=baseline), "V3"))
    assert overview_of(kadernota).row("V3").components[0].baseline_printed == "4.714*"


# What it costs


def test_the_number_of_queries_is_fixed_and_does_not_grow(officer, adopter, keeper, django_assert_num_queries):
    def larger(nota):
        (like,) = (row for row in nota.indicators if row.code == "V3")
        part = replace(like.components[0], baseline=Baseline(2017, Exact(Decimal(10))))
        part = replace(part, targets={2022: TargetRule(aim=Decimal(5))})
        more = tuple(
            replace(like, code=f"X{n}", name=f"Proef {n}", printed={}, components=(replace(part, key=f"x{n}"),))
            for n in range(210)
        )
        topic = nota.topics[0]
        return replace(nota, topics=(replace(topic, indicators=(*topic.indicators, *more)), *nota.topics[1:]))

    kadernota = bare_kadernota()
    overview_of(kadernota)
    with django_assert_num_queries(1):  # the head of the chain: the rest is in the cache
        overview_of(kadernota)
    clear_cache()
    # The head, decisions and lines, without an edition no figures; the structure of each version: five.
    with django_assert_num_queries(3 + 5):
        overview_of(kadernota)
    adopt_version_of(kadernota, larger, by=adopter, editor=keeper)
    entries = [entry_of(kadernota, f"X{n}", 2022, "4", explanation="Geteld.") for n in range(210)]
    record_measurements(entries=entries, by=officer, now=NOW)
    clear_cache()
    for options, queries in (({}, 3 + 2 * 5), ({"drafts": True}, 2)):
        with django_assert_num_queries(queries):
            overview = overview_of(kadernota, **options)
    assert len(overview.rows) == 231
    with django_assert_num_queries(0):
        assert [row.statuses[2022] for row in overview.rows].count(Status.ON_TRACK) >= 210
        assert overview.counts(2022) and overview.priorities[0].counts(2022) and overview.rows[0].target_cell(2019)


# Drafts and editions


def test_drafts_are_seen_by_those_who_ask_only(real, officer):
    record(real, "V3", 2019, "4.321", explanation="geheim", by=officer)
    seen, public = figure(real, "V3", 2019, drafts=True), figure(real, "V3", 2019)
    assert (seen.printed, seen.is_draft, seen.recorded_by) == ("4.321", True, "Anna de Wit")
    assert (public.printed, public.value, public.explanation, public.revision, public.recorded_by) == (
        "",
        None,
        "",
        None,
        "",
    )
    assert (seen.status, public.status) == (Status.ON_TRACK, Status.NO_DATA)
    text = repr(overview_of(real))
    assert "geheim" not in text and "4321" not in text and "4.321" not in text
    assert not overview_of(real).row("V3").has_draft(2019) and overview_of(real, drafts=True).row("V3").has_draft(2019)


def test_a_draft_correction_leaves_the_adopted_figure_to_the_public(real, officer, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    edition = adopt_year(real, 2019, by=adopter)
    record(real, "V3", 2019, "4.900", explanation="dubbel geteld", by=officer)
    assert figure(real, "V3", 2019).printed == "4.400"
    assert figure(real, "V3", 2019).edition.pk == edition.pk
    assert figure(real, "V3", 2019, drafts=True).printed == "4.900"
    assert figure(real, "V3", 2019, edition=edition).printed == "4.400"


def test_figures_of_a_part_of_the_municipality_are_not_those_of_the_whole(real, officer):
    north = Area.objects.create(kadernota=real, code="noord", name="Noord")
    Measurement.objects.create(
        kadernota=real,
        series=component_of(real, "V3").series,
        area=north,
        year=2019,
        number=1,
        recorded_by=officer,
        recorded_at=NOW,
    )
    assert figure(real, "V3", 2019, drafts=True).value is None


def test_editions_are_named(real, officer, adopter):
    record(real, "V3", 2019, "4.400", by=officer)
    edition = adopt_year(real, 2019, by=adopter, decision="2020.001")
    overview = overview_of(real)
    info = overview.edition_of(2019)
    assert (info.label, info.decision, info.is_taken_over) == ("2019-2", "2020.001", False)
    assert overview.edition_of(2020).is_taken_over
    assert info.pk == edition.pk and overview.edition is None
    older = overview_of(real, edition=real.editions.get(year=2019, number=1))
    assert [one.label for one in older.editions] == ["2018-1", "2019-1"]
    assert older.edition_of(2020) is None


# Targets that a decision changed


def test_a_changed_target_is_shown_with_its_decision_and_counts(officer, keeper, adopter):
    kadernota = bare_kadernota()
    record(kadernota, "V3", 2019, "4.550", by=officer)
    assert figure(kadernota, "V3", 2019, drafts=True).status is Status.AT_RISK
    change_target(kadernota, "V3", {2019: "≤4.600"}, editor=keeper, by=adopter)
    changed = figure(kadernota, "V3", 2019, drafts=True)
    assert (changed.status, changed.target_printed, changed.target_decision) == (Status.ON_TRACK, "≤4.600", "2020.0099")
    assert changed.target_was == "4.500", "the old one stays visible"
    row = overview_of(kadernota).row("V3")
    assert row.target_cell(2019) == "≤4.600" and row.target_cell(2020) == "<4.500"
    assert kadernota.version.based_on.indicators.get(code="V3").printed["2019"] == "4.500", "also as it was printed"


def test_a_changed_part_of_a_cell_names_its_parts(keeper, adopter):
    kadernota = bare_kadernota()
    change_target(kadernota, "V14", {2019: "12"}, name="Sluitingen", editor=keeper, by=adopter)
    assert overview_of(kadernota).row("V14").target_cell(2019) == "30 Waarschuwingen / 12 Sluitingen"


# Verdicts on the real figures, worked out by hand


@pytest.mark.parametrize(
    ("year", "status", "needed"),
    [(2019, Status.ON_TRACK, "0"), (2020, Status.ON_TRACK, "0"), (2022, Status.ON_TRACK, "0")],
)
def test_burglaries(real, year, status, needed):
    row = overview_of(real).row("V5")
    part = row.components[0]
    judged = part.figures[year].assessment
    assert (judged.status, judged.rule, judged.development, judged.certainty) == (
        status,
        4,
        Development.BETTER,
        Certainty.CLEAR,
    )
    assert part.needed_printed(year) == needed and row.statuses[year] is status
    assert row.components[1].figures[year].assessment.rule == 1, "% van inwoners is informative"
    assert not row.components[1].has_targets


def test_crimes_of_2022(real):
    """6.611 against <6.500, from 6.756: better, not enough; 112 more to go to 6.499."""
    part = overview_of(real).row("V4").components[0]
    judged = part.figures[2022].assessment
    assert (judged.status, judged.rule, judged.difference) == (Status.AT_RISK, 6, Decimal(-145))
    assert part.needed_printed(2022) == "112" and part.difference_printed(2022) == "145"
    assert part.figures[2021].assessment.rule == 3


def test_a_break_takes_the_comparison_away(officer):
    def broken(nota):
        nota = with_component(nota, "V3", breaks=(Break(2020, "andere app"),))
        nota = with_component(nota, "V6", breaks=(Break(2019, "na het jaar"),))
        return with_component(nota, "V1", breaks=(Break(2018, "na de nulmeting van 2016"),))

    kadernota = bare_kadernota(broken)
    record(kadernota, "V3", 2020, "4.600", by=officer)
    after = figure(kadernota, "V3", 2020, drafts=True)
    assert (after.assessment.rule, after.assessment.development, after.comparable) == (7, None, False)
    assert figure(kadernota, "V3", 2019, drafts=True).comparable, "the year before the break"
    assert figure(kadernota, "V6", 2018).comparable
    assert not figure(kadernota, "V1", 2018).comparable


def test_without_a_break_it_compares(real, officer):
    record(real, "V3", 2020, "4.600", by=officer)
    assert figure(real, "V3", 2020, drafts=True).assessment.rule == 6


def test_a_survey_every_two_years(real, officer):
    row = overview_of(real).row("V1")
    rules = [row.components[0].figures[year].assessment.rule for year in real.version.years]
    assert rules == [1, 2, 3, 2, 3]
    record(real, "V1", 2021, "20%", by=officer)
    assert figure(real, "V1", 2021, drafts=True).status is Status.ON_TRACK, "unplanned, and counts all the same"


def test_the_last_known_figure_is_beside_the_gap_and_never_in_it(real, officer):
    record(real, "V1", 2018, "21%", by=officer)
    part = overview_of(real, drafts=True).row("V1").components[0]
    assert part.last_known(2021).year == 2018 and part.last_known(2018) is None
    assert part.figures[2021].value is None and part.last_exact(2021) == 21 and part.last_exact(2018) == 22


def test_what_klopt_dit_compares_with(real, officer):
    for year, typed in ((2018, "16"), (2019, "<5"), (2020, "pm")):
        record(real, "V6", year, typed, by=officer)
    part = overview_of(real, drafts=True).row("V6").components[0]
    assert part.last_exact(2021) == 16 and part.last_known(2021).printed == "<5"
    assert overview_of(real).row("V5").components[1].last_exact(2018) is None, "its baseline is pm"


def test_an_indicator_stands_as_its_worst_component(real, officer):
    record(real, "V14", 2019, "31", "Waarschuwingen", by=officer)
    record(real, "V14", 2019, "9", "Sluitingen", by=officer)
    assert overview_of(real, drafts=True).row("V14").statuses[2019] is Status.OFF_TRACK
    record(real, "V14", 2019, "n.v.t.", "Sluitingen", by=officer)
    assert overview_of(real, drafts=True).row("V14").statuses[2019] is Status.ON_TRACK


def test_counts_add_up(real):
    overview = overview_of(real)
    for year in overview.years:
        assert sum(overview.counts(year).values()) == 21
        assert sum(count for one in overview.priorities for count in one.counts(year).values()) == 21


def test_no_component_is_on_track_at_a_baseline_that_fails_its_target(real, officer):
    """An unchanged figure is on track only when it meets its target."""
    for row in overview_of(real).rows:
        for part in row.components:
            if isinstance(part.baseline, Exact):
                Measurement.objects.filter(series=part.series).exists() or record(
                    real, row.code, 2020, part.baseline_printed, part.name, by=officer
                )
    for row in overview_of(real, drafts=True).rows:
        for part in row.components:
            judged = part.figures[2020]
            if judged.target and judged.value == part.baseline:
                meets = judged.target.deciding(part.direction).admits(part.baseline.number)
                assert judged.status is (Status.ON_TRACK if meets else Status.OFF_TRACK), row.code


def test_a_reference_that_holds_its_date_names_it_once():
    change = TargetDecision(
        year=2021, rule=None, was=None, decision="raad 12 november 2026", on=date(2026, 11, 12), reason=""
    )
    figure = SimpleNamespace(facts=SimpleNamespace(unit=None), target_change=change, later_target=None, target_was="")
    assert target_note(figure) == "streefwaarde gegeven, raad 12 november 2026"
    assert decision_sentence(figure) == "Streefwaarde gegeven bij besluit raad 12 november 2026."
