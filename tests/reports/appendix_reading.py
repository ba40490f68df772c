"""Read the tables of an appendix back from each format, as rows of displayed text."""

import csv
import io
import re
import unicodedata
import zipfile
from decimal import Decimal
from functools import lru_cache

import lxml.etree as ET
import lxml.html
import openpyxl
import pikepdf

from tests.reports.writers_pdf_reader import Node, page_texts, read_tree

Rows = list[list[str]]
OFFICE, TABLE, TEXT, STYLE, NUMBER = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for name in ("office", "table", "text", "style", "datastyle")
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def bare(text: str) -> str:
    """Return text without spaces and soft hyphens, which line breaking adds and removes."""
    return re.sub("[\\s\u200b\u00ad\u00a0]", "", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=2)
def pdf_read(content: bytes) -> tuple[pikepdf.Pdf, Node]:
    """Return the PDF and its tag tree; cached for its tables and lines."""
    pdf = pikepdf.open(io.BytesIO(content))
    return pdf, read_tree(pdf)


def pdf_tables(content: bytes) -> list[Rows]:
    """Return every table from the tags. Status symbols are artifacts and not included."""
    rows = [table.find("TR") for table in pdf_read(content)[1].find("Table")]
    return [[[bare(cell.text) for cell in row.find("TH", "TD")] for row in table] for table in rows]


def docx_tables(content: bytes) -> list[Rows]:
    """Return every table."""
    return [
        [[bare(word_text(cell)) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")]
        for table in docx_body(content).findall(f"{W}tbl")
    ]


def docx_body(content: bytes) -> ET.Element:
    """Return the body of a Word document as XML, since reading cells with python-docx takes ten times as long."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return ET.fromstring(package.read("word/document.xml")).find(f"{W}body")


def word_text(element: ET.Element) -> str:
    """Return the text that Word displays, without spaces."""
    return "".join(part.text or "" for part in element.iter(f"{W}t"))


@lru_cache(maxsize=2)
def xlsx_tables(content: bytes) -> list[Rows]:
    """Return every sheet, with numbers as a Dutch spreadsheet program displays them."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[[bare(displayed(cell)) for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets]


@lru_cache(maxsize=2)
def ods_tables(content: bytes) -> list[Rows]:
    """Return every sheet, with the text of each cell after the symbol of its style."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = ET.fromstring(package.read("content.xml"))
    texts = {
        style.get(f"{STYLE}name"): style.findtext(f"{NUMBER}text", "") for style in root.iter(f"{NUMBER}text-style")
    }
    signs = {
        style.get(f"{STYLE}name"): texts.get(style.get(f"{STYLE}data-style-name"), "")
        for style in root.iter(f"{STYLE}style")
    }
    assert not [e for e in root.iter(f"{TABLE}table-cell", f"{TABLE}table-row") if "repeated" in " ".join(e.keys())]
    return [
        [
            [
                bare(signs.get(cell.get(f"{TABLE}style-name"), "") + "".join(cell.itertext()))
                for cell in row.findall(f"{TABLE}table-cell")
            ]
            for row in table.iter(f"{TABLE}table-row")
        ]
        for table in root.iter(f"{TABLE}table")
    ]


def displayed(cell) -> str:
    """Return the value of a cell in its number format."""
    value, form = cell.value, cell.number_format
    if value is None:
        return ""
    if isinstance(value, str) and cell.data_type == "f":
        return "="
    if isinstance(value, str):
        prefix = re.fullmatch('"([^"]*)"@', form)
        return (prefix[1] if prefix else "") + value
    whole, decimals, rest = re.fullmatch(r'(#,##0|0)(\.0+)?((?:"[^"]*"|%)*)', form).groups()
    number = Decimal(str(value)) * (100 if "%" in rest.replace('"', "") else 1)
    places = len(decimals or ".") - 1
    assert number == round(number, places), "the format hides digits"
    written = f"{number:{',' if ',' in whole else ''}.{places}f}".translate(str.maketrans(",.", ".,"))
    return written + rest.replace('"', "")


def csv_rows(content: bytes) -> list[dict[str, str]]:
    """Return the rows of the CSV, by heading."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def everything(content: bytes) -> str:
    """Return all contents of a file: every unpacked part, every stream, all metadata and text."""
    parts = [content.decode("latin-1"), content.decode("utf-8", "ignore")]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts += [name + archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()]
    if content.startswith(b"%PDF"):
        pdf, tree = pdf_read(content)
        parts += [tree.text, *("".join(page_texts(page).values()) for page in pdf.pages)]
        for item in pdf.objects:
            is_stream = isinstance(item, pikepdf.Stream)
            parts.append(item.read_bytes().decode("utf-8", "ignore") if is_stream else str(item))
        parts += [str(node.element.Alt) for node in tree.find("Figure") if "/Alt" in node.element]
    return bare("\n".join(parts))


def odt_tables(content: bytes) -> list[Rows]:
    """Return every table."""
    return [
        [[bare("".join(cell.itertext())) for cell in row] for row in table.iter(f"{TABLE}table-row")]
        for table in odt_body(content).iter(f"{TABLE}table")
    ]


def odt_body(content: bytes) -> ET.Element:
    """Return the body of an ODT as XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return ET.fromstring(package.read("content.xml")).find(f".//{OFFICE}text")


def html_tables(content: bytes) -> list[Rows]:
    """Return every table without caption."""
    page = lxml.html.document_fromstring(content.decode())
    return [[[bare(cell.text_content()) for cell in row] for row in table.iter("tr")] for table in page.iter("table")]


def pdf_lines(content: bytes) -> list[str]:
    return [bare(node.text) for node in pdf_read(content)[1].find("P", "H1", "H2", "H3")]


def docx_lines(content: bytes) -> list[str]:
    return [bare(word_text(paragraph)) for paragraph in docx_body(content).findall(f"{W}p")]


def sheet_lines(rows: list[Rows]) -> list[str]:
    """Return the first sheet, with all text outside tables, and the first column of the others, with footnotes."""
    return [row[0] for sheet in rows for row in sheet if row]


def odt_lines(content: bytes) -> list[str]:
    return [bare("".join(e.itertext())) for e in odt_body(content).iter() if e.tag in (f"{TEXT}p", f"{TEXT}h")]


def html_lines(content: bytes) -> list[str]:
    page = lxml.html.document_fromstring(content.decode())
    return [bare(element.text_content()) for element in page.iter("p", "h1", "h2", "h3", "h4", "li")]


READERS = {
    "odt": odt_tables, "ods": ods_tables, "pdf": pdf_tables, "docx": docx_tables, "xlsx": xlsx_tables,
    "html": html_tables,
}  # fmt: skip
# Text outside tables, in reading order: headings and paragraphs.
LINES = {
    "odt": odt_lines, "ods": lambda content: sheet_lines(ods_tables(content)), "pdf": pdf_lines, "docx": docx_lines,
    "xlsx": lambda content: sheet_lines(xlsx_tables(content)), "html": html_lines,
}  # fmt: skip
