"""The citation of an indicator, for example in a motion: code, year, edition and a short URL for all three."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from indicators.readmodel.citation import citation_path
from indicators.readmodel.rows import IndicatorRow, Overview


@dataclass(frozen=True)
class Citation:
    """The words and the URL of a citation; `note` is a warning. All are "" where there is nothing to cite."""

    words: str = ""
    url: str = ""
    path: str = ""
    note: str = ""


def build_citation(overview: Overview, row: IndicatorRow, year: int, request: HttpRequest) -> Citation:
    """Return the citation of an indicator in a year: of the selected edition, else of the newest of that year."""
    if row.has_draft(year):
        return Citation(note="Hier tellen concepten mee. Citeren kan pas als het cijfer is vastgesteld.")
    edition = overview.edition or overview.edition_of(year)
    if edition is None:
        return Citation()
    path = citation_path(overview.slug, row.code, edition.label, year)
    site = settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
    words = f"{row.code}, {year}, editie {edition.label}"
    return Citation(words, site + path, path, _target_warning(row, year))


def _target_warning(row: IndicatorRow, year: int) -> str:
    """Return a warning when a version after this edition changed a target; else ""."""
    if any(figure.later_target for _, figure in row.figures(year)):
        return "Na deze editie is de streefwaarde gewijzigd; het aangehaalde oordeel gaat nog uit van de oude."
    return ""
