"""The differences between two revisions of a line of the programme, as texts."""

from collections.abc import Iterator

from indicators.readmodel.differences import changed_fields
from indicators.readmodel.lines import Line

NOTHING, WITHDRAWN, IN_FORCE = "leeg", "ingetrokken", "in het programma"
NAMES = {
    "title": "wat",
    "effort": "wij zetten in op",
    "partners": "met wie",
    "planned": "wanneer",
    "state": "stand",
    "budget": "begroot",
    "spent": "besteed",
    "result": "resultaat",
}
# Fields of which the row itself shows the first value.
SHOWN_IN_ROW = {"state", "budget", "spent", "result"}


def line_changes(old: Line, new: Line) -> Iterator[tuple[str, str, str]]:
    """Yield each field that differs: its name, the old text, the new text.

    The first value of a field that the row shows is left out.
    """
    if new.withdrawn != old.withdrawn:
        yield "regel", WITHDRAWN if old.withdrawn else IN_FORCE, WITHDRAWN if new.withdrawn else IN_FORCE
    for field in changed_fields(old, new):
        before = _text(old, field)
        if before or field not in SHOWN_IN_ROW:
            yield NAMES[field], before or NOTHING, _text(new, field) or NOTHING


def _text(line: Line, field: str) -> str:
    if field == "state":
        return line.state.word if line.state else ""
    if field in ("budget", "spent"):
        return line.budget_printed if field == "budget" else line.spent_printed
    return str(getattr(line, field))
