"""A new kadernota that starts as the last version of another: the next period with the same series."""

from indicators.actions.version_checks import with_predecessor_baselines
from indicators.domain.nota import Nota, read_nota, write_nota
from indicators.pages.workshop.pieces import Data
from priorities.models import RESERVED_SLUGS


def successor_data(nota: Nota) -> Data:
    """Return the data of the kadernota after this one, without an address: texts and indicators of the last version.

    Each series continues that of the predecessor. Targets, printed cells, breaks and readings are of the old period,
    and so are first, last and planned years.
    """
    data = write_nota(nota)
    length = nota.last_year - nota.first_year + 1
    data |= {
        "slug": "",
        "predecessor": nota.slug,
        "title": nota.title.replace(f"{nota.first_year}-{nota.last_year}", _period(nota.last_year + 1, length)),
        "document": "",
        "first_year": nota.last_year + 1,
        "last_year": nota.last_year + length,
        "baseline_year": nota.last_year,
        "first_target_year": nota.last_year + 1,
        "readings": [],
    }
    for topic in data["topics"]:
        followed = [item for item in topic["indicators"] if item["last_year"] in (None, nota.last_year)]
        topic["indicators"] = followed
        for indicator in followed:
            years = {"planned_years": None, "first_year": None, "last_year": None, "change_reason": ""}
            indicator |= years | {"printed": {}}
            for component in indicator["components"]:
                component |= {"continues": component["key"], "baseline": None, "targets": {}, "breaks": []}
    return data


def _period(first: int, length: int) -> str:
    return f"{first}-{first + length - 1}"


def read_successor(data: Data) -> Nota:
    """Return the nota in the data, with the figures of the predecessor as baselines. Raises NotaRefused."""
    return with_predecessor_baselines(read_nota(data, reserved_slugs=RESERVED_SLUGS))
