"""The charts of a workbook: its own, so that they change with the figures and can be changed by who uses them.

The lines differ in dash and mark, not in colour alone, and each chart says in words what it shows.
"""

from collections.abc import Mapping
from typing import Any

from xlsxwriter.chart import Chart as WorkbookChart
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.document import Chart, Document, Table
from reports.writers.looks import ACCENT, HAIRLINE, INK, QUIET, STATUS_COLOURS
from reports.writers.xlsx_cells import put_text

WIDTH, HEIGHT = 440, 270  # pixels; a row of the sheet has 20, a column 64
ROWS_APART, COLUMNS_APART, FIRST_ROW, CHARTS_DOWN, PAGES = 15, 7, 3, 4, 20
_LINES: tuple[dict[str, Any], ...] = (
    {"line": {"color": f"#{ACCENT}", "width": 2.25}, "marker": {"type": "circle", "size": 6}},
    {
        "line": {"color": f"#{STATUS_COLOURS['at_risk']}", "width": 1.25, "dash_type": "dash"},
        "marker": {"type": "diamond", "size": 7},
    },
    {"line": {"color": f"#{QUIET}", "width": 1, "dash_type": "round_dot"}, "marker": {"type": "none"}},
)
_SHADES = ("1b6437", "e0b25c", "a3211c", "b9a6dd", "d5dadd", "eef0f1", "ffffff")  # they differ in lightness


def heading_row(document: Document) -> int:
    """The row of the headings in each sheet, counted from 0: under the caption and the marks."""
    return 1 + len(document.marks)


def draw_charts(workbook: Workbook, sheet: Worksheet, document: Document, tables: Mapping[str, Table]) -> None:
    """All charts of the document on one sheet, two beside each other. `tables` are by the names of their sheets."""
    sheet.set_print_scale(70)  # two charts on a page's width, and none cut in two
    sheet.set_h_pagebreaks([FIRST_ROW + ROWS_APART * CHARTS_DOWN * page for page in range(1, PAGES)])
    put_text(sheet, 0, 0, "Grafieken", workbook.add_format({"bold": True, "font_size": 12}))
    for row, mark in enumerate(document.marks, start=1):
        put_text(sheet, row, 0, mark, workbook.add_format({"bold": True}))
    for number, chart in enumerate(document.charts):
        head, table = heading_row(document), tables[chart.table]
        drawn = _stacked(workbook, chart, table, head) if chart.stacked else _lines(workbook, chart, table, head)
        drawn.set_title(
            {"name": chart.title, "name_font": {"size": 10, "bold": True, "color": f"#{INK}"}, "overlay": False}
        )
        drawn.set_legend({"position": "bottom", "font": {"size": 9}})
        drawn.set_size({"width": WIDTH, "height": HEIGHT})
        place = FIRST_ROW + number // 2 * ROWS_APART, number % 2 * COLUMNS_APART
        sheet.insert_chart(
            *place, drawn, {"description": chart.alt, "object_position": 1, "x_offset": 4, "y_offset": 4}
        )


def _axis(**more: Any) -> dict[str, Any]:
    return {"num_font": {"size": 9}, "line": {"color": f"#{QUIET}"}, **more}


def _lines(workbook: Workbook, chart: Chart, table: Table, head: int) -> WorkbookChart:
    """A line for each row; the headings are the years."""
    drawn = workbook.add_chart({"type": "line"})
    first, last = chart.columns[0], chart.columns[-1]
    for row, look in zip(chart.rows, _LINES, strict=True):
        place = head + 1 + row
        drawn.add_series(
            {
                "name": [chart.table, place, first - 1],
                "categories": [chart.table, head, first, head, last],
                "values": [chart.table, place, first, place, last],
                **look,
            }
        )
    drawn.set_x_axis(_axis())
    drawn.set_y_axis(_axis(min=0, major_gridlines={"visible": True, "line": {"color": f"#{HAIRLINE}", "width": 0.5}}))
    drawn.show_blanks_as("gap")
    return drawn


def _stacked(workbook: Workbook, chart: Chart, table: Table, head: int) -> WorkbookChart:
    """A bar for each row, cut into the columns; the first row on top."""
    drawn = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    first, last = head + 1 + chart.rows[0], head + 1 + chart.rows[-1]
    for shade, column in zip(_SHADES, chart.columns, strict=False):
        drawn.add_series(
            {
                "name": [chart.table, head, column],
                "categories": [chart.table, first, 0, last, 0],
                "values": [chart.table, first, column, last, column],
                "fill": {"color": f"#{shade}"},
                "border": {"color": f"#{QUIET}", "width": 0.75},
                "gap": 60,
            }
        )
    drawn.set_x_axis(_axis(major_gridlines={"visible": False}, min=0, major_unit=1))
    drawn.set_y_axis(_axis(reverse=True))
    return drawn
