"""CSV: one heading row, decimal commas, and no cell that a spreadsheet program would evaluate."""

import csv
import io
from decimal import Decimal

import pytest

from reports.document import Cell, Column, Table
from reports.writers.csv import write
from tests.reports.writers_sample import data_table, sample

pytestmark = pytest.mark.engine_free


def raw(document) -> bytes:
    stream = io.BytesIO()
    write(document, stream)
    return stream.getvalue()


def rows(document) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw(document).decode("utf-8-sig"), newline=""), delimiter=";"))


def table_of(*cells: Cell) -> Table:
    return Table("Gegevens", (Column("Kop"),), tuple((cell,) for cell in cells))


def expected(cell: Cell) -> str:
    if cell.number is not None:
        return str(cell.number)
    return "'" + cell.text if cell.text[:1] in ("=", "+", "-", "@") else cell.text


def test_every_cell_comes_back():
    table = data_table()
    head, *body = rows(sample())
    assert head == [column.heading for column in table.columns]
    assert body == [[expected(cell) for cell in row] for row in table.rows]
    assert len(body) == 32


def test_the_file_is_what_a_dutch_spreadsheet_expects():
    data = raw(sample(draft=True, practice=True))
    assert data.startswith(b"\xef\xbb\xbfCode;Indicator;Jaar;")
    assert data.endswith(b"\r\n")
    assert data == raw(sample(draft=True, practice=True))
    quoted = raw(sample(data=table_of(Cell("een\ntwee"))))
    assert quoted == b'\xef\xbb\xbfKop\r\n"een\ntwee"\r\n'


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (Cell("1.177", number=Decimal(1177), decimals=0), "1177"),
        (Cell("22,50%", number=Decimal("22.5"), decimals=2, unit="%"), "22,50"),
        (Cell("6,2", number=Decimal("6.2"), decimals=1), "6,2"),
        (Cell("6,25", number=Decimal("6.25"), decimals=1), "6,25"),
        (Cell("-3", number=Decimal(-3), decimals=0), "-3"),
        (Cell("999999999999999", number=Decimal("999999999999999"), decimals=0), "999999999999999"),
        (Cell("<5"), "<5"),
        (Cell("-3"), "'-3"),
        (Cell("=1+1"), "'=1+1"),
        (Cell("+1"), "'+1"),
        (Cell("@SUM(1)"), "'@SUM(1)"),
        (Cell("\t=1"), "'\t=1"),
        (Cell("\r=1"), "'\n=1"),
        (Cell("  =1"), "'  =1"),
        (Cell("＝1"), "'＝1"),
        (Cell("a=1"), "a=1"),
        (Cell("punt; \"komma\", 'x'"), "punt; \"komma\", 'x'"),
        (Cell(""), ""),
    ],
)
def test_a_cell(cell, written):
    assert rows(sample(data=table_of(cell, Cell("einde"))))[1:] in ([[written], ["einde"]], [[], ["einde"]])
    assert rows(sample(data=table_of(cell, Cell("einde"))))[1] == ([written] if written else [""])


def test_headings_are_guarded_too():
    assert rows(sample(data=Table("x", (Column("=A1"), Column("B")), ()))) == [["'=A1", "B"]]


def test_without_data_there_is_no_csv():
    with pytest.raises(ValueError, match="no table of data"):
        raw(sample(data=None))
