"""The annual programme: every line and amount in every format, as of its edition, with the complete appendix."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.actions.recording_lines import withdraw_line
from indicators.domain.euros import format_euros
from indicators.domain.programme import ActivityState, LineKind
from indicators.models import ProgrammeLine
from indicators.readmodel.cache import clear_cache
from reports.appendix.load import NoEdition, load_appendix
from reports.document import DRAFT_BADGE, PRACTICE_MARK, Section, Table
from reports.formats import FORMATS, file_bytes
from reports.programme.load import load_annual
from reports.programme.money import spent_sentence, sum_lines
from tests.cast import NOW, adopt_year, info_of, programme_of, record_activity, topic_of
from tests.reports.appendix_reading import LINES, READERS, bare, csv_rows, everything
from tests.reports.test_appendix import MOMENT, edition_of, tables_of, texts_of
from tests.reports.writers_sample import HOSTILE

EDITIONS = [(2018, 1), (2019, 1), (2020, 1), (2020, 2), (2021, 1), (2022, 1)]
NOTHING = "–"


def money(amount: Decimal | None) -> str:
    return NOTHING if amount is None else format_euros(amount).removeprefix("€ ")


def difference(line) -> str:
    return NOTHING if None in (line.budget, line.spent) else money(line.budget - line.spent)


def activity_cells(line, *, ahead: bool) -> list[str]:
    first = [line.effort or NOTHING, line.title, line.partners or NOTHING, line.planned or NOTHING]
    cells = [*first, f"{line.state.symbol} {line.state.word}", line.result or NOTHING, money(line.budget)]
    return cells if ahead else [*cells, money(line.spent)]


def amount_cells(line, key: str, *, ahead: bool) -> list[str]:
    if ahead:
        return [line.title, money(line.budget), line.result or NOTHING]
    balance = "=" if key == "xlsx" and difference(line) != NOTHING else difference(line)
    return [line.title, money(line.budget), money(line.spent), balance, line.result or NOTHING]


def times_in(tables, cells: list[str]) -> int:
    """Return how many rows end with these cells."""
    expected = [bare(cell) for cell in cells]
    return sum(row[-len(expected) :] == expected for table in tables for row in table)


@pytest.mark.engine_free
@pytest.mark.unmeasured
@pytest.mark.parametrize("key", READERS)
@pytest.mark.parametrize(("year", "number"), EDITIONS)
def test_every_activity_and_amount_in_every_format(practice, year, number, key):
    edition = edition_of(practice, year, number)
    programme = programme_of(practice, edition=edition)
    content = file_bytes(load_annual(practice, year, edition=info_of(edition)).document, key)
    tables = READERS[key](content)
    compared = 0
    for line_year in (year, year + 1):
        for line in programme.lines(line_year):
            ahead = line_year > year
            cells = activity_cells(line, ahead=ahead) if line.is_activity else amount_cells(line, key, ahead=ahead)
            assert times_in(tables, cells) == 1, (key, cells)
            compared += 1
    assert compared >= 5
    assert len(tables) > 20


@pytest.mark.parametrize("key", LINES)
def test_every_text_of_the_document_is_read_back(practice, key):
    document = load_annual(practice, 2020).document
    lines = set(LINES[key](file_bytes(document, key)))
    for section in document.sections:
        assert bare(section.title) in lines
        for block in section.blocks:
            if text := getattr(block, "text", ""):
                assert {bare(part) for part in text.split("\n")} <= lines or bare(text) in lines, text
            assert {bare(note) for note in getattr(block, "footnotes", ())} <= lines


@pytest.mark.parametrize(("year", "number"), EDITIONS)
def test_the_csv_is_its_lines(practice, year, number):
    edition = edition_of(practice, year, number)
    programme = programme_of(practice, edition=edition)
    rows = csv_rows(file_bytes(load_annual(practice, year, edition=info_of(edition)).document, "csv"))
    lines = [
        (part, line)
        for line_year in (year, year + 1)
        for part in programme.parts
        for line in part.lines
        if line.year == line_year
    ]
    expected = {
        (
            part.kind.label,
            str(part.number),
            str(line.year),
            "verslag" if line.year == year else "vooruitblik",
            line.kind.word,
            line.title,
            line.state.value if line.state else "",
            line.result,
            cents(line.budget),
            cents(line.spent),
            line.edition.label,
        )
        for part, line in lines
    }
    names = (
        "soort_onderdeel",
        "nummer",
        "jaar",
        "deel",
        "soort",
        "wat",
        "stand_activiteit",
        "resultaat",
        "begroot",
        "besteed",
        "editie",
    )
    assert {tuple(row[name] for name in names) for row in rows} == expected and len(rows) == len(lines) == len(expected)


def cents(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}".replace(".", ",")


def test_the_sums_are_exact_and_the_summary_says_them(practice):
    document = load_annual(practice, 2020).document
    summary = repr(document.sections[0])
    assert "Voor 2020 is € 1.443.000 begroot en € 1.427.010,75 besteed: € 15.989,25 minder dan begroot." in summary
    assert "In 2020 zijn 10 van de 21 indicatoren op koers" in summary and "Prioriteit 1, " in summary
    assert "7 zijn afgerond" in summary and "‘Training tijdelijk huisverbod’" in summary
    rows = texts_of(tables_of(document, "Financiën")[0])
    assert rows[-1] == ["Samen", "1.443.000", "1.427.010,75", "15.989,25", "90.000", "61.102,50"]
    vth = next(row for row in rows if row[0].startswith("Vergunningen"))
    assert vth[1:4] == ["1.250.000", "1.263.400", "-13.400"]
    assert next(row for row in rows if row[0].startswith("Overige"))[1:4] == [NOTHING, NOTHING, NOTHING]


def test_what_is_not_known_is_no_difference(practice):
    document = load_annual(practice, 2021).document
    assert "voor zover bekend: van 1 van de 5 bedragen is niet bekend wat is besteed." in repr(document.sections[0])
    assert texts_of(tables_of(document, "Financiën")[0])[-1][3] == NOTHING
    assert "Samen: de bedragen die bekend zijn." in tables_of(document, "Financiën")[0].footnotes


@pytest.mark.parametrize(
    ("amounts", "sentence"),
    [
        ([], "Over 2020 zijn er geen bedragen vastgelegd."),
        ([("10.10", "10.10")], "Voor 2020 is € 10,10 begroot en € 10,10 besteed: precies evenveel."),
        ([("0.10", "0.30"), ("0.20", "0.01")],
         "Voor 2020 is € 0,30 begroot en € 0,31 besteed: € 0,01 meer dan begroot."),
        ([("5", None)], "Voor 2020 is € 5 begroot; wat er is besteed, is nog niet bekend."),
        ([(None, "5")], "Voor 2020 is geen bedrag begroot en € 5 besteed, voor zover bekend: "
                        "van 1 van de 1 bedragen is niet bekend wat is begroot."),
    ],
)  # fmt: skip
def test_the_sentence_about_money(practice, amounts, sentence):
    line = next(line for line in programme_of(practice).lines(2020) if not line.is_activity)
    to_decimal = lambda text: None if text is None else Decimal(text)  # noqa: E731
    lines = [replace(line, budget=to_decimal(budget), spent=to_decimal(spent)) for budget, spent in amounts]
    assert spent_sentence(sum_lines(lines), 2020) == sentence


def test_the_appendix_is_in_it_whole(practice):
    appendix, document = load_appendix(practice, 2020).document, load_annual(practice, 2020).document
    start = next(n for n, section in enumerate(document.sections) if section.title == "Bijlage: indicatoren")
    within = document.sections[start + 1 :]
    assert [s.blocks for s in within] == [s.blocks for s in appendix.sections if s.blocks or s.level == 1]
    assert all(section.level > 1 for section in within)
    empty = [s.title for s in document.sections if not s.blocks and not has_children(document.sections, s)]
    assert empty == []
    assert "Cijfers" in [table.name for table in document.workings]
    codes = {row[2].text for table in document.workings if table.name == "Cijfers" for row in table.rows}
    assert len(codes) == 24 and {"V1", "VTH3"} < codes


def has_children(sections: tuple[Section, ...], section: Section) -> bool:
    place = sections.index(section)
    return place + 1 < len(sections) and sections[place + 1].level > section.level


def test_every_table_has_its_own_caption(practice):
    captions = [table.caption for table in all_tables(load_annual(practice, 2020).document)]
    assert len(captions) == len(set(captions)) > 30


def test_the_title_page(practice, real):
    loaded = load_annual(practice, 2020)
    document, details = loaded.document, dict(loaded.document.details)
    assert document.title == "Uitvoeringsprogramma veiligheid 2021: verslag over 2020"
    assert document.subtitle == "Vooruitblik op 2021 en bijlage indicatoren, editie 2020-2"
    assert (details["Verslag over"], details["Vooruitblik op"]) == ("2020", "2021") and "Jaar" not in details
    assert (details["Besluit"], details["Vingerafdruk"]) == (
        "OEF-2021-19",
        edition_of(practice, 2020, 2).decision.chain_hash,
    )
    assert details["Documentnummer"] == "oefengemeente-uitvoeringsprogramma-veiligheid-2020-editie-2"
    assert document.marks == (PRACTICE_MARK,)
    name = load_annual(real, 2020).file_name("pdf")
    assert name == "uitvoeringsprogramma-veiligheid-2020-editie-1.pdf"


def test_the_last_year_looks_back_only(practice):
    document = load_annual(practice, 2022).document
    assert document.title == "Uitvoeringsprogramma veiligheid: verslag over 2022"
    assert "Vooruitblik op" not in dict(document.details)
    assert not [s.title for s in document.sections if "vooruitblik" in s.title.lower()]
    assert {row[5].text for row in document.data.rows} == {"verslag"}


def test_a_year_without_lines_says_so(real):
    document = load_annual(real, 2020).document
    texts = repr(document.sections)
    assert "Over 2020 zijn er geen activiteiten vastgelegd." in texts
    assert "Over 2020 zijn er geen bedragen vastgelegd." in texts
    assert "Voor 2021 zijn er nog geen activiteiten vastgelegd." in texts
    assert "Voor 2020 zijn er voor de VTH-taken geen eigen indicatoren." in texts
    assert document.data.rows == () and not tables_of(document, "Financiën")
    for key in FORMATS:
        assert file_bytes(document, key)


def test_an_edition_shows_what_stood_then_and_the_next_what_changed(practice):
    first, second = (
        load_annual(practice, 2020, edition=info_of(edition_of(practice, 2020, n))).document for n in (1, 2)
    )
    assert "33.870" in repr(first.sections) and "35.120" not in repr(first.sections)
    assert "Er is geen eerdere editie over 2020" in repr(first.sections) and not tables_of(first, "Wijzigingen")
    (row,) = texts_of(tables_of(second, "Wijzigingen")[0])
    assert row == [
        "R1",
        "Aanpak ondermijning / georganiseerde criminaliteit",
        "2020",
        "Aanpak ondermijning",
        "Besteed (€)",
        "33.870",
        "35.120",
        "De campagne is uitgesteld. Een rekening van € 1.250 kwam na de eerste editie.",
    ]
    assert "Van de activiteiten en bedragen is één regel gewijzigd." in repr(second.sections)


def test_lines_that_are_added_and_withdrawn_are_changes(practice, officer, adopter):
    title = "Project buurtgezinnen in een derde wijk"
    gone = ProgrammeLine.objects.current().get(topic=topic_of(practice), year=2021, title=title)
    withdraw_line(seen=gone.pk, kadernota=practice, reason="Dubbel ingevoerd.", by=officer, now=NOW)
    record_activity(practice, "Extra wijkschouw", 2021, by=officer, result="Gehouden.", state=ActivityState.DONE)
    draft = load_annual(practice, 2021, drafts_at=MOMENT).document
    expected = {(title, "ingetrokken", NOTHING, "Dubbel ingevoerd.")}
    actual = {(row[5], row[4], row[6], row[7]) for row in texts_of(tables_of(draft, "Wijzigingen")[0])}
    assert expected <= actual
    adopt_year(practice, 2021, by=adopter)
    document = load_annual(practice, 2021).document
    rows = {tuple(row[3:]) for row in texts_of(tables_of(document, "Wijzigingen")[0])}
    assert ("Extra wijkschouw", "nieuw", NOTHING, "Extra wijkschouw", "Gehouden.") in rows
    assert "Project buurtgezinnen" not in repr([t for t in all_tables(document) if t.name != "Wijzigingen"])


def all_tables(document) -> list[Table]:
    return [b for s in document.sections for b in s.blocks if isinstance(b, Table)]


@pytest.mark.parametrize("key", FORMATS)
def test_drafts_are_never_in_the_document_of_an_edition(practice, officer, key):
    record_activity(practice, "Geheime proef met drones", 2021, by=officer, result="Nog niet besloten.")
    record_activity(
        practice,
        "Vertrouwelijk bedrag",
        2020,
        by=officer,
        kind=LineKind.FINANCE,
        state=None,
        budget=Decimal("91827364.55"),
    )
    public = everything(file_bytes(load_annual(practice, 2020).document, key))
    for text in (
        "Geheime proef",
        "Nog niet besloten",
        "Vertrouwelijk",
        "91.827.364",
        "91827364",
        DRAFT_BADGE,
        "concept",
    ):
        assert bare(text) not in public
    loaded = load_annual(practice, 2020, drafts_at=MOMENT)
    draft = everything(file_bytes(loaded.document, key))
    for text in ("Geheime proef met drones", "Vertrouwelijk bedrag"):
        assert bare(text) in draft
    assert loaded.document.marks == (DRAFT_BADGE, PRACTICE_MARK)
    assert loaded.file_name("pdf") == "oefengemeente-uitvoeringsprogramma-veiligheid-2020-concept.pdf"
    assert "Geheime proef met drones (concept)" in repr(loaded.document.sections)


@pytest.mark.parametrize("key", FORMATS)
def test_the_same_edition_gives_the_same_bytes(practice, key):
    first = load_annual(practice, 2020)
    clear_cache()
    second = load_annual(practice, 2020)
    assert first.document == second.document and first.document is not second.document
    draft = replace(first.document, draft=True)  # drafts are not cached, so this one is written twice
    assert file_bytes(draft, key) == file_bytes(draft, key)


@pytest.mark.parametrize("key", FORMATS)
def test_hostile_lines_stay_text(practice, officer, adopter, key):
    for number, text in enumerate(HOSTILE):
        record_activity(practice, f"{number} {text}"[:300], 2021, by=officer, result=text, state=ActivityState.RUNNING)
    adopt_year(practice, 2021, by=adopter)
    document = load_annual(practice, 2021).document
    content = file_bytes(document, key)
    if key == "csv":
        results = [row["resultaat"] for row in csv_rows(content)]
        assert len(results) == len(document.data.rows)
        assert not [text for text in results if text.startswith(("=", "+", "-", "@", "\t"))]
    else:
        rows = [row for table in READERS[key](content) for row in table]
        for number in range(len(HOSTILE)):
            assert any(cell.startswith(str(number)) and len(row) >= 9 for row in rows for cell in row[2:3]), number


def test_without_an_edition_there_is_none(practice):
    with pytest.raises(NoEdition, match="Over 2023 is nog niets vastgesteld"):
        load_annual(practice, 2023)


@pytest.mark.parametrize(("number", "queries"), [(1, 1), (2, 1)])
def test_a_fixed_number_of_queries(practice, officer, adopter, django_assert_num_queries, number, queries):
    """Of an adopted edition only the head of the chain is read: the rest comes from the cache."""
    info = info_of(edition_of(practice, 2020, number))
    load_annual(practice, 2020, edition=info)
    with django_assert_num_queries(queries):
        load_annual(practice, 2020, edition=info)
    for count in range(5):
        record_activity(practice, f"Nog een {count}", 2020, by=officer, result="Klaar.", state=ActivityState.DONE)
    with django_assert_num_queries(queries):
        load_annual(practice, 2020, edition=info)
