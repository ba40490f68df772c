"""ODS, read back with odfdo and as XML: exact text, figures as numbers, no formulas from text."""

import io
import xml.etree.ElementTree as ET
import zipfile
from decimal import Decimal

import odfdo
import pytest

from reports.document import Cell, Column, Figure, List, Notice, Paragraph, Section, Table
from reports.formats import get_format
from reports.writers.ods import write
from reports.writers.opendocument import inline
from reports.writers.spreadsheet import number_style
from reports.writers.xlsx_cells import number_format_of
from tests.reports.writers_sample import BROKEN, BROKEN_CLEANED, HOSTILE, SVG, sample

pytestmark = pytest.mark.engine_free

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def raw(document) -> bytes:
    stream = io.BytesIO()
    write(document, stream)
    return stream.getvalue()


def xml_part(content: bytes, name: str = "content.xml") -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return ET.fromstring(package.read(name))


def written(element: ET.Element) -> str:
    """Return the text of an element with its encoded spaces."""
    text = element.text or ""
    for child in element:
        text += " " * int(child.get(f"{TEXT}c", 1)) if child.tag == f"{TEXT}s" else "\t" * (child.tag == f"{TEXT}tab")
        text += child.tail or ""
    return text


def sheets(content: bytes) -> dict[str, list[list[tuple[str, ET.Element]]]]:
    """Return the rows of each sheet: for each cell its text and element."""
    rows_by_sheet = {}
    for table in xml_part(content).iter(f"{TABLE}table"):
        rows = [
            [("\n".join(map(written, cell.findall(f"{TEXT}p"))), cell) for cell in row]
            for row in table.iter(f"{TABLE}table-row")
        ]
        rows_by_sheet[table.get(f"{TABLE}name")] = rows
    return rows_by_sheet


def test_every_cell_says_its_text():
    document = sample(draft=True, practice=True)
    tables = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    sheet_rows = list(sheets(raw(document)).values())[1:]
    assert len(sheet_rows) == len(tables) + 1 == 5
    for rows, table in zip(sheet_rows, [*tables, document.data], strict=True):
        texts = [[text for text, _ in row] for row in rows]
        assert [row[0] for row in texts[:3]] == [table.caption, *document.marks]
        assert texts[3] == [column.heading for column in table.columns]
        body = texts[4 : 4 + len(table.rows)]
        assert body == [[cell.text for cell in row] for row in table.rows]
        assert [row[0] for row in texts[4 + len(table.rows) :] if row[0]] == list(table.footnotes)


def test_exact_figures_are_numbers_and_the_rest_is_text():
    document = sample()
    rows = sheets(raw(document))["Gegevens"][2:]
    for row, cells in zip(rows, document.data.rows, strict=True):
        for (_, element), cell in zip(row, cells, strict=True):
            kind, value = element.get(f"{OFFICE}value-type"), element.get(f"{OFFICE}value")
            if number_format_of(cell) is None:
                assert kind == ("string" if cell.text else None) and value is None
            else:
                assert kind == ("percentage" if cell.unit else "float")
                assert Decimal(value) * (100 if cell.unit else 1) == cell.number


@pytest.mark.parametrize(
    ("form", "kind", "places", "grouped", "tail"),
    [
        ("0", "number-style", "0", None, None),
        ("#,##0", "number-style", "0", "true", None),
        ('#,##0.00"*"', "number-style", "2", "true", "*"),
        ("0.00%", "percentage-style", "2", None, "%"),
        ('0%" (concept)"', "percentage-style", "0", None, "% (concept)"),
    ],
)
def test_number_styles_say_what_the_format_says(form, kind, places, grouped, tail):
    spaces = (
        'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    )
    style = ET.fromstring(f"<x {spaces}>{number_style('n', form)}</x>")[0]
    number = style.find(f"{NUMBER}number")
    assert style.tag == f"{NUMBER}{kind}"
    assert (number.get(f"{NUMBER}decimal-places"), number.get(f"{NUMBER}grouping")) == (places, grouped)
    assert style.findtext(f"{NUMBER}text") == tail


def test_a_format_that_says_more_is_refused():
    with pytest.raises(ValueError, match="no number style"):
        number_style("n", "dd-mm-yyyy")


@pytest.mark.parametrize("text", [*HOSTILE, BROKEN, "  twee  blanks ", "a\tb", "geschiedenis'"])
def test_hostile_text_in_every_place(text):
    clean = BROKEN_CLEANED if text == BROKEN else text
    table = Table(text, (Column(text, kind="heading"),), ((Cell(text),),), footnotes=(text,), name=text)
    blocks = (Paragraph(text), List((text,)), Notice(text), Figure(SVG, text, text), table, table)
    document = sample(
        title=text,
        subtitle=text,
        organisation=text,
        author=text,
        details=((text, text),),
        sections=(Section(text, 1, blocks),),
        data=table,
    )
    content = raw(document)
    texts = [text for rows in sheets(content).values() for row in rows for text, _ in row]
    assert texts.count(clean) >= 5
    assert b"table:formula" not in zipfile.ZipFile(io.BytesIO(content)).read("content.xml")
    names = [name.casefold() for name in sheets(content)]
    assert len(set(names)) == len(names) == 4
    assert odfdo.Document(io.BytesIO(content)).meta.title == document.title


def test_the_package_and_its_facts():
    document = sample(draft=True)
    content = raw(document)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", 0)
        assert package.read(first).decode() == get_format("ods").media_type
    meta = odfdo.Document(io.BytesIO(content)).meta
    assert meta.title == document.title and meta.language == "nl-NL"
    page_head = xml_part(content, "styles.xml").find(f".//{STYLE}header/{TEXT}p")
    assert written(page_head).startswith("CONCEPT · ")


def test_headings_are_repeated_and_the_data_can_be_filtered():
    content = xml_part(raw(sample()))
    tables = list(content.iter(f"{TABLE}table"))[1:]
    assert all(len(table.find(f"{TABLE}table-header-rows")) == 2 for table in tables)
    (area,) = content.iter(f"{TABLE}database-range")
    last = 2 + len(sample().data.rows)
    assert area.get(f"{TABLE}target-range-address").startswith("'Gegevens'.A2:'Gegevens'.")
    assert area.get(f"{TABLE}target-range-address").endswith(str(last))


def test_a_status_stands_apart_and_the_reading_sheet_fits_on_paper():
    text = ET.tostring(xml_part(raw(sample())), encoding="unicode")
    assert 'column-width="178mm"' in text and "200mm" not in text
    assert text.count('margin-left="2mm"') >= 2  # of a heading and of a status


def test_every_style_that_is_named_is_there():
    content = xml_part(raw(sample(draft=True)))
    defined = {style.get(f"{STYLE}name") for style in content.iter() if style.get(f"{STYLE}name")}
    used = {style.get(f"{TABLE}style-name") for style in content.iter() if style.get(f"{TABLE}style-name")}
    data = {style.get(f"{STYLE}data-style-name") for style in content.iter() if style.get(f"{STYLE}data-style-name")}
    assert used | data <= defined and used and data


def test_the_same_document_gives_the_same_bytes():
    assert raw(sample()) == raw(sample())


def test_blanks_are_kept():
    assert inline(" a  b") == '<text:s text:c="1"/>a<text:s text:c="2"/>b'
    assert inline("a\tb & c") == "a<text:tab/>b &amp; c"
