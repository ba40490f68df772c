"""Load a shipped kadernota: version 1 and its published figures, taken over without an adopter.

Only files whose content the code knows come in this way (`indicators.domain.shipped`); any other file is prepared and
adopted by people (`indicators.actions.versions`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from indicators.actions.adopting import take_over
from indicators.actions.deciding import decide
from indicators.actions.errors import ActionRefused
from indicators.actions.recording import Entry
from indicators.actions.version_checks import newest_version, normalized, version_refusals
from indicators.actions.version_rows import create_kadernota, new_version
from indicators.domain.formatting import format_value
from indicators.domain.nota import Nota, NotaRefused, TakenOverYear, TopicKind, differences, read_file
from indicators.domain.shipped import SHIPPED_HASHES, file_hash
from indicators.models import Area, Component, Measurement
from indicators.readmodel.nota import nota_of, version_content
from priorities.models import RESERVED_SLUGS, Kadernota

KIND_WORDS = {TopicKind.PRIORITY: "prioriteit", TopicKind.THEME: "thema", TopicKind.VTH: "VTH-cyclus"}
FIGURE = "overgenomen cijfer"


@dataclass
class Report:
    """The result of loading: how many things of each kind were added, and where file and database differ."""

    added: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def add(self, what: str, number: int = 1) -> None:
        """Count added things of this kind."""
        if number:
            self.added[what] = self.added.get(what, 0) + number

    def differs(self, where: str, in_file: str, stored: str) -> None:
        """Add a difference; of texts of several lines, only the lines that are in one of them."""
        lines, stored_lines = in_file.split("\n"), stored.split("\n")
        if len(lines) > 1 or len(stored_lines) > 1:
            in_file = "; ".join(line for line in lines if line not in stored_lines)
            stored = "; ".join(line for line in stored_lines if line not in lines)
        texts = [f"‘{text}’" if text else "niets anders" for text in (in_file, stored)]
        self.differences.append(f"{where}: in het bestand {texts[0]}, hier {texts[1]}")


def load_kadernota(*, data: object, now: datetime, known: Collection[str] = SHIPPED_HASHES) -> tuple[Kadernota, Report]:
    """Load the shipped kadernota in parsed JSON data; a second time, add the published figures that are missing.

    Other differences from the newest version are reported and change nothing. `known` are the hashes of the files that
    come in without an adopter. Raises NotaRefused with all findings, and ActionRefused for a file that is not shipped.
    """
    file = read_file(data, reserved_slugs=RESERVED_SLUGS)
    if file_hash(file) not in known:
        raise ActionRefused(
            "Dit bestand wordt niet met de monitor meegeleverd. Maak er een concept van met ‘manage.py nota import’; "
            "een ander stelt het vast."
        )
    report = Report()
    with transaction.atomic():
        kadernota = Kadernota.objects.select_for_update().filter(slug=file.nota.slug).first()
        if kadernota is None:
            kadernota = _take_over_nota(file.nota, report, now=now)
        else:
            _compare(file.nota, kadernota, report)
        for item in file.taken_over:
            _take_over_year(file.nota, kadernota, item, report, now=now)
    return kadernota, report


def _take_over_nota(nota: Nota, report: Report, *, now: datetime) -> Kadernota:
    nota = normalized(nota)
    if findings := version_refusals(nota, None, base=None):
        raise NotaRefused(findings)
    kadernota = create_kadernota(nota)
    version = new_version(nota, kadernota)
    decide(
        fixes=version,
        content={"version": version_content(version, nota)},
        people={"proposer": None, "editors": []},
        now=now,
        source=nota.document or nota.title,
        retrieved_on=timezone.localdate(now),
    )
    report.add("kadernota")
    for topic in nota.topics:
        report.add(KIND_WORDS[topic.kind])
    report.add("indicator", len(list(nota.indicators)))
    report.add("onderdeel", len(list(nota.components)))
    report.add("nulmeting", sum(component.baseline is not None for component in nota.components))
    report.add("streefwaarde", sum(len(component.targets) for component in nota.components))
    report.add("leeswijze", len(nota.readings))
    return kadernota


def _compare(nota: Nota, kadernota: Kadernota, report: Report) -> None:
    newest = newest_version(kadernota)
    if newest is None:
        raise ActionRefused(f"Kadernota ‘{kadernota.slug}’ is hier een concept van iemand anders.")
    for change in differences(nota_of(newest), normalized(nota)):
        report.differs(change.label, change.new, change.old)


def _take_over_year(nota: Nota, kadernota: Kadernota, item: TakenOverYear, report: Report, *, now: datetime) -> None:
    """Take over the published figures of a year in which none of them is recorded yet; report what differs otherwise.

    All or none: the hash of what a decision without adopter takes over is known to the code.
    """
    area = Area.objects.get(kadernota=kadernota, is_whole=True)
    components = _components(nota, kadernota)
    rows = Measurement.objects.of(kadernota).whole_area().filter(year=item.year)
    recorded = {row.series_id: row for row in rows.current()}
    missing = []
    for figure in item.figures:
        label = f"{figure.indicator} {figure.component}".strip()
        component = components.get((figure.indicator, figure.component))
        if component is None:
            report.differs(f"reeks {label}", "heeft cijfers", "ontbreekt")
            continue
        current = recorded.get(component.series_id)
        if current is None:
            entry = Entry(component=component, area=area, year=item.year, value=figure.value)
            missing.append((entry, figure.note))
        elif current.value != figure.value:
            in_file, stored = (format_value(value, component.unit) for value in (figure.value, current.value))
            report.differs(f"meting {component} {item.year}", in_file, stored)
    if 0 < len(missing) < len(item.figures):
        for entry, _ in missing:
            in_file = format_value(entry.value, entry.component.unit)
            report.differs(f"meting {entry.component} {item.year}, niet overgenomen", in_file, "leeg")
    elif missing:
        take_over(
            kadernota=kadernota,
            year=item.year,
            source=item.source,
            retrieved_on=item.retrieved_on,
            figures=missing,
            now=now,
        )
        report.add(FIGURE, len(missing))


def _components(nota: Nota, kadernota: Kadernota) -> Mapping[tuple[str, str], Component]:
    """Return the components of the newest version by the code and name that the file has for their series."""
    version = newest_version(kadernota)
    rows = Component.objects.filter(indicator__version=version).select_related("series", "indicator")
    by_key = {row.series.key: row for row in rows}
    return {
        (indicator.code, component.name): by_key[component.key]
        for indicator in nota.indicators
        for component in indicator.components
        if component.key in by_key
    }
