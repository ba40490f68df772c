"""The form fields that clean to values of the domain."""

import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from indicators.domain.values import Exact, NoValue, Reason, Unit, UnitKind, Withheld
from indicators.pages.fields import NotationField, SampleField
from tests.domain.sample_sizes import REFUSED, TAKEN

pytestmark = pytest.mark.engine_free

COUNT = Unit(UnitKind.COUNT)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.177", Exact(Decimal(1177))),
        ("6.611*", Exact(Decimal(6611), provisional=True)),
        ("<5", Withheld(Decimal(5))),
        ("pm", NoValue(Reason.PM)),
    ],
)
def test_a_figure_becomes_a_value(typed: str, value: object) -> None:
    assert NotationField(COUNT).clean(typed).value == value


@pytest.mark.parametrize("typed", ["", "  ", None])
def test_nothing_typed_is_nothing(typed: str | None) -> None:
    assert NotationField(COUNT).clean(typed) is None and SampleField().clean(typed) is None


def test_the_last_figure_makes_the_question() -> None:
    assert NotationField(COUNT, last=Decimal(10), year=2020).clean("1.000").question
    assert NotationField(COUNT, last=Decimal(900), year=2020).clean("1.000").question == ""
    assert NotationField(COUNT, year=2020).clean("2020").question


def test_a_refusal_is_the_error_word_for_word() -> None:
    with pytest.raises(ValidationError) as caught:
        NotationField(COUNT).clean("1,177")
    assert caught.value.messages == ["‘1,177’: dit moet een heel getal zijn. Bedoelt u 1.177?"]


@pytest.mark.parametrize(("typed", "sample"), TAKEN)
def test_a_sample_size_is_read_as_in_a_file(typed: str, sample: int | None) -> None:
    assert SampleField().clean(typed) == sample


@pytest.mark.parametrize(("typed", "sentence"), REFUSED)
def test_a_sample_size_is_refused_as_in_a_file(typed: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(sentence)):
        SampleField().clean(typed)
