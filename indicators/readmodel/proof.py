"""The content of decisions, for their hash: the same data when it is adopted and when it is verified."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from indicators.domain.chain import decimal_text, first_link
from indicators.models import Correction, Decision, Edition, EditionEntry, Manifest, Measurement, ProgrammeLine
from indicators.readmodel.rows import Overview
from priorities.models import Kadernota

Data = dict[str, Any]


def first_link_of(kadernota: Kadernota) -> str:
    """Return the link before the first decision of a kadernota."""
    predecessor = kadernota.predecessor
    return first_link(
        slug=kadernota.slug,
        cbs_code=kadernota.organisation.cbs_code,
        is_practice=kadernota.is_practice,
        predecessor=predecessor.slug if predecessor else None,
    )


def newest_manifest(kadernota: Kadernota) -> str:
    """Return the hash of the manifest of a kadernota that was made last, or "". Each names the one before it."""
    manifest = Manifest.objects.filter(decision__kadernota=kadernota).order_by("pk").last()
    return manifest.sha256 if manifest else ""


def content_of(decision: Decision, fixed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the content hash of a decision covers. `fixed` is the content of what the decision fixes."""
    return {
        "sequence": decision.sequence,
        "kind": decision.kind,
        "reference": decision.reference,
        "decided_on": decision.decided_on,
        "recorded_at": decision.recorded_at,
        "confirmations": decision.confirmations,
        "rules_version": decision.rules_version,
        "source": decision.source,
        "retrieved_on": decision.retrieved_on,
        "fixed": fixed,
    }


def edition_content(edition: Edition, before: Overview, after: Overview) -> Data:
    """Return what the decision on an edition fixes: its version, figures and lines, and every verdict on its year.

    `before` and `after` are the states of the kadernota before and after the decision. Two queries.
    """
    version = next(version for version in after.chain.versions if version.pk == edition.version_id)
    entries = EditionEntry.objects.filter(edition=edition)
    figures = entries.filter(measurement__isnull=False).select_related("measurement__series", "measurement__area")
    lines = entries.filter(line__isnull=False).select_related("line__topic")
    earlier_figures = {
        (revision.series, revision.year): revision.sequence
        for row in before.all_rows
        for part in row.components
        for revision in part.revisions
    }
    firsts = {line.pk: line.first for line in after.lines}
    earlier_lines = {line.first: line.edition.sequence for line in before.lines if line.edition}
    return {
        "year": edition.year,
        "number": edition.number,
        "rejudges": edition.rejudges,
        "version": {
            "sequence": version.sequence,
            "content_hash": after.chain.decision_of(version).content_hash,
        },
        "figures": sorted(
            (_figure(entry.measurement, earlier_figures) for entry in figures if entry.measurement),
            key=lambda data: (data["series"], data["area"]),
        ),
        "lines": sorted(
            (_line(entry.line, earlier_lines.get(firsts[entry.line.pk])) for entry in lines if entry.line),
            key=str,
        ),
        "verdicts": verdicts(after, edition.year),
        "rejudged": rejudged(before, after, edition.year),
    }


def correction_content(correction: Correction) -> Data:
    """Return what a correction fixes: the new date, reference and remark of an earlier decision."""
    return {
        "corrected": correction.corrected.sequence,
        "reference": correction.reference,
        "decided_on": correction.decided_on,
        "remark": correction.remark,
    }


def verdicts(overview: Overview, year: int) -> list[Data]:
    """Return the verdict on each series in a year, by the key of the series."""
    figures = {part.key: part.figures[year] for row in overview.all_rows for part in row.components}
    return [
        {
            "series": key,
            "followed": figure.followed.value,
            "status": figure.status.value,
            "rule": figure.assessment.rule,
        }
        for key, figure in sorted(figures.items())
    ]


def rejudged(before: Overview, after: Overview, year: int) -> list[Data]:
    """Return each series whose verdict on a year changes while its figure does not."""
    if year not in before.years:
        return []
    old = {part.key: part.figures[year] for row in before.all_rows for part in row.components}
    changes = []
    for row in after.all_rows:
        for part in row.components:
            figure, earlier = part.figures[year], old.get(part.key)
            if earlier and figure.revision == earlier.revision and figure.status is not earlier.status:
                changes.append({"series": part.key, "from": earlier.status.value, "to": figure.status.value})
    return sorted(changes, key=lambda change: change["series"])


def witness_of(edition: Edition) -> Data:
    """Return who recorded each figure and line of an edition and when, and who proposed to judge its year again."""
    entries = EditionEntry.objects.filter(edition=edition).select_related(
        "measurement__series", "measurement__area", "measurement__recorded_by", "line__topic", "line__recorded_by"
    )
    rows: list[tuple[list[str], Measurement | ProgrammeLine]] = []
    for entry in entries:
        if entry.measurement:
            rows.append(([entry.measurement.series.key, entry.measurement.area.code], entry.measurement))
        if entry.line:
            rows.append(([entry.line.topic.key, entry.line.title], entry.line))
    return {
        "recorders": [
            {"row": key, "recorder": _person(row), "recorded_at": row.recorded_at}
            for key, row in sorted(rows, key=lambda item: item[0])
        ],
    }


def _person(row: Measurement | ProgrammeLine) -> Data | None:
    user = row.recorded_by
    if user is None:
        return None
    return {"account": user.pk, "username": user.get_username(), "name": user.get_full_name()}


def _figure(row: Measurement, earlier: Mapping[tuple[int, int], int]) -> Data:
    """Return a figure; `replaces` is the decision on the earlier one, of the whole municipality."""
    return {
        "series": row.series.key,
        "area": row.area.code,
        "number": _text(row.number),
        "withheld": row.withheld,
        "no_value": row.no_value,
        "provisional": row.provisional,
        "sample": row.sample,
        "explanation": row.explanation,
        "source_note": row.source_note,
        "replaces": earlier.get((row.series_id, row.year)) if row.area.is_whole else None,
    }


def _line(row: ProgrammeLine, replaces: int | None) -> Data:
    return {
        "topic": row.topic.key,
        "kind": row.kind,
        "year": row.year,
        "effort": row.effort,
        "title": row.title,
        "partners": row.partners,
        "planned": row.planned,
        "state": row.state,
        "result": row.result,
        "budget": _text(row.budget),
        "spent": _text(row.spent),
        "withdrawn": row.withdrawn,
        "replaces": replaces,
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else decimal_text(number)
