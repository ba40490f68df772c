"""The chain of decisions: canonical JSON, hashes, and the check of an exported chain."""

import copy
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.domain.chain import (
    Fault,
    canonical_text,
    chain_hash,
    check_chain,
    content_hash,
    decimal_text,
    first_link,
    witness_hash,
    witness_text,
)

pytestmark = pytest.mark.engine_free

FIRST = first_link(slug="elders", cbs_code="GM0001", is_practice=False, predecessor=None)
AMSTERDAM = timezone(timedelta(hours=1))

FORMS = [
    (None, "null"),
    (True, "true"),
    (12, "12"),
    ("e\u0301", '"é"'),
    (Decimal("22.0000"), '"22"'),
    (Decimal("6.20"), '"6.2"'),
    (Decimal("4E+3"), '"4000"'),
    (Decimal("-0.0"), '"0"'),
    (date(2021, 3, 2), '"2021-03-02"'),
    (datetime(2021, 3, 2, 12, tzinfo=AMSTERDAM), '"2021-03-02T11:00:00.000000Z"'),
    ({"b": 1, "a": [1, (2,)]}, '{"a":[1,[2]],"b":1}'),
]


@pytest.mark.parametrize(("value", "text"), FORMS)
def test_the_canonical_form(value, text):
    assert canonical_text(value) == text


WITHOUT_FORM = [
    1.0,
    float("nan"),
    Decimal("NaN"),
    Decimal("Infinity"),
    datetime(2021, 3, 2),
    {1: "a"},
    {"é": 1, "e\u0301": 2},
    {"a": {1, 2}},
    b"bytes",
    "\ud800",
]


@pytest.mark.parametrize("value", WITHOUT_FORM, ids=repr)
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(ValueError):
        canonical_text(value)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | texts
    | st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12)
    | st.dates()
    | st.datetimes(timezones=st.sampled_from([UTC, AMSTERDAM]), min_value=datetime(1900, 1, 1))
)
keys = st.text("abcdefg", max_size=3)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)


@given(values)
def test_a_canonical_text_is_its_own_canonical_form(value):
    text = canonical_text(value)
    assert canonical_text(json.loads(text)) == text


@given(st.dictionaries(keys, values, max_size=5))
def test_the_order_of_keys_does_not_count(value):
    assert content_hash(dict(reversed(value.items()))) == content_hash(value)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=0, max_value=10**14))
def test_a_number_reads_back_and_trailing_zeros_do_not_count(number):
    assert Decimal(decimal_text(number)) == number
    assert decimal_text(number.quantize(Decimal("0.0001"))) == decimal_text(number.normalize())


def chain(contents, first=FIRST):
    links, previous = [], first
    for number, content in enumerate(contents, start=1):
        content = {**content, "sequence": number}
        parts = {
            "sequence": number,
            "previous": previous,
            "content_hash": content_hash(content),
            "witness_hash": witness_hash(witness_text({"adopter": "v"}, salt=str(number))),
            "manifest": "",
        }
        previous = chain_hash(**parts)
        links.append({**parts, "content": content, "chain_hash": previous})
    return json.loads(canonical_text(links))


CONTENTS = [{"kind": "nota"}, {"kind": "year", "number": Decimal("4.5")}, {"kind": "year"}, {"kind": "correction"}]


def test_a_true_chain_has_no_faults():
    links = chain(CONTENTS)
    assert check_chain(links, first=FIRST) == []
    assert check_chain(links, first=FIRST, expect=links[-1]["chain_hash"]) == []
    assert check_chain(links, first=FIRST, expect=links[1]["chain_hash"]) == []
    assert check_chain([], first=FIRST) == []


def test_another_first_link_is_a_fault():
    for other in (
        {"slug": "hier", "cbs_code": "GM0001", "is_practice": False, "predecessor": None},
        {"slug": "elders", "cbs_code": "GM0002", "is_practice": False, "predecessor": None},
        {"slug": "elders", "cbs_code": "GM0001", "is_practice": True, "predecessor": None},
        {"slug": "elders", "cbs_code": "GM0001", "is_practice": False, "predecessor": "vorige"},
    ):
        assert check_chain(chain(CONTENTS), first=first_link(**other)) == [Fault(1, "previous")]


def test_a_link_that_is_missing_at_the_end_is_noticed_by_the_expected_hash_alone():
    links = chain(CONTENTS)
    assert check_chain(links[:-1], first=FIRST) == []
    assert check_chain(links[:-1], first=FIRST, expect=links[-1]["chain_hash"]) == [Fault(0, "expected")]


@given(
    number=st.integers(0, len(CONTENTS) - 1),
    key=st.sampled_from(["sequence", "previous", "content", "content_hash", "witness_hash", "manifest", "chain_hash"]),
    value=st.none() | st.integers(9, 12) | st.just("0" * 64) | st.just({"kind": "year"}) | st.just(1.5),
)
def test_every_change_of_a_link_is_a_fault(number, key, value):
    links = chain(CONTENTS)
    links[number][key] = value
    assert check_chain(links, first=FIRST, expect=chain(CONTENTS)[-1]["chain_hash"])


@given(st.permutations(range(len(CONTENTS))))
def test_links_in_another_order_are_faults(order):
    links = chain(CONTENTS)
    assert bool(check_chain([links[number] for number in order], first=FIRST)) == (order != sorted(order))


def test_a_changed_content_with_recomputed_hashes_breaks_the_next_link():
    links = chain(CONTENTS)
    changed = copy.deepcopy(CONTENTS)
    changed[1]["kind"] = "taken_over"
    links[1] = chain(changed)[1]
    assert check_chain(links, first=FIRST) == [Fault(3, "previous")]


@pytest.mark.parametrize("link", [None, "x", [], {}, {"sequence": 1}, 4])
def test_something_else_than_a_link_is_a_fault(link):
    assert Fault(1, "form") in check_chain([link], first=FIRST)


def test_the_salt_keeps_two_witnesses_of_the_same_people_apart():
    people = {"adopter": "v", "proposer": None}
    assert witness_hash(witness_text(people, salt="a")) != witness_hash(witness_text(people, salt="b"))
