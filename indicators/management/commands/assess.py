"""Print the verdict on every component in a year, as a table or as JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from indicators.management.arguments import find_kadernota, find_year
from indicators.readmodel.drafts import with_drafts
from indicators.readmodel.overview import load_overview
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.sentences import figure_status_words

COLUMNS = {
    "code": "code",
    "indicator": "indicator",
    "component": "onderdeel",
    "baseline": "nulmeting",
    "target": "streefwaarde",
    "measurement": "meting",
    "words": "oordeel",
    "rule": "regel",
}


class Command(BaseCommand):
    """`manage.py assess SLUG YEAR [--drafts] [--format table|json]`."""

    help = "Toon het oordeel over elk onderdeel in een jaar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("year", type=int, metavar="jaar")
        parser.add_argument("--drafts", action="store_true", help="Tel ook mee wat nog niet is vastgesteld.")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *, slug: str, year: int, drafts: bool, format: str, **options: Any) -> None:
        kadernota = find_kadernota(slug)
        find_year(kadernota, year)
        overview = load_overview(kadernota)
        overview = with_drafts(kadernota, overview) if drafts else overview
        lines = [component_values(row, part, year) for row in overview.all_rows for part in row.components]
        if format == "json":
            self.stdout.write(json.dumps(lines, ensure_ascii=False, indent=2))
        else:
            self._print_table(overview, year, lines)

    def _print_table(self, overview: Overview, year: int, lines: list[dict[str, Any]]) -> None:
        figures = [part.figures[year] for row in overview.all_rows for part in row.components]
        for line, figure in zip(lines, figures, strict=True):
            line["words"] = figure_status_words(figure, final=year == overview.last_year)
        table = [list(COLUMNS.values())] + [[str(line[name] or "") for name in COLUMNS] for line in lines]
        widths = [max(len(row[index]) for row in table) for index in range(len(COLUMNS))]
        for row in table:
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def component_values(row: IndicatorRow, part: ComponentRow, year: int) -> dict[str, Any]:
    """Return one component in one year as plain values; figures in Dutch notation, as on the pages."""
    figure = part.figures[year]
    assessment = figure.assessment
    return {
        "priority": row.priority_number,
        "code": row.code,
        "indicator": row.name,
        "component": part.name,
        "year": year,
        "baseline": part.baseline_printed or None,
        "baseline_year": part.baseline_year,
        "target": figure.target_printed or None,
        "measurement": figure.printed or None,
        "status": assessment.status.value,
        "rule": assessment.rule,
        "development": assessment.development.value if assessment.development else None,
        "needed_in_all": part.needed_printed(year),
        "certainty": assessment.certainty.value if assessment.certainty else None,
        "indicator_status": row.statuses[year].value,
    }
