"""Drafts laid over the adopted figures show what loading everything with its drafts shows, and leave those alone."""

from dataclasses import replace

import pytest

from indicators.models import Edition
from indicators.readmodel.drafts import with_drafts
from indicators.readmodel.overview import load_overview
from indicators.readmodel.rows import Overview
from tests.cast import adopt_year, record

pytestmark = pytest.mark.django_db


def told(overview: Overview) -> list:
    """All figures and standings of an overview, without who recorded what."""
    return [
        (row.code, row.statuses, [replace(f, recorded_by="", recorded_at=None) for f in part.figures.values()])
        for row in overview.rows
        for part in row.components
    ]


def test_the_practice_municipality(practice) -> None:
    adopted = load_overview(practice)
    before = told(adopted)
    laid = with_drafts(practice, adopted)
    assert told(laid) == told(load_overview(practice, drafts=True)) != before
    assert laid.with_drafts and not adopted.with_drafts
    assert told(adopted) == before


def test_a_first_figure_a_correction_and_one_that_was_corrected_itself(real, officer, adopter) -> None:
    record(real, "V20", 2021, "120", by=officer, explanation="Later gemeld.")
    record(real, "V9", 2021, "500", by=officer, explanation="Later gemeld.")
    adopt_year(real, 2021, by=adopter)
    record(real, "V20", 2021, "130", by=officer, explanation="Een fout hersteld.")
    record(real, "V9", 2022, "400", by=officer)
    record(real, "V9", 2022, "410", by=officer)
    laid = with_drafts(real, load_overview(real))
    assert told(laid) == told(load_overview(real, drafts=True))
    drafts = [(row.code, year) for row in laid.rows for year in laid.years if row.has_draft(year)]
    assert drafts == [("V9", 2022), ("V20", 2021)]


def test_no_draft_in_what_an_edition_showed(practice) -> None:
    first = load_overview(practice, edition=Edition.objects.of(practice).first())
    with pytest.raises(ValueError, match="edition"):
        with_drafts(practice, first)
