"""What differs between two revisions of a line of the programme, as texts ready to print."""

from collections.abc import Iterator

from indicators.readmodel.programme import Line

NOTHING, WITHDRAWN = "leeg", "ingetrokken"


def line_changes(old: Line, new: Line) -> Iterator[tuple[str, str, str]]:
    """Each field that differs: its name, what it was, what it is.

    What was told where nothing stood is not named: it stands in the row itself.
    """
    if new.withdrawn != old.withdrawn:
        yield "regel", *(WITHDRAWN if line.withdrawn else "in het programma" for line in (old, new))
    for name, before, after in zip(NAMES, _texts(old), _texts(new), strict=True):
        if before != after and (before or name not in IN_THE_ROW):
            yield name, before or NOTHING, after or NOTHING


IN_THE_ROW = {"stand", "begroot", "besteed", "resultaat"}
NAMES = ("wat", "wij zetten in op", "met wie", "wanneer", "stand", "begroot", "besteed", "resultaat")


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
