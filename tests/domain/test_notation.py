"""The notation table: what is typed, in which unit, and how it is read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.domain.formatting import format_value
from indicators.domain.notation import read_sample, read_typed
from indicators.domain.refusals import Refusal
from indicators.domain.values import Exact, NoValue, Reason, Role, Unit, UnitKind, Withheld, takes_sample
from tests.domain import sample_sizes

pytestmark = pytest.mark.engine_free

COUNT = Unit(UnitKind.COUNT)
PERCENTAGE = Unit(UnitKind.PERCENTAGE, 0)
PERCENTAGE_2 = Unit(UnitKind.PERCENTAGE, 2)
GRADE = Unit(UnitKind.GRADE, 1)
UNITS = [COUNT, PERCENTAGE, PERCENTAGE_2, GRADE]

TAKEN = [
    # plain counts and their grouping
    ("394", COUNT, Exact(Decimal(394))),
    ("1.177", COUNT, Exact(Decimal(1177))),
    ("6756", COUNT, Exact(Decimal(6756))),
    ("1 177", COUNT, Exact(Decimal(1177))),
    ("1\u00a0177", COUNT, Exact(Decimal(1177))),
    ("1\u2009177", COUNT, Exact(Decimal(1177))),
    ("1\u202f177", COUNT, Exact(Decimal(1177))),
    (" 565 ", COUNT, Exact(Decimal(565))),
    ("565\u00a0", COUNT, Exact(Decimal(565))),
    ("'565", COUNT, Exact(Decimal(565))),
    ("0", COUNT, Exact(Decimal(0))),
    ("1.177,0", COUNT, Exact(Decimal(1177))),
    ("1.177.000", COUNT, Exact(Decimal(1177000))),
    # withheld small counts
    ("<5", COUNT, Withheld(Decimal(5))),
    ("< 5", COUNT, Withheld(Decimal(5))),
    ("minder dan 5", COUNT, Withheld(Decimal(5))),
    ("≤5", COUNT, Withheld(Decimal(5), inclusive=True)),
    ("<=5", COUNT, Withheld(Decimal(5), inclusive=True)),
    ("<1", COUNT, Withheld(Decimal(1))),
    ("≤0", COUNT, Withheld(Decimal(0), inclusive=True)),
    ("<5*", COUNT, Withheld(Decimal(5), provisional=True)),
    # percentages
    ("22%", PERCENTAGE, Exact(Decimal(22))),
    ("22 %", PERCENTAGE, Exact(Decimal(22))),
    ("22", PERCENTAGE, Exact(Decimal(22))),
    ("22,0%", PERCENTAGE, Exact(Decimal(22))),
    ("100%", PERCENTAGE, Exact(Decimal(100))),
    ("22,5%", PERCENTAGE_2, Exact(Decimal("22.50"))),
    ("0,22", PERCENTAGE_2, Exact(Decimal("0.22"))),
    # grades
    ("6,2", GRADE, Exact(Decimal("6.2"))),
    ("0,0", GRADE, Exact(Decimal(0))),
    ("10", GRADE, Exact(Decimal(10))),
    ("6", GRADE, Exact(Decimal(6))),
    # provisional
    ("6.611*", COUNT, Exact(Decimal(6611), provisional=True)),
    ("6.611**", COUNT, Exact(Decimal(6611), provisional=True)),
    ("6.611 *", COUNT, Exact(Decimal(6611), provisional=True)),
    *[(text, unit, NoValue(reason)) for unit in UNITS for reason, texts in {
        Reason.PM: ["pm", "p.m.", "PM", "volgt", "Volgt"],
        Reason.UNKNOWN: ["n.b.", "nb", "NB", "n.n.b.", "onbekend", ".", "x"],
        Reason.NOT_APPLICABLE: ["n.v.t.", "nvt", "NVT"],
    }.items() for text in texts],
]  # fmt: skip

REFUSED = [
    ("1,177", COUNT, "1.177"), ("1.17", COUNT, ""), ("1.1777", COUNT, ""), ("11.77.000", COUNT, ""),
    ("1  177", COUNT, ""), ("1.177 000", COUNT, ""), ("007", COUNT, "7"), ("0.177", COUNT, ""),
    ("394,5", COUNT, ""), ("-5", COUNT, ""), ("\u22125", COUNT, ""), ("+5", COUNT, ""),
    ("ca. 400", COUNT, "400"), ("circa 400", COUNT, "400"), ("±400", COUNT, "400"), ("~400", COUNT, "400"),
    ("400-450", COUNT, ""), ("400\u2013450", COUNT, ""), ("400 à 450", COUNT, ""), ("400 t/m 450", COUNT, ""),
    ("<0", COUNT, "0"), ("<5,5", COUNT, ""),
    ("22%", COUNT, ""), ("22%", GRADE, ""),
    ("22,5%", PERCENTAGE, ""), ("0,22", PERCENTAGE, "22%"), ("<5%", PERCENTAGE, ""), ("<5%", PERCENTAGE_2, ""),
    ("<6", GRADE, ""), (">5", COUNT, ""), ("≥5", COUNT, ""), (">=5", COUNT, ""),
    ("122%", PERCENTAGE, ""), ("10.000.000", PERCENTAGE_2, ""), ("1,177,000", PERCENTAGE, ""), 
    ("22.500", PERCENTAGE_2, "22,50%"),
    ("+1%", PERCENTAGE, ""), ("1%-punt", PERCENTAGE, ""), ("1 procentpunt", PERCENTAGE, ""),
    ("22.5%", PERCENTAGE_2, "22,5%"), ("22.5%", PERCENTAGE, ""), ("22 procent", PERCENTAGE, "22%"),
    ("6.2", GRADE, "6,2"), ("6,25", GRADE, ""), ("62", GRADE, "6,2"), ("10,1", GRADE, ""),
    ("12 st.", COUNT, "12"), ("150 meldingen", COUNT, "150"), ("10x", COUNT, "10"),
    ("O", COUNT, "0"), ("l7", COUNT, "17"),
    ("394 (was 390)", COUNT, "394"), ("23 keer waarschuwing en 10 keer sluitingen", COUNT, ""),
    ("geen", COUNT, "0"), ("nul", COUNT, "0"), ("1234567890123456", COUNT, ""),
    *[(text, unit, None) for unit in UNITS for text in [
        "-", "\u2013", "\u2014", "*", "**", "NaN", "Infinity", "1e3", "1_000", "0x10", "٣", "５", "5²", "½",
        "#N/B", "#N/A", "#DEEL/0!", "#VERW!", "#WAARDE!", "#REF!", "#VALUE!",
        "=1+1", "@SUM(A1)", "+cmd", "€ 500", "500 euro", "2019-02-06", "6-2-2019", "abc", "3***", "pm*", "9" * 500,
        "1\n2", "5\x00", "'", "12:30",
    ] if text != "'"],
]  # fmt: skip


@pytest.mark.parametrize(("typed", "unit", "value"), TAKEN, ids=repr)
def test_taken(typed, unit, value):
    assert read_typed(typed, unit).value == value


@pytest.mark.parametrize(("typed", "unit", "meant"), REFUSED, ids=lambda item: repr(item)[:40])
def test_refused(typed, unit, meant):
    with pytest.raises(Refusal) as caught:
        read_typed(typed, unit)
    assert caught.value.typed == typed
    assert caught.value.why
    if meant is not None:
        assert caught.value.suggestion == meant


@pytest.mark.parametrize("typed", ["", " ", "\u00a0", "\t", "\ufeff", "'"])
@pytest.mark.parametrize("unit", UNITS)
def test_nothing_typed(typed, unit):
    assert read_typed(typed, unit) is None


@pytest.mark.parametrize("written", ["6,2", "0,0", "10,0"])
def test_grade_is_written_with_one_decimal(written):
    assert format_value(read_typed(written, GRADE).value, GRADE) == written


@pytest.mark.parametrize(
    ("typed", "unit", "last", "year", "asked"),
    [
        ("4.711", COUNT, 471, 2020, True),
        ("4.710", COUNT, 471, 2020, False),  # exactly ten times is not over it
        ("47", COUNT, 470, 2020, False),  # exactly a tenth is not under it
        ("46", COUNT, 470, 2020, True),
        ("0", COUNT, 394, 2020, True),
        ("0", COUNT, 0, 2020, False),
        ("500", COUNT, 0, 2020, False),
        ("500", COUNT, None, 2020, False),
        ("2020", COUNT, 1900, 2020, True),  # equals its own year
        ("2.020", COUNT, None, 2020, True),
        ("2020", COUNT, 1900, 2021, False),
        ("1.177.000", COUNT, 1177, 2020, True),
        ("<5", COUNT, 394, 2020, True),
        ("<5", COUNT, 17, 2020, False),
        ("0,22", PERCENTAGE_2, Decimal("0.3"), 2020, False),
        ("0,22", PERCENTAGE_2, Decimal(1), 2020, True),
        ("0,22%", PERCENTAGE_2, Decimal(1), 2020, False),
        ("0,22", PERCENTAGE_2, Decimal(22), 2020, True),
        ("pm", COUNT, 394, 2020, False),
    ],
)
def test_question(typed, unit, last, year, asked):
    input_value = read_typed(typed, unit, last=None if last is None else Decimal(last), year=year)
    assert bool(input_value.question) is asked


def test_question_names_the_hundredfold():
    assert "22%" in read_typed("0,22", PERCENTAGE_2, last=Decimal("22"), year=2020).question


def test_refusal_is_a_sentence():
    with pytest.raises(Refusal) as caught:
        read_typed("1,177", COUNT)
    assert str(caught.value) == "‘1,177’: duizendtallen krijgen een punt, geen komma. Bedoelt u 1.177?" or str(
        caught.value
    ).endswith("Bedoelt u 1.177?")


@given(st.text(), st.sampled_from(UNITS))
def test_no_text_raises_anything_but_a_refusal(text, unit):
    try:
        input_value = read_typed(text, unit, last=Decimal(17), year=2020)
    except Refusal as refusal:
        assert str(refusal)
    else:
        assert input_value is None or read_typed(format_value(input_value.value, unit), unit).value == input_value.value


FIGURE_LIKE = st.text(alphabet="0123456789.,<≤=%*- \u00a0+()Olex'pmnbvt€", max_size=24)


@given(FIGURE_LIKE, st.sampled_from(UNITS))
def test_no_figure_like_text_raises_anything_but_a_refusal(text, unit):
    test_no_text_raises_anything_but_a_refusal.hypothesis.inner_test(text, unit)


@given(st.data(), st.sampled_from(UNITS), st.booleans())
def test_what_is_written_reads_back(data, unit, provisional):
    top = int(unit.highest.scaleb(unit.decimals)) if unit.highest else 10**15 - 1
    value = Exact(Decimal(data.draw(st.integers(0, top))).scaleb(-unit.decimals), provisional)
    assert read_typed(format_value(value, unit), unit).value == value


@given(st.integers(0, 10**15 - 1), st.booleans(), st.booleans())
def test_what_is_withheld_reads_back(limit, inclusive, provisional):
    value = Withheld(Decimal(limit + (not inclusive)), inclusive, provisional)
    if value.limit < 10**15:
        assert read_typed(format_value(value, COUNT), COUNT).value == value


@pytest.mark.parametrize(("typed", "sample"), sample_sizes.TAKEN)
def test_a_sample_size_is_written_as_a_count(typed, sample):
    assert read_sample(typed) == sample


@pytest.mark.parametrize(("typed", "sentence"), sample_sizes.REFUSED)
def test_a_sample_size_is_refused_with_the_sentence_of_the_notation(typed, sentence):
    with pytest.raises(Refusal) as refused:
        read_sample(typed)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("role", "units", "is_survey"),
    [
        (Role.EFFECT, [PERCENTAGE], True), (Role.EFFECT, [GRADE], True), (Role.EFFECT, [COUNT], False),
        (Role.EFFECT, [COUNT, PERCENTAGE_2], False), (Role.EFFORT, [PERCENTAGE], False),
    ],
)  # fmt: skip
def test_only_a_survey_has_a_sample_size(role, units, is_survey):
    assert takes_sample(role, units) is is_survey
