"""The printed document: page breaks, and sentences that are clear on their own."""

import io
import re

import pikepdf
import pytest

from indicators.charts.label_placement import text_width
from indicators.charts.svg_bars import WIDTH, bars_svg
from indicators.domain.statuses import BAR_ORDER
from indicators.readmodel.sentences import verdict_sentences
from reports.appendix.changes import errata_section
from reports.document import Paragraph
from reports.formats import file_bytes
from reports.programme.load import load_annual
from reports.writers.looks import STATUS_COLOURS
from tests.cast import NOW, overview_of
from tests.reports.appendix_reading import bare
from tests.reports.writers_pdf_reader import page_texts

# The writers get a document, whichever engine its figures come from.
pytestmark = pytest.mark.engine_free


@pytest.mark.parametrize("year", [2019, 2021, 2022])
@pytest.mark.parametrize("drafts_at", [None, NOW], ids=["edition", "draft"])
def test_the_guide_and_the_result_each_keep_to_one_page(practice, year, drafts_at):
    """In the programme the appendix starts with one more heading and sentence."""
    content = file_bytes(load_annual(practice, year, drafts_at=drafts_at).document, "pdf")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = [bare("".join(page_texts(page).values())) for page in pdf.pages]
    for first, last in (
        ("Kleine aantallen gaan ook zonder oorzaak", "pm: het cijfer volgt nog; n.b.: niet bekend"),
        (f"Hoeveel indicatoren er in {year} waar staan", "Aantal crisisoefeningen"),
    ):
        (page,) = [number for number, text in enumerate(pages) if bare(first) in text]
        assert bare(last) in pages[page], (first, last)


@pytest.mark.parametrize("year", range(2018, 2023))
def test_the_key_of_the_bars_stays_within_the_picture(practice, year):
    drawn = str(bars_svg(overview_of(practice), year, BAR_ORDER, STATUS_COLOURS))
    words = re.findall(r'<text[^>]* x="([0-9.]+)"[^>]*class="chart-text"[^>]*>([^<]+)<', drawn)
    words += re.findall(r'<text[^>]*class="chart-text"[^>]* x="([0-9.]+)"[^>]*>([^<]+)<', drawn)
    assert words and all(float(x) + text_width(text) * 0.92 <= WIDTH for x, text in words), words


def test_a_component_without_a_figure_is_named(real):
    """Without a count the sentences of the two components of V14 would be equal."""
    row = next(row for row in overview_of(real).rows if row.code == "V14")
    first, second, *_ = verdict_sentences(row, 2020, last_year=2022)
    assert first.startswith("Onderdeel ‘Waarschuwingen’: over 2020 is er nog geen cijfer.")
    assert second.startswith("Onderdeel ‘Sluitingen’: over 2020 is er nog geen cijfer.")


def test_a_draft_does_not_call_itself_an_edition(practice):
    adopted, drafted = overview_of(practice), overview_of(practice, drafts=True)
    captions = [table.caption for table in errata_section(adopted, drafted, 2022).blocks[1:]]
    assert captions and not any("deze editie" in caption for caption in captions)
    assert any(caption.endswith("in dit concept") for caption in captions)


def test_a_priority_without_lines_has_no_headings_for_them(real):
    document = load_annual(real, 2020).document
    titles = [section.title for section in document.sections]
    assert not any(title.startswith("Prioriteit 4: verslag") for title in titles)
    (priority,) = [
        section
        for section in document.sections
        if section.title.startswith("Prioriteit 4: Integraal") and section.level == 1
    ]
    sentence = Paragraph("Over 2020 en voor 2021 zijn er nog geen activiteiten of bedragen vastgelegd.")
    assert sentence in priority.blocks
