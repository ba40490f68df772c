"""The sortable table of indicators: a row for each indicator on the page, for each component in a file.

django-tables2 owns the columns, their order and the sorting. The `render` methods return the cells of the page, the
`value` methods those of a file: a list of cells, one for each component.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from indicators.charts import sparkline_svg
from indicators.domain.assessment import WORST_FIRST
from indicators.domain.values import NoValue, Value
from indicators.pages.badges import DRAFT_BADGE, mark, part_lines
from indicators.pages.links import Links
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.sentences import figure_status_words, row_status_words, target_note
from reports.appendix.cells import NOTHING, figure_cell, status_cell, target_cell, value_cell
from reports.document import Cell, Kind

SortKey = tuple[int, Decimal]
UNKNOWN_LAST: SortKey = (1, Decimal(0))


@dataclass(frozen=True)
class TableRecord:
    """A record of the table: an indicator with its sort keys. `order` is its position in the nota.

    Unknown values come last; a withheld count sorts as the highest value that it can be.
    """

    row: IndicatorRow
    order: int
    year: int

    @property
    def baseline(self) -> SortKey:
        """The sort key of the baseline of the first component."""
        return _key(self.row.components[0].baseline)

    @property
    def years(self) -> dict[str, SortKey]:
        """The sort keys of the measurements of the first component, by year."""
        return {str(year): _key(figure.value) for year, figure in self.row.components[0].figures.items()}

    @property
    def target(self) -> SortKey:
        """The sort key of the target of the first component: the number that decides whether it is met."""
        part = self.row.components[0]
        target = part.figures[self.year].target
        return (0, target.deciding(part.direction).number) if target else UNKNOWN_LAST

    @property
    def status(self) -> int:
        """The sort key of the status: worst first."""
        return WORST_FIRST.index(self.row.statuses[self.year])


def _key(value: Value | None) -> SortKey:
    return UNKNOWN_LAST if value is None or isinstance(value, NoValue) else (0, value.highest)


class IndicatorColumn(tables.Column):  # type: ignore[misc]  # django-tables2 has no types
    """A column of the table, with the `kind` and `width` of its column in a file (reports.document.Column)."""

    def __init__(self, header: str, *, kind: Kind = "text", width: int = 10, **options: Any) -> None:
        if kind == "figure":
            options = {"attrs": {"th": {"class": "figure"}, "td": {"class": "figure"}}} | options
        super().__init__(header, **{"accessor": "row", "empty_values": ()} | options)
        self.kind, self.width = kind, width

    def value(self, value: Any, record: TableRecord) -> list[Cell]:
        """Return a text of the indicator, for each component."""
        return [Cell(value) for _ in record.row.components]


class FileColumn(IndicatorColumn):
    """A column that is only in files."""

    def __init__(self, header: str, **options: Any) -> None:
        super().__init__(header, visible=False, orderable=False, **options)


class YearColumn(IndicatorColumn):
    """The column with the measurements of a year."""

    def __init__(self, year: int, *, is_selected: bool) -> None:
        attrs = {cell: {"class": "figure selected" if is_selected else "figure"} for cell in ("th", "td")}
        super().__init__(str(year), kind="figure", width=8, order_by=f"years__{year}", attrs=attrs)
        self.year = year

    def render(self, value: IndicatorRow) -> SafeString:
        """Show the measurement of each component; a draft is marked as such."""
        cell = part_lines([(part, figure.printed or NOTHING) for part, figure in value.figures(self.year)])
        return mark_safe(f"{cell} {DRAFT_BADGE}") if value.has_draft(self.year) else cell

    def value(self, value: IndicatorRow, record: TableRecord) -> list[Cell]:
        """Return the measurements. Drafts are marked in another column, so that the figure stays a number."""
        return [
            value_cell(figure.value, figure.printed, part) if figure.is_draft else figure_cell(part, figure)
            for part, figure in value.figures(self.year)
        ]


class IndicatorTable(tables.Table):  # type: ignore[misc]  # django-tables2 has no types
    """The indicators of a priority, or of another group, in one year."""

    code = FileColumn("Code", width=6, accessor="row__code")
    name = IndicatorColumn("Indicator", kind="heading", width=34, order_by="order", attrs={"th": {"class": "name"}})
    component = FileColumn("Onderdeel", width=14)
    source = IndicatorColumn("Bron", accessor="row__source")
    baseline = IndicatorColumn("Nulmeting", kind="figure", width=9, order_by="baseline")
    baseline_year = FileColumn("Jaar nulmeting", kind="figure", width=8)

    class Meta:
        template_name = "django_tables2/monitor.html"
        empty_text = "Geen enkele indicator voldoet aan deze keuze."

    def __init__(
        self, rows: Iterable[IndicatorRow], *, overview: Overview, year: int, links: Links, caption: str, sort: str
    ) -> None:
        """Build the table of these indicators, in the order of the nota; `sort` is the order in the query."""
        self.caption, self.overview, self.year, self.links = caption, overview, year, links
        self.is_final = year == overview.last_year
        target_attrs = {"th": {"class": "figure"}, "td": {"class": "figure target"}}
        target = IndicatorColumn(f"Streefwaarde {year}", kind="figure", width=12, order_by="target", attrs=target_attrs)
        columns = [(f"jaar{other}", YearColumn(other, is_selected=other == year)) for other in overview.years]
        columns += [
            ("target", target),
            ("status", IndicatorColumn(f"Stand {year}", kind="status", width=16, order_by="status")),
            ("course", IndicatorColumn("Verloop", orderable=False, exclude_from_export=True)),
            ("draft_years", FileColumn("Concept", exclude_from_export=not overview.with_drafts)),
        ]
        records = [TableRecord(row, order, year) for order, row in enumerate(rows)]
        # django-tables2 ignores names of columns that it does not have, but fails on anything that is no name.
        order_by = sort if sort.removeprefix("-").isidentifier() else ""
        super().__init__(records, extra_columns=columns, order_by=order_by)

    @property
    def file_columns(self) -> list[tables.columns.BoundColumn]:
        """The columns of a file, in order."""
        return [column for column in self.columns.iterall() if not column.column.exclude_from_export]

    def file_rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows of a file in the order of the page, one for each component. No queries."""
        # Not as_values(): that turns cells into text, and a sheet holds numbers.
        names = [column.name for column in self.file_columns]
        for row in self.rows:
            yield from zip(*(row.get_cell_value(name) for name in names), strict=True)

    def render_name(self, value: IndicatorRow) -> SafeString:
        """Link to the indicator, with the names of its components below where it has several."""
        name = format_html(
            '<a href="{}"><span class="code">{}</span> {}</a>',
            self.links.indicator(value.code),
            value.code,
            value.name,
        )
        if len(value.components) == 1:
            return name
        parts = ((part.name,) for part in value.components)
        return name + format_html_join("", '<span class="part" aria-hidden="true">{}</span>', parts)

    def value_name(self, value: IndicatorRow) -> list[Cell]:
        """Return the name, for each component."""
        return [Cell(value.name) for _ in value.components]

    def value_component(self, value: IndicatorRow) -> list[Cell]:
        """Return the names of the components."""
        return [Cell(part.name) for part in value.components]

    def render_baseline(self, value: IndicatorRow) -> SafeString:
        """Show the baseline of each component."""
        return part_lines([(part, baseline_text(part, self.overview.baseline_year)) for part in value.components])

    def value_baseline(self, value: IndicatorRow) -> list[Cell]:
        """Return the baselines; their years are in another column."""
        return [value_cell(part.baseline, part.baseline_printed, part) for part in value.components]

    def value_baseline_year(self, value: IndicatorRow) -> list[Cell]:
        """Return the years of the baselines."""
        return [Cell(str(part.baseline_year or NOTHING)) for part in value.components]

    def render_target(self, value: IndicatorRow) -> SafeString:
        """Show the target as printed in the nota, and where that of another version differs."""
        notes = [(part, note) for part, figure in value.figures(self.year) if (note := target_note(figure))]
        texts = ((f"{part.name}: {note}" if part.name else note,) for part, note in notes)
        cell = value.target_cell(self.year) or NOTHING
        return format_html("{}{}", cell, format_html_join("", ' <span class="note">{}</span>', texts))

    def value_target(self, value: IndicatorRow) -> list[Cell]:
        """Return the targets."""
        return [target_cell(part, figure) for part, figure in value.figures(self.year)]

    def render_status(self, value: IndicatorRow) -> SafeString:
        """Show the status of the indicator: a sign and words."""
        return mark(value.statuses[self.year], row_status_words(value, self.year, final=self.is_final))

    def value_status(self, value: IndicatorRow) -> list[Cell]:
        """Return the status of the indicator, for each component, in the words of the page."""
        if len(value.components) > 1:
            return [status_cell(value.statuses[self.year], final=self.is_final) for _ in value.components]
        figure = value.components[0].figures[self.year]
        return [Cell(figure_status_words(figure, final=self.is_final), status=figure.status.value)]

    def render_course(self, value: IndicatorRow) -> SafeString:
        """Show the years as a sparkline for each component."""
        lines = [sparkline_svg(part, self.year) for part in value.components]
        return lines[0] if len(lines) == 1 else format_html_join("", '<span class="part">{}</span>', zip(lines))

    def value_draft_years(self, value: IndicatorRow) -> list[Cell]:
        """Return the years with a draft figure."""
        drafts = [[str(year) for year, figure in part.figures.items() if figure.is_draft] for part in value.components]
        return [Cell(", ".join(years)) for years in drafts]


def baseline_text(part: ComponentRow, usual_year: int) -> str:
    """Return the baseline for a cell, with its year unless that is the usual one: 22% (2016)."""
    if not part.baseline_printed or part.baseline_year == usual_year:
        return part.baseline_printed or NOTHING
    return f"{part.baseline_printed} ({part.baseline_year})"
