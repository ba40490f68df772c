"""How an indicator is cited in a motion: code, year, edition, and a short address that keeps all three."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from indicators.pages.links import Links
from indicators.readmodel.editions import EditionInfo
from indicators.readmodel.rows import IndicatorRow, Overview


@dataclass(frozen=True)
class Citation:
    """The words and the whole address; `note` says what one must know before citing. Without words it is all."""

    words: str = ""
    address: str = ""
    path: str = ""
    note: str = ""


def citation_of(overview: Overview, row: IndicatorRow, year: int, request: HttpRequest) -> Citation:
    """How this indicator in this year is cited: by the edition asked for, else by the newest one of its year."""
    if row.has_draft(year):
        return Citation(note="Hier tellen concepten mee. Citeren kan pas als het cijfer is vastgesteld.")
    edition = overview.edition or overview.edition_of(year)
    if edition is None:
        return Citation()
    path = Links(overview.slug, year).short(row.code, edition.label)
    site = settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
    words = f"{row.code}, {year}, editie {edition.label}"
    return Citation(words, site + path, path, _changed_since(row, year, edition))


def _changed_since(row: IndicatorRow, year: int, edition: EditionInfo) -> str:
    """An edition keeps the targets of its day: a warning where a decision came after it."""
    day = edition.adopted_on or edition.retrieved_on
    decisions = [figure.target_change for _, figure in row.figures(year) if figure.target_change]
    if any(decided.on and day and decided.on > day for decided in decisions):
        return "Na deze editie is de streefwaarde gewijzigd; het aangehaalde oordeel gaat nog uit van de oude."
    return ""
