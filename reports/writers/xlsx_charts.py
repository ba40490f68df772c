"""Native charts of a workbook, which follow the figures and can be edited.

Lines differ in dash and marker, not in colour alone; each chart has a text alternative.
"""

from typing import Any

from xlsxwriter.chart import Chart as WorkbookChart
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.document import Chart, Document
from reports.writers.looks import ACCENT, HAIRLINE, INK, QUIET, STATUS_COLOURS
from reports.writers.xlsx_cells import put_text

WIDTH, HEIGHT = 440, 270  # pixels; a row of the sheet has 20, a column 64
ROW_STEP, COLUMN_STEP, FIRST_ROW = 15, 7, 3  # cells
ROWS_PER_PAGE, MAX_PAGES = 4, 20
_LINES: tuple[dict[str, Any], ...] = (
    {"line": {"color": f"#{ACCENT}", "width": 2.25}, "marker": {"type": "circle", "size": 6}},
    {
        "line": {"color": f"#{STATUS_COLOURS['at_risk']}", "width": 1.25, "dash_type": "dash"},
        "marker": {"type": "diamond", "size": 7},
    },
    {"line": {"color": f"#{QUIET}", "width": 1, "dash_type": "round_dot"}, "marker": {"type": "none"}},
)
_SHADES = ("1b6437", "e0b25c", "a3211c", "b9a6dd", "d5dadd", "eef0f1", "ffffff")  # differ in lightness


def heading_row(document: Document) -> int:
    """Return the row of the headings in each sheet, counted from 0: below the caption and the marks."""
    return 1 + len(document.marks)


def draw_charts(workbook: Workbook, sheet: Worksheet, document: Document) -> None:
    """Draw all charts of the document on one sheet, two next to each other."""
    sheet.set_print_scale(70)  # two charts across a page; the page breaks fall between charts
    sheet.set_h_pagebreaks([FIRST_ROW + ROW_STEP * ROWS_PER_PAGE * page for page in range(1, MAX_PAGES)])
    put_text(sheet, 0, 0, "Grafieken", workbook.add_format({"bold": True, "font_size": 12}))
    for row, mark in enumerate(document.marks, start=1):
        put_text(sheet, row, 0, mark, workbook.add_format({"bold": True}))
    for number, chart in enumerate(document.charts):
        draw = _stacked_bars if chart.stacked else _lines
        drawing = draw(workbook, chart, heading_row(document))
        drawing.set_title(
            {"name": chart.title, "name_font": {"size": 10, "bold": True, "color": f"#{INK}"}, "overlay": False}
        )
        drawing.set_legend({"position": "bottom", "font": {"size": 9}})
        drawing.set_size({"width": WIDTH, "height": HEIGHT})
        place = FIRST_ROW + number // 2 * ROW_STEP, number % 2 * COLUMN_STEP
        sheet.insert_chart(
            *place, drawing, {"description": chart.alt, "object_position": 1, "x_offset": 4, "y_offset": 4}
        )


def _axis(**more: Any) -> dict[str, Any]:
    return {"num_font": {"size": 9}, "line": {"color": f"#{QUIET}"}, **more}


def _lines(workbook: Workbook, chart: Chart, head: int) -> WorkbookChart:
    """Return a line chart with a line for each row; the headings are the years."""
    drawing = workbook.add_chart({"type": "line"})
    first, last = chart.columns[0], chart.columns[-1]
    for row, look in zip(chart.rows, _LINES, strict=True):
        line = head + 1 + row
        drawing.add_series(
            {
                "name": [chart.table, line, first - 1],
                "categories": [chart.table, head, first, head, last],
                "values": [chart.table, line, first, line, last],
                **look,
            }
        )
    drawing.set_x_axis(_axis())
    drawing.set_y_axis(_axis(min=0, major_gridlines={"visible": True, "line": {"color": f"#{HAIRLINE}", "width": 0.5}}))
    drawing.show_blanks_as("gap")
    return drawing


def _stacked_bars(workbook: Workbook, chart: Chart, head: int) -> WorkbookChart:
    """Return a bar chart with a bar for each row, divided into the columns; the first row on top."""
    drawing = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    first, last = head + 1 + chart.rows[0], head + 1 + chart.rows[-1]
    for shade, column in zip(_SHADES, chart.columns, strict=False):
        drawing.add_series(
            {
                "name": [chart.table, head, column],
                "categories": [chart.table, first, 0, last, 0],
                "values": [chart.table, first, column, last, column],
                "fill": {"color": f"#{shade}"},
                "border": {"color": f"#{QUIET}", "width": 0.75},
                "gap": 60,
            }
        )
    drawing.set_x_axis(_axis(major_gridlines={"visible": False}, min=0, major_unit=1))
    drawing.set_y_axis(_axis(reverse=True))
    return drawing
