"""`assess`: every rule of the table, worked out by hand, as JSON; and the same as a table for people."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from indicators.domain.assessment import Certainty, Development, Status
from tests.cast import REAL, adopt_year, record
from tests.nota import ROWS, names_of

pytestmark = pytest.mark.django_db
KEYS = [
    "priority", "code", "indicator", "component", "year", "baseline", "baseline_year", "target", "measurement",
    "status", "rule", "development", "needed_in_all", "certainty", "indicator_status",
]  # fmt: skip

RECORDED_2020 = [
    ("V1", "", "21%", 1200), ("V2", "", "6,2", None), ("V3", "", "4.521", None), ("V6", "", "<20", None),
    ("V7", "", "11", None), ("V8", "", "pm", None), ("V9", "", "600*", None), ("V11", "", "10", None),
    ("V14", "Waarschuwingen", "30", None), ("V14", "Sluitingen", "<5", None), ("V16", "", "45", None),
    ("V18", "", "0", None), ("V19", "", "1.000", None), ("V20", "", "3", None), ("V21", "", "n.v.t.", None),
]  # fmt: skip

# code, component: baseline, its year, target, measurement; status, rule; development, needed, certainty; indicator
BY_HAND_2020 = {
    # 21 is not over 21; to <20% it is 2 more; of 1.200 asked 21% may be 18,8% to 23,4%, and 22% lies within.
    ("V1", ""): ("22%", 2016, "21%", "21%", "on_track", 4, "better", "2", "chance", "on_track"),
    # 6,2 is under 6,3 and equal to the baseline; >6,3 is 6,4 at one decimal.
    ("V2", ""): ("6,2", 2016, "6,3", "6,2", "off_track", 7, "equal", "0,2", "unknown", "off_track"),
    # 4.521 is not under 4.500, but under 4.714 (p = 0,046); to 4.499 it is 22.
    ("V3", ""): ("4.714", 2017, "<4.500", "4.521", "at_risk", 6, "better", "22", "clear", "at_risk"),
    ("V4", ""): ("6.756", 2017, "<6.500", None, "no_data", 3, None, None, None, "no_data"),
    ("V5", "absoluut"): ("565", 2017, "<500", "281", "on_track", 4, "better", "0", "clear", "on_track"),
    ("V5", "% van inwoners"): ("pm", 2017, None, "0,18%", "no_target", 1, None, None, None, "on_track"),
    # 0 to 19: some of these are under 15, some are not.
    ("V6", ""): ("17", 2017, "<15", "<20", "uncertain", 5, None, None, None, "uncertain"),
    ("V7", ""): ("11", 2017, "<10", "11", "off_track", 7, "equal", "2", "chance", "off_track"),
    ("V8", ""): ("394", 2017, "<350", "pm", "no_data", 3, None, None, None, "no_data"),
    ("V9", ""): ("576", 2017, "480", "600*", "off_track", 7, "worse", "250", "chance", "off_track"),
    ("V11", ""): ("7", 2017, "24", "10", "at_risk", 6, "better", "14", "effort", "at_risk"),
    ("V14", "Waarschuwingen"): ("23", 2017, "30", "30", "on_track", 4, "better", "0", "effort", "off_track"),
    # 0 to 4: never 20, and never over the baseline of 10.
    ("V14", "Sluitingen"): ("10", 2017, "20", "<5", "off_track", 7, None, None, None, "off_track"),
    # 45 is not over 45, but over 35; to 46 it is 1.
    ("V16", ""): ("35", 2017, ">45", "45", "at_risk", 6, "better", "1", "effort", "at_risk"),
    ("V18", ""): ("0", 2017, "0", "0", "on_track", 4, "equal", "0", "chance", "on_track"),
    ("V19", ""): ("1.177", 2017, "750", "1.000", "at_risk", 6, "better", "251", "clear", "at_risk"),
    ("V20", ""): ("4", 2017, "0 <4", "3", "on_track", 4, "better", "0", "chance", "on_track"),
    ("V21", ""): ("7", 2017, "7", "n.v.t.", "no_data", 3, None, None, None, "no_data"),
}


def assess(year, *options):
    out = io.StringIO()
    call_command("assess", REAL, str(year), "--format", "json", *options, stdout=out)
    return {(one["code"], one["component"]): one for one in json.loads(out.getvalue())}


@pytest.fixture
def recorded(real, officer):
    for code, name, typed, sample in RECORDED_2020:
        record(real, code, 2020, typed, name, sample=sample, explanation="toegelicht", by=officer)
    return real


@pytest.mark.parametrize(("key", "expected"), BY_HAND_2020.items())
def test_by_hand(recorded, key, expected):
    components = assess(2020, "--drafts")[key]
    assert tuple(components[name] for name in KEYS[5:]) == expected


def test_every_rule_is_among_them(recorded):
    rules = {one["rule"] for year in (2018, 2020, 2021) for one in assess(year, "--drafts").values()}
    assert rules == {1, 2, 3, 4, 5, 6, 7}
    assert {expected[5] for expected in BY_HAND_2020.values()} == {1, 3, 4, 5, 6, 7}


def test_rule_two_is_for_a_year_without_a_planned_measurement(recorded):
    components = assess(2021, "--drafts")[("V1", "")]
    assert (components["status"], components["rule"], components["target"], components["measurement"]) == (
        "not_due",
        2,
        "20%",
        None,
    )
    assert components["needed_in_all"] is None


def test_the_last_year_has_what_is_still_needed_too(real):
    components = assess(2022)
    assert components["V4", ""] == {
        "priority": 1,
        "code": "V4",
        "indicator": "Totaal aantal misdrijven",
        "component": "",
        "year": 2022,
        "baseline": "6.756",
        "baseline_year": 2017,
        "target": "<6.500",
        "measurement": "6.611",
        "status": "at_risk",
        "rule": 6,
        "development": "better",
        "needed_in_all": "112",
        "certainty": "chance",
        "indicator_status": "at_risk",
    }
    assert components["V5", "absoluut"]["needed_in_all"] == "0"


def test_a_first_year_without_targets_still_tells_the_way_to_go(real):
    components = assess(2018)["V5", "absoluut"]
    assert (
        components["target"],
        components["rule"],
        components["status"],
        components["development"],
        components["needed_in_all"],
    ) == (
        None,
        1,
        "no_target",
        "better",
        "0",
    )


def test_one_object_for_each_component_in_the_order_of_the_nota(real):
    components = assess(2020)
    assert list(components) == [(cells[0], name) for cells in ROWS for name in names_of(cells[0])]
    assert [list(one) for one in components.values()] == [KEYS] * 23
    assert [one["priority"] for one in components.values()] == [1] * 9 + [2] * 4 + [3] * 6 + [4] * 4
    assert components["V14", "Sluitingen"]["target"] == "20" and components["V14", "Waarschuwingen"]["target"] == "30"


def test_words_are_of_the_known_kind(recorded):
    for one in assess(2020, "--drafts").values():
        assert one["status"] in {status.value for status in Status}
        assert one["development"] in {None, *(development.value for development in Development)}
        assert one["certainty"] in {None, *(certainty.value for certainty in Certainty)}


def test_drafts_count_only_when_asked_for(recorded, adopter):
    assert assess(2020)["V3", ""]["measurement"] is None
    adopt_year(recorded, 2020, by=adopter)
    assert assess(2020)["V3", ""]["measurement"] == "4.521"


def test_the_table(recorded):
    out = io.StringIO()
    call_command("assess", REAL, "2020", "--drafts", stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 24 and lines[0].split() == [
        "code",
        "indicator",
        "onderdeel",
        "nulmeting",
        "streefwaarde",
        "meting",
        "oordeel",
        "regel",
    ]
    assert any("V3" in line and "4.521" in line and "Aandacht" in line for line in lines)
    assert any("V8" in line and "Volgt nog" in line for line in lines)
    final = io.StringIO()
    call_command("assess", REAL, "2022", stdout=final)
    assert "Behaald" in final.getvalue() and "Niet behaald, wel beter dan de nulmeting" in final.getvalue()


@pytest.mark.parametrize(("slug", "year", "message"), [("elders", 2020, REAL), (REAL, 2017, "2018 tot en met 2022")])
def test_mistakes(real, slug, year, message):
    with pytest.raises(CommandError) as caught:
        call_command("assess", slug, str(year))
    assert caught.value.returncode == 2 and message in str(caught.value)
