"""The sheet that recomputes each verdict with formulas, so that readers can change a figure and see the effect.

It contains the input of the rule table, and the rule table itself as formulas; the row of a composite takes the worst
of the rows above it. Formulas contain no user input.
"""

from collections.abc import Iterator
from decimal import Decimal

from indicators.domain.assessment import WORST_FIRST, Status
from indicators.domain.formatting import WRITTEN_REASON, format_number
from indicators.domain.statuses import FOLLOWED_WORDS, NO_VALUE_WORDS, RULES, STATUSES, status_words
from indicators.domain.targets import TargetRule
from indicators.domain.values import Direction, Exact, Known, NoValue, Reason, Value, Withheld
from indicators.readmodel.figure import Figure
from indicators.readmodel.rows import ComponentRow, IndicatorRow, Overview
from indicators.readmodel.sentences import figure_status_words, row_status_words
from reports.document import Cell, Column, Table

RECOUNT, WHOLE = "Narekenen", "het geheel"
COLUMNS = (
    Column("code", "heading", 5),
    Column("indicator", width=22),
    Column("onderdeel", width=12),
    Column("jaar", "figure", 5),
    Column("gevolgd", width=7),
    Column("beter is", width=7),
    Column("nulmeting teken", width=7),
    Column("nulmeting", "figure", 8),
    Column("vergelijkbaar", width=15),
    Column("gepland", width=7),
    Column("streven", "figure", 8),
    Column("grens teken", width=6),
    Column("grens", "figure", 8),
    Column("meting teken", width=6),
    Column("meting", "figure", 8),
    Column("laagst", "figure", 7),
    Column("hoogst", "figure", 7),
    Column("regel", "figure", 5),
    Column("rang", "figure", 5),
    Column("oordeel", width=14),
    Column("narekenen", width=14),
    Column("gelijk", width=6),
)
NOTES = (
    "Verander een streven, grens, nulmeting of meting: de kolommen vanaf ‘laagst’ rekenen mee, behalve ‘oordeel’, dat "
    "zegt wat in de bijlage staat.",
    "Een meting van minder dan 5 heeft < bij ‘meting teken’ en 5 bij ‘meting’. Zonder cijfer staat er pm, n.b. of "
    "n.v.t. bij ‘meting’, of niets.",
    "‘regel’ is de regel van het oordeel, 1 tot en met 7. Bij een indicator met onderdelen beslist de laagste ‘rang’.",
)


def _quoted(words: str) -> str:
    return f'"{words}"'


# Bounds of the measurement: withheld counts are integers from 0.
LOWEST = 'IF(ISNUMBER({meting}),IF({meting teken}="",{meting},0),"")'
HIGHEST = 'IF(ISNUMBER({meting}),IF({meting teken}="<",{meting}-1,{meting}),"")'
BASE_LOWEST = 'IF({nulmeting teken}="",{nulmeting},0)'
BASE_HIGHEST = 'IF({nulmeting teken}="<",{nulmeting}-1,{nulmeting})'

# The target as a criterion of COUNTIF. The bound decides; without one the aim does, as "at least as good as".
SIGN = 'IF(OR({grens teken}="<",{grens teken}=">"),{grens teken},IF({grens teken}="≤","<=",">="))'
CRITERION = f'IF(ISNUMBER({{grens}}),{SIGN}&{{grens}},IF({{beter is}}="lager","<=",">=")&{{streven}})'
ADMITTED = f"COUNTIF({{laagst}}:{{hoogst}},{CRITERION})"  # 2: rule 4, 1: rule 5, 0: rule 6 or 7
BETTER = (
    f'AND({{vergelijkbaar}}="ja",ISNUMBER({{nulmeting}}),IF({{beter is}}="lager",'
    f"{{hoogst}}<{BASE_LOWEST},{{laagst}}>{BASE_HIGHEST}))"
)
RULE = (
    "IF(COUNT({streven},{grens})=0,1,IF(ISNUMBER({meting}),"
    f'CHOOSE(1+{ADMITTED},IF({BETTER},6,7),5,4),IF(AND({{meting}}="",{{gepland}}="nee"),2,3)))'
)
NOT_COUNTED = "6.5"  # "n.v.t." goes before "no target" only
RANKS = {status: str(WORST_FIRST.index(status) + 1) for status in RULES.values()}
NO_DATA_RANK = f'IF({{meting}}="n.v.t.",{NOT_COUNTED},{RANKS[Status.NO_DATA]})'
RANK = f"CHOOSE({{regel}},{','.join((RANKS | {Status.NO_DATA: NO_DATA_RANK}).values())})"
NO_DATA_WORDS = "".join(
    f'IF({{meting}}="{cell}",{_quoted(NO_VALUE_WORDS[reason])},' for reason, cell in WRITTEN_REASON.items()
)
NO_DATA_WORDS += _quoted(STATUSES[Status.NO_DATA].word) + ")" * len(WRITTEN_REASON)


def _verdict(*, final: bool) -> str:
    words = {status: _quoted(status_words(status, final=final)) for status in RULES.values()}
    by_rule = ",".join((words | {Status.NO_DATA: NO_DATA_WORDS}).values())
    return f'IF({{gevolgd}}<>"ja",{{gevolgd}},CHOOSE({{regel}},{by_rule}))'


def _whole_rank(parts: int) -> str:
    return f"MIN({{rang^{parts}}})"


def _whole_verdict(parts: int) -> str:
    """Return the verdict on a composite: of its worst part, without reason when reasons for "no data" differ."""
    words, ranks = f"{{narekenen^{parts}}}", f"{{rang^{parts}}}"
    no_data = RANKS[Status.NO_DATA]
    worst = f"INDEX({words},MATCH({{rang}},{ranks},0))"
    missing = f"COUNTIF({ranks},{no_data})+COUNTIF({ranks},{NOT_COUNTED})"
    return (
        f'IF({{gevolgd}}<>"ja",{{gevolgd}},IF(OR({{rang}}={no_data},{{rang}}={NOT_COUNTED}),'
        f"IF({missing}=COUNTIF({words},{worst}),{worst},{_quoted(STATUSES[Status.NO_DATA].word)}),{worst}))"
    )


SAME = 'IF({oordeel}={narekenen},"ja","nee")'


def recount_table(overview: Overview, year: int) -> Table:
    """Return a row for each component in each year up to `year`, and for each composite as a whole."""
    rows: list[tuple[Cell, ...]] = []
    for row in overview.rows:
        for row_year in overview.years:
            if row_year <= year:
                rows += [_part_row(overview, row, part, figure) for part, figure in row.figures(row_year)]
                rows += [_whole_row(overview, row, row_year)] if len(row.components) > 1 else []
    return Table(f"Het oordeel narekenen, tot en met {year}", COLUMNS, tuple(rows), footnotes=NOTES, name=RECOUNT)


def _part_row(overview: Overview, row: IndicatorRow, part: ComponentRow, figure: Figure) -> tuple[Cell, ...]:
    words = figure_status_words(figure, final=figure.year == overview.last_year)
    rule = figure.assessment.rule
    value = figure.value
    known = value if isinstance(value, Known) else None
    return (
        Cell(row.code),
        Cell(row.name),
        Cell(part.name),
        _plain(Decimal(figure.year)),
        Cell(FOLLOWED_WORDS.get(figure.followed, "ja")),
        Cell("lager" if part.direction is Direction.LOWER else "hoger"),
        *_value_cells(part, part.baseline),
        Cell("ja" if figure.comparable else "nee"),
        Cell("ja" if figure.planned else "nee"),
        *_target_cells(part, figure.target),
        *_value_cells(part, value),
        _number(part, known.lowest if known else None, LOWEST),
        _number(part, known.highest if known else None, HIGHEST),
        _plain(Decimal(rule), RULE),
        _plain(_rank_of(figure), RANK),
        Cell(words),
        Cell(words, formula=_verdict(final=figure.year == overview.last_year)),
        Cell("ja", formula=SAME),
    )


def _rank_of(figure: Figure) -> Decimal:
    """Return the rank of a figure among the parts of its indicator, as in `worst_of`."""
    status = RULES[figure.assessment.rule]
    if status is Status.NO_DATA and figure.value == NoValue(Reason.NOT_APPLICABLE):
        return Decimal(NOT_COUNTED)
    return Decimal(WORST_FIRST.index(status) + 1)


def _whole_row(overview: Overview, row: IndicatorRow, year: int) -> tuple[Cell, ...]:
    parts = len(row.components)
    words = row_status_words(row, year, final=year == overview.last_year)
    outside = "ja" if row.counts_in(year) else words
    blank = Cell("")
    rank = min(_rank_of(figure) for _, figure in row.figures(year))
    return (
        Cell(row.code),
        Cell(row.name),
        Cell(WHOLE),
        _plain(Decimal(year)),
        Cell(outside),
        *(blank,) * 13,
        _plain(rank, _whole_rank(parts)),
        Cell(words),
        Cell(words, formula=_whole_verdict(parts)),
        Cell("ja", formula=SAME),
    )


def _plain(number: Decimal, formula: str = "") -> Cell:
    places = max(0, -int(number.as_tuple().exponent))
    return Cell(f"{number:f}".replace(".", ","), number=number, decimals=places, formula=formula)


def _number(part: ComponentRow, number: Decimal | None, formula: str = "") -> Cell:
    if number is None:
        return Cell("", formula=formula)
    return Cell(format_number(number, part.unit.decimals), number=number, decimals=part.unit.decimals, formula=formula)


def _target_cells(part: ComponentRow, target: TargetRule | None) -> Iterator[Cell]:
    yield _number(part, target.aim if target else None)
    yield Cell(target.bound.sign.value if target and target.bound else "")
    yield _number(part, target.bound.number if target and target.bound else None)


def _value_cells(part: ComponentRow, value: Value | None) -> Iterator[Cell]:
    """Yield the sign of a withheld count, and the number or the reason for no value."""
    yield Cell(("≤" if value.inclusive else "<") if isinstance(value, Withheld) else "")
    if isinstance(value, NoValue):
        yield Cell(WRITTEN_REASON[value.reason])
    elif isinstance(value, Withheld):
        yield _number(part, value.limit)
    else:
        yield _number(part, value.number if isinstance(value, Exact) else None)
