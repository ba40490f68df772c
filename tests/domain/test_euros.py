"""Amounts as typed, and how they are read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.domain.euros import format_euros, read_euros
from indicators.domain.refusals import Refusal

pytestmark = pytest.mark.engine_free

TAKEN = [
    ("50.000", "50000.00"),
    ("€ 50.000", "50000.00"),
    ("€50.000", "50000.00"),
    ("50000", "50000.00"),
    ("50.000,00", "50000.00"),
    ("50.000,-", "50000.00"),
    ("50.000,–", "50000.00"),
    ("50.000,--", "50000.00"),
    ("14.597.000", "14597000.00"),
    ("EUR 50.000", "50000.00"),
    ("50.000 euro", "50000.00"),
    ("€\u00a0548.900", "548900.00"),
    ("1 504 000", "1504000.00"),
    ("1\u202f504", "1504.00"),
    ("1.204,50", "1204.50"),
    ("0", "0.00"),
    ("0,05", "0.05"),
    (" 12 ", "12.00"),
    ("'12", "12.00"),
    ("999.999.999.999,99", "999999999999.99"),
]
NOTHING = ["", " ", "\u00a0", "\ufeff", "'"]
REFUSED = [
    # typed, why, what was probably meant
    ("50,000", "duizendtallen krijgen een punt", "€ 50.000"),
    ("50,5", "twee cijfers: de centen", "€ 50,50"),
    ("50,5555", "twee cijfers: de centen", ""),
    ("1234,567", "twee cijfers: de centen", ""),
    ("50.00", "voor de centen staat een komma", "€ 50"),
    ("1204.50", "voor de centen staat een komma", "€ 1.204,50"),
    ("50.0000", "precies drie cijfers", ""),
    ("5.00.000", "precies drie cijfers", ""),
    ("1,177,000.00", "duizendtallen krijgen een punt en centen een komma", "€ 1.177.000"),
    ("1,177,000", "duizendtallen krijgen een punt en centen een komma", "€ 1.177.000"),
    ("50k", "schrijf het bedrag voluit", "€ 50.000"),
    ("1,5 mln", "schrijf het bedrag voluit", "€ 1.500.000"),
    ("ruim 13 mln.", "schrijf het bedrag voluit", "€ 13.000.000"),
    ("2 miljard", "schrijf het bedrag voluit", "€ 2.000.000.000"),
    ("9000 miljard", "schrijf het bedrag voluit", ""),
    ("ca. 50.000", "dat het een schatting is", "€ 50.000"),
    ("<5.000", "dat het een schatting is", "€ 5.000"),
    ("50.000-60.000", "twee bedragen", ""),
    ("50.000 + 2.500", "twee bedragen", ""),
    ("€ 50 € 60", "meer dan één keer", ""),
    ("-50", "niet kleiner dan nul", ""),
    ("(1.250)", "niet kleiner dan nul", ""),
    ("-", "een streepje", ""),
    ("pm", "laat het vak leeg", ""),
    ("P.M.", "laat het vak leeg", ""),
    ("n.v.t.", "laat het vak leeg", ""),
    ("onbekend", "laat het vak leeg", ""),
    ("€", "alleen een euroteken", ""),
    ("$ 5", "in euro's", ""),
    ("50%", "een percentage", ""),
    ("5.000*", "een sterretje", "€ 5.000"),
    ("5.000 per jaar", "het bedrag van het hele jaar", "€ 5.000"),
    ("007", "begint niet met een nul", "€ 7"),
    ("=A1+B2", "een formule", ""),
    ("#REF!", "foutmelding", ""),
    ("1e5", "geen bedrag", ""),
    ("veel", "geen bedrag", ""),
    ("1.000.000.000.000", "hoogstens 12 posities", ""),
    ("5\uff10", "alleen de cijfers 0 tot en met 9", ""),
    ("½", "alleen de cijfers 0 tot en met 9", ""),
    ("9" * 101, "te lang", ""),
]


@pytest.mark.parametrize(("typed", "amount"), TAKEN)
def test_taken(typed, amount):
    read = read_euros(typed)
    assert (str(read), read) == (amount, Decimal(amount)), "exactly, to the cent"


@pytest.mark.parametrize("typed", NOTHING)
def test_nothing(typed):
    assert read_euros(typed) is None


@pytest.mark.parametrize(("typed", "why", "meant"), REFUSED)
def test_refused(typed, why, meant):
    with pytest.raises(Refusal) as refused:
        read_euros(typed)
    assert why in refused.value.why
    assert refused.value.suggestion == meant
    assert refused.value.typed == typed


@pytest.mark.parametrize(("typed", "why", "meant"), [row for row in REFUSED if row[2]])
def test_what_was_meant_can_be_read(typed, why, meant):
    assert read_euros(meant) is not None


@pytest.mark.parametrize(
    ("amount", "printed"),
    [("50000", "€ 50.000"), ("50000.00", "€ 50.000"), ("1204.50", "€ 1.204,50"), ("0.05", "€ 0,05"), ("0", "€ 0"),
     ("14597000", "€ 14.597.000")],
)  # fmt: skip
def test_written(amount, printed):
    assert format_euros(Decimal(amount)) == printed


@given(st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2))
def test_what_is_written_reads_back(amount):
    assert read_euros(format_euros(amount)) == amount


@given(st.text(max_size=30))
def test_any_text_is_an_amount_nothing_or_a_refusal(text):
    try:
        read = read_euros(text)
    except Refusal as refusal:
        assert str(refusal)
    else:
        assert read is None or (read >= 0 and read.as_tuple().exponent == -2)
