"""The differences between two revisions of a line of the programme, as texts."""

from collections.abc import Iterator

from indicators.readmodel.programme import Line

NOTHING, WITHDRAWN, IN_FORCE = "leeg", "ingetrokken", "in het programma"
NAMES = ("wat", "wij zetten in op", "met wie", "wanneer", "stand", "begroot", "besteed", "resultaat")
# Fields of which the row itself shows the first value.
SHOWN_IN_ROW = {"stand", "begroot", "besteed", "resultaat"}


def line_changes(old: Line, new: Line) -> Iterator[tuple[str, str, str]]:
    """Yield each field that differs: its name, the old text, the new text.

    The first value of a field that the row shows is left out.
    """
    if new.withdrawn != old.withdrawn:
        yield "regel", WITHDRAWN if old.withdrawn else IN_FORCE, WITHDRAWN if new.withdrawn else IN_FORCE
    for name, before, after in zip(NAMES, _texts(old), _texts(new), strict=True):
        if before != after and (before or name not in SHOWN_IN_ROW):
            yield name, before or NOTHING, after or NOTHING


def _texts(line: Line) -> tuple[str, ...]:
    return (
        line.title,
        line.effort,
        line.partners,
        line.planned,
        line.state.word if line.state else "",
        line.budget_printed,
        line.spent_printed,
        line.result,
    )
