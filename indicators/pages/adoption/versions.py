"""The version of the kadernota that an adoption judges a year under: proposed by the date, or taken by the adopter."""

from datetime import date

from indicators.actions.adopting import judging_version, version_on
from indicators.domain.dutch import date_words
from indicators.pages.version_changes import decision_words
from indicators.readmodel.chain import Chain, VersionInfo
from indicators.readmodel.overview import load_overview
from indicators.readmodel.public import public_overview
from indicators.readmodel.tasks import Tasks, load_tasks
from priorities.models import Kadernota


def version_options(chain: Chain, year: int, on: date) -> list[tuple[str, str]]:
    """Return the versions that a first decision on a year may take, by number; "" is the one that day `on` proposes.

    Nothing when there is no choice: the year has an edition, or there is one version.
    """
    versions = [version for version in chain.versions if year in version.years]
    if len(versions) < 2 or any(edition.year == year for edition in chain.editions):
        return []
    proposed = (
        f"De nieuwste op de datum van het besluit; op {date_words(on)} is dat {version_on(chain, year, on).label}"
    )
    return [("", proposed), *((str(version.number), _words(chain, version)) for version in versions)]


def version_sentence(chain: Chain, year: int, judged: VersionInfo) -> str:
    """Return under which version the page judges a year, and why it cannot be another; "" with one version."""
    if len(chain.versions) == 1:
        return ""
    sentence = f"De oordelen op deze pagina zijn volgens {_words(chain, judged, capital=False)}."
    if any(edition.year == year for edition in chain.editions):
        return f"{sentence} Zo is {year} al beoordeeld; een andere versie geldt pas na herbeoordelen."
    return sentence


def _words(chain: Chain, version: VersionInfo, *, capital: bool = True) -> str:
    label = version.label.capitalize() if capital else version.label
    return f"{label}, {decision_words(chain.decision_of(version))}"


def load_tasks_under(kadernota: Kadernota, year: int, on: date, *, number: int | None) -> tuple[Tasks, VersionInfo]:
    """Load the open tasks of a kadernota with the verdicts that a decision of day `on` would give, and its version."""
    overview = public_overview(kadernota)
    judged = judging_version(overview.chain, year, on, number=number)
    if judged != overview.versions_by_year[year]:
        overview = load_overview(kadernota, under={year: judged})
    return load_tasks(kadernota, overview), judged
