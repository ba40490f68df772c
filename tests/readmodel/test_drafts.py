"""with_drafts gives the overview that loading with drafts gives, and does not change the adopted one."""

from dataclasses import replace

import pytest

from indicators.models import Edition
from indicators.readmodel.drafts import with_drafts
from indicators.readmodel.rows import Overview
from tests.cast import adopt_year, overview_of, record

pytestmark = pytest.mark.django_db


def figures_of(overview: Overview) -> list:
    """Return all figures and statuses of an overview, without who recorded them."""
    return [
        (row.code, row.statuses, [replace(f, recorded_by="", recorded_at=None) for f in part.figures.values()])
        for row in overview.rows
        for part in row.components
    ]


def test_the_practice_municipality(practice) -> None:
    adopted = overview_of(practice)
    before = figures_of(adopted)
    overlay = with_drafts(practice, adopted)
    assert figures_of(overlay) == figures_of(overview_of(practice, drafts=True)) != before
    assert overlay.with_drafts and not adopted.with_drafts
    assert figures_of(adopted) == before


def test_a_first_figure_a_correction_and_one_that_was_corrected_itself(real, officer, adopter) -> None:
    record(real, "V20", 2021, "120", by=officer, explanation="Later gemeld.")
    record(real, "V9", 2021, "500", by=officer, explanation="Later gemeld.")
    adopt_year(real, 2021, by=adopter)
    record(real, "V20", 2021, "130", by=officer, explanation="Een fout hersteld.")
    record(real, "V9", 2022, "400", by=officer)
    record(real, "V9", 2022, "410", by=officer)
    overlay = with_drafts(real, overview_of(real))
    assert figures_of(overlay) == figures_of(overview_of(real, drafts=True))
    drafts = [(row.code, year) for row in overlay.rows for year in overlay.years if row.has_draft(year)]
    assert drafts == [("V9", 2022), ("V20", 2021)]


def test_no_draft_in_what_an_edition_showed(practice) -> None:
    first = overview_of(practice, edition=Edition.objects.of(practice).first())
    with pytest.raises(ValueError, match="edition"):
        with_drafts(practice, first)
