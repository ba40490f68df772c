"""The content of the appendix: editions, errata, drafts, practice; and that it is reproducible."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from indicators.domain.assessment import Status
from indicators.domain.statuses import STATUSES
from indicators.models import Edition
from indicators.readmodel.cache import clear_cache
from reports.appendix import build_appendix
from reports.appendix.load import NoEdition, load_appendix
from reports.document import DRAFT_BADGE, PRACTICE_MARK, STATUS_SYMBOLS, Figure, Table
from reports.formats import FORMATS, etag, file_bytes
from tests.cast import (
    adopt_version_of,
    info_of,
    overview_of,
    read_fixture,
    record,
    with_component,
)
from tests.reports.appendix_reading import bare, everything
from tests.version_steps import rejudge

MOMENT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DRAFTS = [figure for drafts in read_fixture("oefencijfers_2018_2022")["drafts"] for figure in drafts["figures"]]
DRAFT_TEXTS = [figure["explanation"][:40] for figure in DRAFTS if figure["explanation"]]


def tables_of(document, name: str) -> list[Table]:
    return [b for s in document.sections for b in s.blocks if isinstance(b, Table) and b.name == name]


def texts_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def edition_of(kadernota, year: int, number: int) -> Edition:
    return Edition.objects.get(kadernota=kadernota, year=year, number=number)


def test_the_title_page_of_an_adopted_edition(practice):
    document = load_appendix(practice, 2020).document
    edition = edition_of(practice, 2020, 2)
    assert document.title == "Bijlage indicatoren – Kadernota Integrale Veiligheid 2018-2022"
    details = dict(document.details)
    assert details["Gemeente"] == "Oefengemeente" and details["Jaar"] == "2020" and details["Editie"] == "2020-2"
    assert (details["Vastgesteld op"], details["Besluit"]) == ("15 juni 2021", "OEF-2021-19")
    assert details["Vingerafdruk"] == edition.decision.chain_hash
    assert details["Documentnummer"] == "oefengemeente-bijlage-indicatoren-veiligheid-2020-editie-2"
    assert document.created.isoformat() == "2021-06-15T12:00:00+02:00"
    assert document.marks == (PRACTICE_MARK,)


def test_the_title_page_of_what_was_taken_over(real):
    document = load_appendix(real, 2022).document
    details = dict(document.details)
    assert details["Stand"] == "Overgenomen uit open data op 24 november 2026" and "Besluit" not in details
    assert document.created.isoformat() == "2026-11-24T12:00:00+01:00"
    assert document.marks == () and "vastgesteld op" not in repr(document)


def test_an_old_edition_says_what_was_adopted_then(practice):
    old, new = (load_appendix(practice, 2020, edition=info_of(edition_of(practice, 2020, n))).document for n in (1, 2))
    figure = {row[0].text: [cell.text for cell in row] for row in tables_of(old, "Prioriteit 3")[0].rows}
    assert figure["V13"][10] == "15" and figure["V17"][10] == "pm"
    figure = {row[0].text: [cell.text for cell in row] for row in tables_of(new, "Prioriteit 3")[0].rows}
    assert figure["V13"][10] == "19" and figure["V17"][10] == "16"
    assert not tables_of(old, "Errata")
    assert "OEF-2021-19" not in repr(old)


def test_errata_and_additions(practice):
    document = load_appendix(practice, 2020).document
    errata, additions = tables_of(document, "Errata")[0], tables_of(document, "Aanvullingen")[0]
    assert [row[:7] for row in texts_of(errata)] == [
        [
            "E1",
            "V13 Misdrijven handel en vervaardigen soft- of harddrugs",
            "2020",
            "15",
            "Op koers",
            "19",
            "Niet op koers",
        ],
        ["E2", "V17 Aantal RIEC casussen", "2020", "pm", "Volgt nog", "16", "Aandacht"],
    ]
    reason = "De politie heeft vier zaken uit december alsnog bij 2020 geteld; in de eerste editie stond 15."
    assert errata.rows[0][7].text == reason and errata.rows[0][5].number == 19
    assert [row[:7] for row in texts_of(additions)] == [
        [
            "A1",
            "V21 Aantal crisisoefeningen Terrorisme gevolgbestrijding",
            "2020",
            "–",
            "Nog geen meting",
            "4",
            "Niet op koers",
        ],
    ]


def test_a_draft_lists_what_it_will_change(practice, officer):
    record(practice, "V3", 2020, "5.100", by=officer, explanation="Nageteld.")
    document = load_appendix(practice, 2020, drafts_at=MOMENT).document
    (errata,) = tables_of(document, "Errata")
    assert [row[1:] for row in texts_of(errata)][0] == [
        "V3 Meldingen openbare ruimte",
        "2020",
        "5.218",
        "Niet op koers",
        "5.100 (concept)",
        "Niet op koers",
        "Nageteld.",
    ]


def test_the_result_counts_every_indicator(practice):
    overview = overview_of(practice, edition=edition_of(practice, 2020, 2))
    table = tables_of(load_appendix(practice, 2020).document, "Resultaat")[0]
    assert [c.heading for c in table.columns][1:-1] == ["Op koers", "Aandacht", "Niet op koers", "Niet te bepalen"]
    for priority, row in zip(overview.priorities, table.rows, strict=False):
        counts = priority.counts(2020)
        order = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.UNCERTAIN)
        assert [int(cell.text) for cell in row[1:]] == [*(counts.get(s, 0) for s in order), len(priority.rows)]
    assert [cell.text for cell in table.rows[-1]] == ["Samen", "10", "6", "4", "1", "21"]


def test_each_priority_has_its_picture_in_words(practice):
    document = load_appendix(practice, 2020).document
    pictures = [block for section in document.sections for block in section.blocks if isinstance(block, Figure)]
    assert len(pictures) == 5
    assert "Samen: 10 op koers, 6 aandacht, 4 niet op koers, 1 niet te bepalen." in pictures[0].alt
    assert "5.218" in pictures[1].alt and all(picture.svg.startswith("<svg") for picture in pictures)


def test_a_changed_target_says_by_which_decision(practice, keeper, adopter):
    adopt_version_of(
        practice,
        lambda nota: with_component(nota, "V8", targets={2022: "<340"}),
        by=adopter,
        editor=keeper,
        reason="Aangescherpt.",
        decision="2021.77",
        on=date(2021, 12, 1),
    )
    rejudge(practice, 2022, keeper=keeper, adopter=adopter, seen=())
    document = load_appendix(practice, 2022).document
    (table,) = tables_of(document, "Prioriteit 1")
    rows = {row[0].text: row for row in table.rows}
    assert rows["V8"][7].text == "<340"
    section = next(section for section in document.sections if section.title.startswith("V8 "))
    assert "De streefwaarde is gewijzigd bij besluit 2021.77." in section.blocks[-2].text
    assert any("V8 (2022): Streefwaarde gewijzigd bij besluit 2021.77" in note for note in table.footnotes)


def test_the_readings_are_all_there_and_told_once(real):
    table = tables_of(load_appendix(real, 2022).document, "Leeswijzen")[0]
    assert len(table.rows) == 16 and real.version.readings.count() == 18
    assert "V1, V2" in [row[1].text for row in table.rows]


def test_nothing_adopted_is_a_sentence(practice):
    with pytest.raises(NoEdition, match="Over 2023 is nog niets vastgesteld"):
        load_appendix(practice, 2023)


def test_signs_are_those_of_pages_and_charts():
    assert {status.value: text.sign for status, text in STATUSES.items()} == STATUS_SYMBOLS


@pytest.mark.parametrize("key", FORMATS)
def test_the_same_edition_gives_the_same_bytes(practice, key):
    first = load_appendix(practice, 2020)
    clear_cache()
    second = load_appendix(practice, 2020)
    assert first.document == second.document and first.document is not second.document
    draft = replace(first.document, draft=True)  # drafts are not cached, so this one is written twice
    assert file_bytes(draft, key) == file_bytes(draft, key)
    assert etag(first.document, key) == etag(second.document, key) != etag(draft, key)


@pytest.mark.parametrize("key", FORMATS)
def test_drafts_and_people_are_nowhere_in_a_public_document(practice, key):
    public = everything(file_bytes(load_appendix(practice, 2022).document, key))
    for text in (*DRAFT_TEXTS, "6.497", DRAFT_BADGE, "concept", "Oefen Beleidsmedewerker", "Oefen Vaststeller"):
        assert bare(text) not in public
    assert len(DRAFT_TEXTS) >= 2
    draft = everything(file_bytes(load_appendix(practice, 2022, drafts_at=MOMENT).document, key))
    for text in DRAFT_TEXTS:  # control: the search finds them in a draft
        assert bare(text) in draft


def test_a_draft_is_marked_everywhere(practice):
    appendix = load_appendix(practice, 2022, drafts_at=MOMENT)
    document = appendix.document
    assert document.draft and document.marks == (DRAFT_BADGE, PRACTICE_MARK) and document.created == MOMENT
    assert appendix.file_name("pdf") == "oefengemeente-bijlage-indicatoren-veiligheid-2022-concept.pdf"
    rows = {row[0].text: row for row in tables_of(document, "Prioriteit 1")[0].rows}
    assert rows["V4"][12].text == "6.497 (concept)"
    stands = {row[19].text for row in document.data.rows if (row[2].text, row[6].text) == ("V4", "2022")}
    assert stands == {""} and "concept" in {row[20].text for row in document.data.rows}


def test_it_says_what_it_rests_on(practice):
    document = load_appendix(practice, 2020).document
    edition = edition_of(practice, 2020, 2)
    sources = {row[0].text: row[2].text for row in tables_of(document, "Bronnen")[0].rows}
    assert "Editie 2020-2, vastgesteld op 15 juni 2021, besluit OEF-2021-19: V13." in sources["Politie"]
    editions = {row[0].text: row[2].text for row in tables_of(document, "Edities")[0].rows}
    assert editions["2020-2"] == edition.decision.chain_hash and set(editions) == {
        "2018-1",
        "2019-1",
        "2020-1",
        "2020-2",
    }
    definitions = texts_of(tables_of(document, "Definities")[0])
    assert len(definitions) == 21 and all(row[1] != "–" for row in definitions)
    assert definitions[13][3:] == ["inzet", "meer"]
    assert edition.decision.chain_hash in document.sections[-1].blocks[0].text
    draft = load_appendix(practice, 2022, drafts_at=MOMENT).document
    assert draft.sections[-1].title == "Hoe is geoordeeld"
    assert "Nog niet vastgesteld:" in repr(tables_of(draft, "Bronnen"))


def test_names_of_files(practice, real):
    assert load_appendix(real, 2020).file_name("csv") == "bijlage-indicatoren-veiligheid-2020-editie-1.csv"
    name = "oefengemeente-bijlage-indicatoren-veiligheid-2020-editie-2.xlsx"
    assert load_appendix(practice, 2020).file_name("xlsx") == name


def test_an_appendix_is_of_an_edition_or_a_draft(practice):
    with pytest.raises(ValueError, match="either as of an edition, or with drafts"):
        build_appendix(overview_of(practice), year=2020, edition=None, previous=None, created=MOMENT)


def test_pandas_is_not_loaded_on_the_way_to_other_formats():
    code = (
        "import django, sys; django.setup(); import reports.pages.document.views, reports.writers.pdf, "
        "reports.writers.docx, reports.writers.csv, reports.writers.xlsx; sys.exit('pandas' in sys.modules)"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "kadernota.settings", "SECRET_KEY": "x" * 50}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
