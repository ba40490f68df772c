"""Mistakes in a nota as a sheet: each is answered with sheet, row, column, what was typed and what was meant."""

import io
import re
import time
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.domain.nota import NotaRefused, find_questions
from indicators.intake.nota_sheets import read_nota_sheet
from indicators.intake.nota_sheets.tables import MOST_ROWS
from tests.intake.nota_sheet_files import (
    FORMATS,
    Error,
    Formula,
    Percent,
    book,
    described,
    edited_sheets,
    filled_in,
    findings_of,
    read,
)
from tests.intake.sheet_files import ODS_NAMES, ODS_TYPE, replaced, zipped

pytestmark = pytest.mark.engine_free

P, T, I, O = "Kadernota", "Onderwerpen", "Indicatoren", "Onderdelen"  # noqa: E741
BREAKS = [["indicator", "onderdeel", "jaar", "reden"]]
CELLS = [["indicator", 2026, 2027, 2028]]
READINGS = [["indicator", "plaats", "vraag", "leeswijze", "beslist door", "verandert", "jaren", "gelezen als"]]
READING = ["V1", "tabel", "Wat?", "Dat.", "de monitor"]


def drop(name):
    return lambda sheets: sheets.pop(name)


def rename(old, new):
    return lambda sheets: sheets.update({new: sheets.pop(old)})


def add(name, *rows):
    return lambda sheets: sheets.update({name: [*sheets.get(name, []), *rows]})


def insert(name, at, *rows):
    return lambda sheets: sheets[name].__setitem__(slice(at - 1, at - 1), rows)


def swap(sheets):
    sheets[I], sheets[O] = sheets[O], sheets[I]


def without_column(name, heading):
    def edit(sheets):
        at = sheets[name][0].index(heading)
        sheets[name] = [row[:at] + row[at + 1 :] for row in sheets[name]]

    return edit


# What is wrong, the edits, and the findings: code, place, what was typed, what was meant, and words of the sentence.
MISTAKES = [
    ("signs in a code", [(I, "A2", "V 1"), (O, "A2", "V 1")],
     [("code-signs", "Indicatoren A2", "V 1", "V1", "letters")]),
    ("a code twice", [(I, "A3", "v1"), (O, "A3", "V1"), (O, "B2", "a"), (O, "B3", "b")],
     [("code-twice", "Indicatoren A3", "v1", "", "andere indicator")]),
    ("a code too long", [(I, "A2", "V1234567890"), (O, "A2", "V1234567890")],
     [("text-long", "Indicatoren A2", "V1234567890", "", "11 tekens")]),
    ("an unknown unit", [(O, "C2", "stuks")], [("unknown-value", "Onderdelen C2", "stuks", "", "aantal, percentage")]),
    ("a mistyped unit", [(O, "C2", "aantl")], [("unknown-value", "Onderdelen C2", "aantl", "aantal", "eenheid")]),
    ("no unit", [(O, "C2", None)], [("no-unit", "Onderdelen C2", "", "", "Kies een eenheid")]),
    ("no direction", [(O, "D2", None)], [("no-direction", "Onderdelen D2", "", "", "Kies een richting")]),
    ("a mistyped direction", [(O, "D2", "lagre")], [("unknown-value", "Onderdelen D2", "lagre", "lager", "richting")]),
    ("a target before the first target year", [(O, "J1", 2026), (P, "A6", "eerste streefjaar"), (P, "B6", 2027)],
     [("target-before-first-year", f"Onderdelen J{row}", "2026", "", "2027 of later") for row in (2, 3, 4, 5)]),
    ("a text too long", [(I, "B2", "x" * 201)], [("text-long", "Indicatoren B2", "x" * 201, "", "201 tekens")]),
    ("a short name too long", [insert(O, 1), (O, "K1", "korte naam"), (O, "K2", "x" * 28)],
     [("text-long", "Onderdelen K2", "x" * 28, "", "27")]),
    ("a wrong year above a column", [(O, "I1", 2209)],
     [("column-unknown", "Onderdelen I1", "2209", "2029", "Onderdelen")]),
    ("a letter in the year of a column", [(O, "I1", "2O29")],
     [("column-unknown", "Onderdelen I1", "2O29", "2029", "")]),
    ("a date above a column", [(O, "I1", date(2029, 1, 1))],
     [("column-unknown", "Onderdelen I1", "2029-01-01", "2029", "")]),
    ("a year twice", [(O, "I1", 2028)], [("column-twice", "Onderdelen I1", "2028", "", "twee keer")]),
    ("a fraction without a percent format", [(O, "G3", 0.2)],
     [("target-not-read", "Onderdelen G3", "0,2", "", "0,2% of 20%")]),
    ("a fraction as text", [(O, "G3", "0,2")], [("target-not-read", "Onderdelen G3", "0,2", "20%", "percentage")]),
    ("a percent cell for a count", [(O, "G2", Percent(0.2))],
     [("target-not-read", "Onderdelen G2", "20%", "", "geen percentage")]),
    ("a number as text with a space", [(O, "G2", "45 00")],
     [("target-not-read", "Onderdelen G2", "45 00", "", "spatie")]),
    ("a date instead of a number", [(O, "G2", date(2027, 2, 1))],
     [("target-not-read", "Onderdelen G2", "2027-02-01", "", "datum")]),
    ("a date instead of a year", [(P, "B4", date(2027, 1, 1))],
     [("cell-date", "Kadernota B4", "2027-01-01", "2027", "datum")]),
    ("a date instead of a text", [(I, "B2", date(2027, 1, 2))],
     [("cell-date", "Indicatoren B2", "2027-01-02", "", "Maak van de cel tekst")]),
    ("an error as a target", [(O, "G2", Error("#N/A"))],
     [("target-not-read", "Onderdelen G2", "#N/A", "", "foutmelding")]),
    ("an error as a text", [(I, "B2", Error("#REF!"))], [("cell-error", "Indicatoren B2", "#REF!", "", "foutmelding")]),
    ("a formula without a result", [(O, "E2", Formula("=565+1"))],
     [("baseline-not-read", "Onderdelen E2", "=565+1", "", "geen opgeslagen uitkomst")]),
    ("a formula without a result in a text", [(I, "B2", Formula("=A1"))],
     [("cell-without-result", "Indicatoren B2", "=A1", "", "geen opgeslagen uitkomst")]),
    ("a missing sheet", [drop(O)], [("sheet-missing", "Onderdelen A1", "", "", "‘Onderdelen’ ontbreekt")]),
    ("a sheet with a typing error", [rename(T, "Onderwepen")],
     [("sheet-missing", "Onderwerpen A1", "", "Onderwepen", "Geef het werkblad ‘Onderwepen’ die naam"),
      ("sheet-unknown", "Onderwepen A1", "Onderwepen", "Onderwerpen", "hoort niet")]),
    ("an unknown sheet", [add("Kladblok", ["a"])], [("sheet-unknown", "Kladblok A1", "Kladblok", "", "hoort niet")]),
    ("a sheet twice", [add("Onderdelen ", ["a"])], [("sheet-twice", "Onderdelen  A1", "Onderdelen ", "", "twee keer")]),
    ("swapped sheets", [swap],
     [("sheets-swapped", "Indicatoren A1", "Indicatoren", "Onderdelen", "verwisseld"),
      ("sheets-swapped", "Onderdelen A1", "Onderdelen", "Indicatoren", "verwisseld")]),
    ("an empty sheet", [lambda sheets: sheets.update({O: []})],
     [("sheet-empty", "Onderdelen A1", "", "", "leeg")]),
    ("a title above the headings", [insert(O, 1, ["De onderdelen"])],
     [("headings-not-first", "Onderdelen A1", "", "", "rij 2")]),
    ("two rows with headings", [insert(O, 3, ["Indicator", "Naam", "Eenheid", "Richting"])],
     [("headings-twice", "Onderdelen A3", "Indicator", "", "nog een keer")]),
    ("a mistyped heading", [(O, "D1", "Riching")],
     [("column-missing", "Onderdelen A1", "", "", "‘richting’"),
      ("column-unknown", "Onderdelen D1", "Riching", "richting", "hoort niet")]),
    ("a missing column", [without_column(I, "Bron")],
     [("column-missing", "Indicatoren A1", "", "", "‘bron’ ontbreekt")]),
    ("an unknown column", [(I, "G1", "Prioriteit")],
     [("column-unknown", "Indicatoren G1", "Prioriteit", "", "hoort niet")]),
    ("a column without a heading", [(I, "G3", "opmerking")],
     [("column-without-heading", "Indicatoren G3", "opmerking", "", "geen kop")]),
    ("a column twice", [(I, "G1", "naam")], [("column-twice", "Indicatoren G1", "naam", "", "twee keer")]),
    ("a row with a total", [add(O, ["Totaal", None, None, None, 5565])],
     [("row-total", "Onderdelen A7", "Totaal", "", "totaal")]),
    ("an unknown topic", [(I, "C2", "prioriteit 9")],
     [("topic-unknown", "Indicatoren C2", "prioriteit 9", "", "Onderwerpen")]),
    ("no topic", [(I, "C2", None)], [("topic-missing", "Indicatoren C2", "", "", "prioriteit 1")]),
    ("an indicator under a theme", [(I, "C2", "thema 1")],
     [("theme-with-indicators", "Indicatoren C2", "V1", "", "geen indicatoren")]),
    ("a component without an indicator", [(O, "A6", "V44"), (O, "B6", None)],
     [("indicator-unknown", "Onderdelen A6", "V44", "V4", "Indicatoren")]),
    ("a component without a code", [(O, "A6", None)], [("indicator-missing", "Onderdelen A6", "", "", "code")]),
    ("an indicator without a component", [(O, "A3", "V1"), (O, "B2", "a"), (O, "B3", "b")],
     [("no-component", "Indicatoren A3", "V2", "", "Onderdelen")]),
    ("a name of a component twice", [(O, "B6", "Absoluut")],
     [("component-twice", "Onderdelen B6", "Absoluut", "", "heet ook")]),
    ("an unnamed component beside another", [(O, "B6", None)],
     [("component-unnamed", "Onderdelen B6", "", "", "geen naam")]),
    ("a negative number", [(O, "G2", -5)], [("target-not-read", "Onderdelen G2", "-5", "", "kleiner dan nul")]),
    ("a negative text", [(O, "E2", "-5")], [("baseline-not-read", "Onderdelen E2", "-5", "", "")]),
    ("decimals for a count", [(O, "E2", "1.234,5")],
     [("baseline-not-read", "Onderdelen E2", "1.234,5", "", "heel getal")]),
    ("a number with decimals for a count", [(O, "G2", 1234.5)],
     [("target-not-read", "Onderdelen G2", "1.234,5", "", "heel getal")]),
    ("a point for the comma", [(O, "G4", "6.3")], [("target-not-read", "Onderdelen G4", "6.3", "6,3", "komma")]),
    ("a sign without a number", [(O, "G2", "<")], [("target-not-read", "Onderdelen G2", "<", "", "streefwaarde")]),
    ("a target below zero", [(O, "G2", "<0")], [("target-not-read", "Onderdelen G2", "<0", "", "geen enkel cijfer")]),
    ("a grade over ten", [(O, "G4", 63)], [("target-not-read", "Onderdelen G4", "63", "6,3", "meer dan 10")]),
    ("a share over a hundred", [(O, "G3", "200")], [("target-not-read", "Onderdelen G3", "200", "", "100%")]),
    ("decimals for a count", [(O, "K1", "decimalen"), (O, "K2", 1)],
     [("decimals-range", "Onderdelen K2", "1", "", "geen decimalen")]),
    ("a word for a number", [(O, "K1", "decimalen"), (O, "K2", "geen")],
     [("not-a-number", "Onderdelen K2", "geen", "", "heel getal")]),
    ("a baseline year in the period", [(O, "F2", 2027)],
     [("baseline-year", "Onderdelen F2", "2027", "", "2026 of eerder")]),
    ("a year without a baseline", [(O, "E3", None)], [("baseline-missing", "Onderdelen F3", "2025", "", "nulmeting")]),
    ("planned years outside the period", [(I, "E3", "2028, 2031")],
     [("planned-year-outside", "Indicatoren E3", "2031", "", "2027-2030")]),
    ("planned years twice", [(I, "E3", "2028, 2028")],
     [("years-order", "Indicatoren E3", "2028, 2028", "", "hoogstens één keer")]),
    ("planned years in two digits", [(I, "E3", "'28")], [("not-a-year", "Indicatoren E3", "'28", "", "vier cijfers")]),
    ("a later first year without a reason", [(I, "G1", "vanaf"), (I, "G2", 2028)],
     [("no-change-reason", "Indicatoren A2", "", "", "waarom")]),
    ("a year in words", [(P, "B4", "2027-2030")], [("not-a-year", "Kadernota B4", "2027-2030", "", "vier cijfers")]),
    ("the year with a word", [(P, "B4", "jaar 2027")],
     [("not-a-year", "Kadernota B4", "jaar 2027", "2027", "vier cijfers")]),
    ("a period out of order", [(P, "B5", 2026)], [("period-order", "Kadernota B5", "2026", "", "Het laatste jaar")]),
    ("no title", [(P, "B2", None)], [("field-empty", "Kadernota B2", "", "", "‘titel’")]),
    ("an unknown field", [(P, "A6", "tittel"), (P, "B6", "x"), (P, "A2", "titel")],
     [("field-unknown", "Kadernota A6", "tittel", "", "geen gegeven")]),
    ("a field twice", [(P, "A6", "Titel"), (P, "B6", "x")],
     [("field-twice", "Kadernota A6", "Titel", "", "twee keer")]),
    ("a reserved address", [(P, "A6", "adres"), (P, "B6", "beheer")],
     [("slug-reserved", "Kadernota B6", "beheer", "", "andere pagina")]),
    ("signs in an address", [(P, "A6", "adres"), (P, "B6", "Veilig!")],
     [("slug-signs", "Kadernota B6", "Veilig!", "", "kleine letters")]),
    ("a wrong CBS code", [(P, "A6", "CBS-code"), (P, "B6", 394)], [("cbs-code", "Kadernota B6", "394", "", "GM0394")]),
    ("a wrong flag", [(P, "A6", "om te oefenen"), (P, "B6", "neen")],
     [("not-a-flag", "Kadernota B6", "neen", "nee", "ja of nee")]),
    ("an unknown kind", [(T, "A2", "priotiteit")],
     [("unknown-value", "Onderwerpen A2", "priotiteit", "prioriteit", "soort")]),
    ("no goal", [(T, "C2", None)], [("priority-without-goal", "Onderwerpen C2", "", "", "doel")]),
    ("no name", [(T, "B2", None)], [("text-empty", "Onderwerpen B2", "", "", "naam")]),
    ("two cycles of permits", [add(T, ["VTH", "Nog een", None])],
     [("vth-twice", "Onderwerpen A6", "vth", "", "hoogstens één")]),
    ("a topic twice", [(T, "D1", "nummer"), (T, "D2", 1), (T, "D3", 1), (I, "C4", "1"), (I, "C5", "1")],
     [("topic-twice", "Onderwerpen D3", "1", "", "nummer 1")]),
    ("a printed cell that differs", [add("Cellen zoals gedrukt", *CELLS, ["V1", "565", "550", "510"])],
     [("printed-differs", "Cellen zoals gedrukt D2", "510", "", "<500")]),
    ("printed cells twice", [add("Cellen zoals gedrukt", *CELLS, ["V1", "565"], ["V1", None, "550"])],
     [("row-twice", "Cellen zoals gedrukt A3", "V1", "", "rij 2")]),
    ("a break outside the period", [add("Methodebreuken", *BREAKS, ["V1", None, 2031, "Anders."])],
     [("break-outside", "Methodebreuken C2", "2031", "", "2027-2030")]),
    ("a break without a reason", [add("Methodebreuken", *BREAKS, ["V1", None, 2028, None])],
     [("text-empty", "Methodebreuken D2", "", "", "methodebreuk")]),
    ("a break of an unknown component", [add("Methodebreuken", *BREAKS, ["V4", "absolut", 2028, "Anders."])],
     [("component-unknown", "Methodebreuken B2", "absolut", "absoluut", "geen onderdeel")]),
    ("a reading of an unknown indicator", [add("Leeswijzen", *READINGS, ["W9", *READING[1:]])],
     [("indicator-unknown", "Leeswijzen A2", "W9", "", "Indicatoren")]),
    ("an alternative without its years", [add("Leeswijzen", *READINGS, [*READING, "streefwaarde", None, "<500"])],
     [("alternative-value", "Leeswijzen G2", "", "", "‘jaren’")]),
    ("an alternative that says nothing", [add("Leeswijzen", *READINGS, [*READING, None, None, "<500"])],
     [("alternative-changes", "Leeswijzen F2", "", "", "verandert")]),
    ("an alternative without a figure", [add("Leeswijzen", *READINGS, [*READING, "nulmeting", None, "veel"])],
     [("alternative-value", "Leeswijzen H2", "veel", "", "")]),
]  # fmt: skip


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize(("edits", "findings"), [mistake[1:] for mistake in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_a_mistake_is_answered_with_its_place(extension, edits, findings):
    actual = findings_of(read(extension, edited_sheets(*edits)))
    assert [finding[:4] for finding in actual] == [finding[:4] for finding in findings]
    for (*_, sentence), (*_, words) in zip(actual, findings, strict=True):
        assert words in sentence and sentence.endswith((".", "?"))


def test_there_are_enough_mistakes():
    assert len(MISTAKES) >= 30


@pytest.mark.parametrize("extension", FORMATS)
def test_all_mistakes_are_answered_at_once_in_the_order_of_the_sheets(extension):
    edits = [(O, "G2", "<"), (I, "A2", "V!1"), (O, "A2", "V!1"), (P, "B2", None), (T, "A5", "VHT"), (O, "C4", "kilo")]
    actual = findings_of(read(extension, edited_sheets(*edits, add("Kladblok", ["a"]))))
    assert [finding[:2] for finding in actual] == [
        ("field-empty", "Kadernota B2"),
        ("unknown-value", "Onderwerpen A5"),
        ("code-signs", "Indicatoren A2"),
        ("target-not-read", "Onderdelen G2"),
        ("unknown-value", "Onderdelen C4"),
        ("sheet-unknown", "Kladblok A1"),
    ]


@pytest.mark.parametrize("extension", FORMATS)
def test_merged_cells(extension):
    data = read(extension, filled_in(), merged=[(O, "E2:E3")])
    assert findings_of(data)[0][:2] == ("cells-merged", "Onderdelen E2")
    assert "E2:E3" in findings_of(data)[0][4]


@pytest.mark.parametrize("extension", FORMATS)
def test_a_hidden_sheet_is_refused(extension):
    data = read(extension, filled_in(), hidden_sheets=[O])
    assert [finding[:2] for finding in findings_of(data)] == [("sheet-hidden", "Onderdelen A1")]


@pytest.mark.parametrize("extension", FORMATS)
def test_a_hidden_row_is_read_and_named(extension):
    data = read(extension, filled_in(), hidden_rows=[(O, 3)])
    assert [described(notice, data)[:2] for notice in data.notices] == [("row-hidden", "Onderdelen A3")]
    assert {indicator.code for indicator in data.nota().indicators} == {"V1", "V2", "V3", "V4"}


def test_a_hidden_column_is_read_and_named():
    workbook = openpyxl.load_workbook(io.BytesIO(book("xlsx", filled_in())))
    workbook[O].column_dimensions["C"].hidden = workbook[O].column_dimensions["J"].hidden = True
    stream = io.BytesIO()
    workbook.save(stream)
    data = read_nota_sheet("nota.xlsx", stream.getvalue())
    notices = [described(notice, data) for notice in data.notices]
    assert [(code, place) for code, place, *_ in notices] == [("column-hidden", f"Onderdelen {c}1") for c in "CJ"]
    assert "(eenheid)" in notices[0][4] and "(2030)" in notices[1][4]
    assert findings_of(data) == []


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize(
    ("edits", "code", "place"),
    [
        ([(O, "G6", None), (O, "H5", ">6.000")], "target-against-direction", "Onderdelen H5"),
        ([(O, "H5", "500")], "jump-of-ten", "Onderdelen H5"),
        ([(O, "J4", "3")], "target-against-direction", "Onderdelen J4"),
        ([(O, "G2", "600"), (O, "H2", "590")], "target-met-by-baseline", "Onderdelen G2"),
    ],
)
def test_what_may_be_a_mistake_is_asked_with_its_place(extension, edits, code, place):
    data = read(extension, edited_sheets(*edits))
    asked = [described(question, data) for question in find_questions(data.nota())]
    assert (code, place) in [question[:2] for question in asked]


@pytest.mark.parametrize("extension", FORMATS)
def test_a_question_has_its_place_in_topics_out_of_order(extension):
    edits = [(T, "D1", "nummer"), (T, "D2", 2), (T, "D3", 1), (I, "C2", "2"), (I, "C3", "2"), (O, "H5", ">6.000")]
    data = read(extension, edited_sheets(*edits))
    (question,) = find_questions(data.nota())
    assert described(question, data)[1] == "Onderdelen H5" and data.nota().topics[0].name == "Zorg"


FILES = [
    ("nota.ods", b"", "leeg"),
    ("nota.xlsx", b"PK\x03\x04 kapot", "beschadigd"),
    ("nota.xlsx", book("ods", filled_in()), "ODS-werkblad (.ods)"),
    ("nota.xlsm", book("xlsx", filled_in()), "macro's"),
    ("nota.xlsx", zipped({"[Content_Types].xml": "<Types/>", "xl/vbaProject.bin": b""}), "macro's"),
    ("nota.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
    (
        "nota.ods",
        replaced(
            book("ods", filled_in()),
            **{"META-INF__manifest": f"<manifest:manifest {ODS_NAMES}><manifest:encryption-data/></manifest:manifest>"},
        ),
        "wachtwoord",
    ),
    ("nota.ods", b"x" * 5_000_001, "groter dan 5 MB"),
    ("nota.xlsx", zipped({"[Content_Types].xml": b" " * 70_000_000}), "te groot"),
    ("nota.ods", zipped({"mimetype": ODS_TYPE, "content.xml": b"<!DOCTYPE a><a/>"}), "DOCTYPE"),
    ("nota.xlsx", b"Veld;Waarde\n", "CSV"),
    ("nota.csv", b"Veld;Waarde\n", "CSV"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "words"), FILES)
def test_a_file_that_cannot_be_read_as_a_whole(name, content, words):
    data = read_nota_sheet(name, content)
    ((code, *_, sentence),) = findings_of(data)
    assert code == "file-refused" and words in sentence


@pytest.mark.parametrize("extension", FORMATS)
def test_the_number_of_rows_is_limited(extension):
    rows = [["V1", f"deel {number}", "aantal", "lager"] for number in range(MOST_ROWS)]
    actual = findings_of(read(extension, edited_sheets(add(O, *rows))))
    assert [finding[:2] for finding in actual] == [("sheet-too-large", "Onderdelen A1")]


@pytest.mark.parametrize("extension", FORMATS)
def test_many_mistakes_take_little_time(extension):
    rows = [[f"X{number}" + "x" * 50, None, "aantal", "lager"] for number in range(900)]
    content = book(extension, edited_sheets(add(O, *rows)))
    before = time.process_time()
    actual = findings_of(read_nota_sheet(f"nota.{extension}", content))
    assert len(actual) == 900 and time.process_time() - before < 4


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize(
    "text", ["=1+1", "+31 23 123", "-1", "@SUM(A1)", "<b>vet</b>", "<script>alert(1)</script>", "'x"]
)
def test_texts_that_look_like_formulas_or_markup_stay_texts(extension, text):
    nota = read(extension, edited_sheets((I, "B2", text), (T, "C2", text))).nota()
    assert nota.topics[0].goal == nota.topics[0].indicators[0].name == text


def test_a_finding_without_data_has_no_place():
    with pytest.raises(NotaRefused) as caught:
        read_nota_sheet("nota.ods", b"").nota()
    assert caught.value.findings[0].path == ()


ODD = [
    None, "", "x", 0, -1, 1.5, 1e300, float("inf"), 2027, "2027", "<", "1.234,5", True, Percent(0.2), Percent(7.0),
    Error("#REF!"), Formula("=A1"), date(2027, 1, 2), "\u200b", "'", "a\nb", "9" * 400, "x" * 30_000, "V1",
    "V2", "totaal",
]  # fmt: skip
CELLS_OF_SHEETS = [
    (name, f"{chr(65 + column)}{row + 1}")
    for name, rows in filled_in().items()
    for row, cells in enumerate(rows)
    for column in range(len(cells))
]


@given(
    edits=st.lists(st.tuples(st.sampled_from(CELLS_OF_SHEETS), st.sampled_from(ODD)), min_size=1, max_size=4),
    emptied=st.sets(st.sampled_from([T, I, O]), max_size=2),
)
@settings(max_examples=150)
def test_whatever_is_filled_in_every_finding_has_a_place(edits, emptied):
    def empty(sheets):
        for name in emptied:
            del sheets[name][1:]
        codes = ["V1", "V4", "V5"]
        sheets["Methodebreuken"] = [*BREAKS, *([code, None, 2028, "Anders."] for code in codes)]
        sheets["Cellen zoals gedrukt"] = [*CELLS, *([code, 565, 550] for code in codes)]
        sheets["Leeswijzen"] = [*READINGS, *([code, *READING[1:], "richting", None, "hoger"] for code in codes)]

    data = read("ods", edited_sheets(*((*place, value) for place, value in edits), empty))
    for code, where, _, _, sentence in findings_of(data):
        assert where and sentence, code
        assert not re.search("[‘ ](null|true|false|[a-z]+_[a-z]+)[’ ]", sentence), "words of JSON mean nothing here"
