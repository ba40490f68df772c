"""The table of a priority: one row an indicator, texts and sort keys ready; django-tables2 sorts and writes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from indicators.charts import sparkline_svg
from indicators.domain.assessment import WORST_FIRST
from indicators.domain.values import Known, NoValue, Value
from indicators.pages.badges import DRAFT_BADGE, mark, part_lines
from indicators.pages.links import Links
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview, PriorityRow
from indicators.readmodel.statuses import row_words

UNKNOWN_LAST = (1, Decimal(0))
RIGHT = {"th": {"class": "figure"}}


@dataclass(frozen=True)
class TableLine:
    """An indicator as a row of the table. Of each text that is sorted by value the key stands beside it."""

    name: SafeString
    name_key: int
    source: str
    baseline: SafeString
    baseline_key: tuple[int, Decimal]
    years: dict[str, SafeString]
    year_keys: dict[str, tuple[int, Decimal]]
    target: str
    target_key: tuple[int, Decimal]
    status: SafeString
    status_key: int
    course: SafeString


class IndicatorTable(tables.Table):
    """The indicators of a priority in one year."""

    name = tables.Column("Indicator", order_by="name_key", attrs={"th": {"class": "name"}})
    source = tables.Column("Bron")
    baseline = tables.Column("Nulmeting", order_by="baseline_key", attrs=RIGHT)

    class Meta:
        template_name = "django_tables2/monitor.html"
        orderable = True
        empty_text = "Geen enkele indicator voldoet aan deze keuze."

    def __init__(
        self, lines: Iterable[TableLine], *, overview: Overview, year: int, caption: str, **kwargs: Any
    ) -> None:
        self.caption = caption
        self.year = year
        extra = [(f"jaar{other}", _year_column(overview, other, year)) for other in overview.years]
        extra += [
            ("target", tables.Column(f"Streefwaarde {year}", order_by="target_key", attrs=RIGHT)),
            ("status", tables.Column(f"Stand {year}", order_by="status_key")),
            ("course", tables.Column("Verloop", orderable=False)),
        ]
        super().__init__(list(lines), extra_columns=extra, **kwargs)

    @property
    def body(self) -> SafeString:
        """The rows of the table's body, in the order asked for. Written here: a template takes five times as long."""
        lines = [row.record for row in self.rows]
        if not lines:
            return format_html('<tr><td colspan="{}">{}</td></tr>', len(self.columns), self.empty_text)
        return mark_safe("".join(_written(line, self.year) for line in lines))


def _written(line: TableLine, year: int) -> str:
    cells = [
        f'<tr><th scope="row">{line.name}</th><td>{escape(line.source)}</td><td class="figure">{line.baseline}</td>'
    ]
    for name, text in line.years.items():
        cells.append(f'<td class="figure{" shown" if name == f"jaar{year}" else ""}">{text}</td>')
    cells.append(f'<td class="figure target">{escape(line.target)}</td><td>{line.status}</td><td>{line.course}</td>')
    return "".join(cells) + "</tr>"


def _year_column(overview: Overview, other: int, year: int) -> tables.Column:
    shown = "figure shown" if other == year else "figure"
    return tables.Column(
        str(other), accessor=f"years__jaar{other}", order_by=f"year_keys__jaar{other}",
        attrs={"th": {"class": shown}},
    )  # fmt: skip


def table_lines(priority: PriorityRow, overview: Overview, year: int, links: Links) -> list[TableLine]:
    """The rows of the table, in the order of the nota."""
    return [_line(order, row, overview, year, links) for order, row in enumerate(priority.rows)]


def _line(order: int, row: IndicatorRow, overview: Overview, year: int, links: Links) -> TableLine:
    first = row.components[0]
    return TableLine(
        name=_name(row, links),
        name_key=order,
        source=row.source,
        baseline=part_lines([(part, baseline_text(part, overview.baseline_year)) for part in row.components]),
        baseline_key=_key(first.baseline),
        years={f"jaar{other}": _measured(row, other) for other in overview.years},
        year_keys={f"jaar{other}": _key(first.figures[other].value) for other in overview.years},
        target=row.target_cell(year) or "–",
        target_key=_target_key(first, year),
        status=_status(row, year, final=year == overview.last_year),
        status_key=WORST_FIRST.index(row.statuses[year]),
        course=_course(row, year),
    )


def _name(row: IndicatorRow, links: Links) -> SafeString:
    name = format_html(
        '<a href="{}"><span class="code">{}</span> {}</a>', links.indicator(row.code), row.code, row.name
    )
    if len(row.components) == 1:
        return name
    parts = ((part.name,) for part in row.components)
    return name + format_html_join("", '<span class="part" aria-hidden="true">{}</span>', parts)


def baseline_text(part: ComponentRow, usual_year: int) -> str:
    """The baseline as a cell says it, with its year where that is not the usual one: 22% (2016)."""
    if not part.baseline_printed:
        return "–"
    other = part.baseline_year != usual_year
    return f"{part.baseline_printed} ({part.baseline_year})" if other else part.baseline_printed


def _measured(row: IndicatorRow, year: int) -> SafeString:
    cell = part_lines([(part, part.figures[year].printed or "–") for part in row.components])
    return mark_safe(f"{cell} {DRAFT_BADGE}") if row.has_draft(year) else cell


def _status(row: IndicatorRow, year: int, *, final: bool) -> SafeString:
    return mark(row.statuses[year], row_words(row, year, final=final))


def _course(row: IndicatorRow, year: int) -> SafeString:
    lines = [sparkline_svg(part, year) for part in row.components]
    if len(lines) == 1:
        return mark_safe(lines[0])
    return mark_safe("".join(f'<span class="part">{line}</span>' for line in lines))


def _key(value: Value | None) -> tuple[int, Decimal]:
    """By value, what is not known last; a withheld count by the most that it can be."""
    return (0, _highest(value)) if value is not None and not isinstance(value, NoValue) else UNKNOWN_LAST


def _highest(value: Known) -> Decimal:
    return value.highest


def _target_key(part: ComponentRow, year: int) -> tuple[int, Decimal]:
    target = part.figures[year].target
    return (0, target.deciding(part.direction).number) if target else UNKNOWN_LAST
