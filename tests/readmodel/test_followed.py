"""Indicators that start later or end earlier are not counted in other years, and need no figures there."""

from dataclasses import replace
from datetime import date

import pytest

from indicators.actions.errors import ActionRefused
from indicators.actions.versions import start_draft
from indicators.charts.component import gap_words
from indicators.domain.assessment import Status
from indicators.domain.cells import Cell
from indicators.domain.followed import Followed, followed
from indicators.domain.nota import NotaRefused
from indicators.intake.planning import plan_import
from indicators.intake.sheets import SheetRow
from indicators.pages.entry.items import load_entry_year
from indicators.pages.tasks.page import build_todo
from indicators.readmodel.nota import nota_of
from indicators.readmodel.sentences import count_sentence, row_status_words, verdict_sentences
from indicators.readmodel.tasks import load_tasks
from reports.appendix.load import load_appendix
from reports.fill_in.rows import fill_rows
from tests.cast import NOW, adopt_year, bare_kadernota, overview_of, record, with_indicator


def followed_in(nota, code, **facts):
    """Return the nota with the period of an indicator."""
    return with_indicator(nota, code, lambda row: replace(row, **facts))


@pytest.fixture
def other_years(db):
    """V3 is followed from 2020 on, V9 up to and including 2020; both have targets from 2019 to 2022."""

    def change(nota):
        nota = followed_in(nota, "V3", first_year=2020, change_reason="De raad wil dit volgen.")
        return followed_in(nota, "V9", last_year=2020, change_reason="Anders geregistreerd.")

    return bare_kadernota(change)


@pytest.mark.engine_free
@pytest.mark.parametrize(
    ("year", "first", "last", "answer"),
    [
        (2020, None, None, Followed.YES),
        (2020, 2020, 2020, Followed.YES),
        (2019, 2020, None, Followed.NOT_YET),
        (2021, None, 2020, Followed.ENDED),
        (2019, 2020, 2021, Followed.NOT_YET),
    ],
)
def test_where_a_year_lies(year, first, last, answer):
    assert followed(year, first, last) is answer


@pytest.mark.parametrize(
    ("code", "year", "words", "target"),
    [
        ("V3", 2019, "Nog niet gevolgd", ""),
        ("V3", 2020, "Nog geen meting", "<4.500"),
        ("V9", 2020, "Nog geen meting", "480"),
        ("V9", 2021, "Vervallen", ""),
        ("V9", 2022, "Vervallen", ""),
    ],
)
def test_outside_its_years_there_is_no_target_and_nothing_planned(other_years, code, year, words, target):
    row = overview_of(other_years).row(code)
    figure = row.components[0].figures[year]
    assert row_status_words(row, year, final=year == 2022) == words
    assert (row.target_cell(year), figure.target_printed) == (target, target)
    assert figure.planned is bool(target)
    assert (row.statuses[year] is Status.NO_TARGET) is not bool(target)


def test_the_chart_says_why_there_is_no_figure(other_years):
    overview = overview_of(other_years)
    figures = overview.row("V9").components[0].figures
    assert [gap_words(figures[year]) for year in (2020, 2021)] == ["nog geen meting", "vervallen"]
    assert gap_words(overview.row("V3").components[0].figures[2019]) == "nog niet gevolgd"


def test_it_is_counted_only_in_its_years(other_years):
    overview = overview_of(other_years)
    assert {year: sum(overview.counts(year).values()) for year in overview.years} == {
        2018: 20,
        2019: 20,
        2020: 21,
        2021: 20,
        2022: 20,
    }
    priority = overview.priorities[1]
    assert sum(priority.counts(2021).values()) == 3 and sum(priority.counts(2020).values()) == 4
    assert "van de 20 indicatoren" in count_sentence(overview.rows, 2022, final=True)
    assert count_sentence([overview.row("V9")], 2021, final=False) == "In 2021 worden deze indicatoren niet gevolgd."


def test_the_verdict_says_why(other_years):
    overview = overview_of(other_years)
    assert verdict_sentences(overview.row("V9"), 2021, last_year=2022) == [
        "Deze indicator is na 2020 vervallen. Reden: Anders geregistreerd."
    ]
    assert verdict_sentences(overview.row("V3"), 2019, last_year=2022) == [
        "Deze indicator wordt gevolgd vanaf 2020. Reden: De raad wil dit volgen."
    ]


@pytest.mark.parametrize(("year", "absent", "present"), [(2019, "V3", "V9"), (2021, "V9", "V3")])
def test_nothing_asks_for_it(other_years, year, absent, present):
    overview = overview_of(other_years, drafts=True)
    work = load_tasks(other_years)
    todo = build_todo(work, year, today=date(2023, 1, 1))
    code_lists = [
        {item.row.code for item in load_entry_year(other_years, overview, year).items.values()},
        {line.code for line in fill_rows(overview, year)},
        {gap.row.code for gap in work.missing(year)},
        {item.label for source in todo.sources for item in source.items},
    ]
    assert all(absent not in codes and present in codes for codes in code_lists)


def test_a_figure_outside_the_years_is_refused(other_years, officer):
    with pytest.raises(ActionRefused, match="V9 2021: V9 is na 2020 vervallen"):
        record(other_years, "V9", 2021, "500", by=officer)
    with pytest.raises(ActionRefused, match="V3 2019: V3 wordt pas gevolgd vanaf 2020"):
        record(other_years, "V3", 2019, "500", by=officer)
    assert record(other_years, "V9", 2020, "500", by=officer) == "new"


def test_a_row_of_a_sheet_outside_the_years_is_refused(other_years):
    cells = {"indicator": "V9", "jaar": "2021", "meting": "500"}
    row = SheetRow(2, {name: Cell("text", text) for name, text in cells.items()}, {})
    (refusal,) = plan_import(other_years, [row]).refusals
    assert refusal.column == "jaar" and "V9 is na 2020 vervallen" in str(refusal)


def test_the_appendix_leaves_out_what_came_later_and_says_what_ended(other_years, officer, adopter):
    for year in (2019, 2021):
        record(other_years, "V4", year, "6.000", by=officer)
        adopt_year(other_years, year, by=adopter)
    early = repr(load_appendix(other_years, 2019).document)
    assert "Meldingen openbare ruimte" not in early and "de 20 indicatoren" in early
    late = repr(load_appendix(other_years, 2021).document)
    assert "Vervallen" in late and "Deze indicator is na 2020 vervallen. Reden: Anders geregistreerd." in late
    assert "Vervallen" not in early


@pytest.mark.parametrize(
    ("code", "first", "last", "years"),
    [
        ("V9", None, 2021, [2022]),
        ("V9", 2019, None, [2018]),
        ("V9", 2022, None, [2018, 2019, 2020, 2021]),
        ("V9", None, 2018, [2019, 2020, 2021, 2022]),
    ],
)
def test_years_with_figures_keep_their_indicators(practice, keeper, code, first, last, years):
    nota = followed_in(nota_of(practice.version), code, first_year=first, last_year=last, change_reason="Anders.")
    with pytest.raises(NotaRefused) as refusal:
        start_draft(kadernota=practice, nota=nota, by=keeper, now=NOW)
    sentences = [finding.sentence for finding in refusal.value.findings if finding.code == "series-year-needed"]
    assert len(sentences) == len(years)
    for year, sentence in zip(years, sentences, strict=True):
        assert f"heeft een cijfer over {year}: dat jaar kan niet vervallen" in sentence


def test_years_that_were_taken_over_only_hold_the_indicators_with_figures(real, keeper):
    """V9 has no figures. V5 has: an end before them is refused."""
    nota = nota_of(real.version)
    ended = followed_in(nota, "V5", last_year=2020, change_reason="Anders.")
    with pytest.raises(NotaRefused, match="over 2021: dat jaar kan niet vervallen"):
        start_draft(kadernota=real, nota=ended, by=keeper, now=NOW)
    assert start_draft(
        kadernota=real, nota=followed_in(nota, "V9", last_year=2019, change_reason="Anders."), by=keeper, now=NOW
    )


def test_a_year_that_does_not_change_is_no_matter(practice, keeper):
    nota = followed_in(nota_of(practice.version), "V9", first_year=2018, last_year=2022, change_reason="Uitgeschreven.")
    assert start_draft(kadernota=practice, nota=nota, by=keeper, now=NOW)
