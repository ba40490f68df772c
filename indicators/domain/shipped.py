"""The kadernota's that are shipped with the monitor, by the hash of their content.

Only these come in without a second person; every other file is prepared and adopted. A changed file in `fixtures/`
gets its new hash here, beside the old one while that is in use.
"""

from collections.abc import Mapping
from typing import Any

from indicators.domain.chain import content_hash
from indicators.domain.formatting import format_value
from indicators.domain.nota import NotaFile, write_nota

SHIPPED_HASHES = frozenset(
    {
        "716e5f12111bea6e7b4cdf4fccc49063ef43319781883eda7edb7a1a2a1572c1",  # kadernota_2018_2022.json
        "a5075b87a403249fe865d0dcc1db54ca5acc2b2604f97c08bdb816c6c44c8282",  # oefengemeente_2018_2022.json
    }
)


def file_hash(file: NotaFile) -> str:
    """Return the hash of the nota and the published figures in a file; the layout of the file does not count."""
    units = {
        (indicator.code, component.name): component.unit
        for indicator in file.nota.indicators
        for component in indicator.components
    }
    years = [
        {
            "year": item.year,
            "source": item.source,
            "retrieved_on": item.retrieved_on,
            "figures": [
                [
                    figure.indicator,
                    figure.component,
                    format_value(figure.value, units[figure.indicator, figure.component]),
                    figure.note,
                ]
                for figure in item.figures
            ],
        }
        for item in file.taken_over
    ]
    return content_hash({"nota": write_nota(file.nota), "taken_over": years})


def content_parts_hash(slug: str, content: Mapping[str, Any]) -> str:
    """Return the hash of what a decision without adopter takes over: a first version, or figures of a year."""
    fixed = content["fixed"]
    if content["kind"] == "nota":
        return content_hash({"nota": fixed["version"]["nota"]})
    return content_hash(
        {
            "slug": slug,
            "year": fixed["year"],
            "source": content["source"],
            "retrieved_on": content["retrieved_on"],
            "figures": fixed["figures"],
            "lines": fixed["lines"],
        }
    )


def is_shipped(slug: str, content: Mapping[str, Any]) -> bool:
    """Return whether a decision without adopter has the content of a shipped file."""
    return content_parts_hash(slug, content) in SHIPPED_PARTS


SHIPPED_PARTS = frozenset(
    {
        "005bd708cf4680633d75669468b3d83f57809552a132aa9fadf103dae1207ee3",  # Haarlemmermeer, nota
        "1964735c7c7ddcbf6d6bc88aa8ebbbf9c6471f42dc724b0e70dfcfd63e20e09a",  # Haarlemmermeer, taken_over 2018-1
        "ee0627bbac3943deec1f4fbd9215192d72d4f75ef5a0602aaff42981153cf2b0",  # Haarlemmermeer, taken_over 2019-1
        "8c87baa97f428c71882633420fd8e19fd0338e93dbfb439e57581f2656381cbf",  # Haarlemmermeer, taken_over 2020-1
        "35becec166e7277c3b3d09f6dce77397e30c4a768ce44cc8e3f9a1bdf9a6aa05",  # Haarlemmermeer, taken_over 2021-1
        "38bdf18855ffd1c2862e281d351b837829b5de5d6634212d56daa73f90e1b711",  # Haarlemmermeer, taken_over 2022-1
        "063ab44dd708449733cacf365b4622c53e51dd7cebc42d76222e202464d78c91",  # Oefengemeente, nota
    }
)
