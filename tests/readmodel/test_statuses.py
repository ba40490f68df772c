"""The Dutch words and signs for each status, and the sentences that the figures give."""

import pytest

from indicators.domain.assessment import Certainty, Status
from indicators.domain.statuses import CERTAINTY_WORDS, RULES, STATUSES, status_words
from indicators.domain.values import Exact, NoValue, Reason
from indicators.readmodel.sentences import chance_sentence, development_sentence, needed_sentence
from tests.cast import overview_of, record

pytestmark = pytest.mark.django_db


def sentences(kadernota, officer, code, year, typed, name="", **facts):
    """Record a figure; return its component and the figure."""
    record(kadernota, code, year, typed, name, explanation="toegelicht", by=officer, **facts)
    row = overview_of(kadernota, drafts=True).row(code)
    part = next(part for part in row.components if part.name == name)
    return part, part.figures[year]


@pytest.mark.parametrize(
    ("status", "words", "at_the_end"),
    [
        (Status.NO_TARGET, "Geen streefwaarde", "Geen streefwaarde"),
        (Status.NOT_DUE, "Geen meting gepland", "Geen meting gepland"),
        (Status.NO_DATA, "Nog geen meting", "Nog geen meting"),
        (Status.ON_TRACK, "Op koers", "Behaald"),
        (Status.UNCERTAIN, "Niet te bepalen", "Niet te bepalen"),
        (Status.AT_RISK, "Aandacht", "Niet behaald, wel beter dan de nulmeting"),
        (Status.OFF_TRACK, "Niet op koers", "Niet behaald"),
    ],
)
def test_words_of_a_status(status, words, at_the_end):
    assert status_words(status, final=False) == words
    assert status_words(status, final=True) == at_the_end


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason.PM, "Volgt nog"),
        (Reason.UNKNOWN, "Niet bekend"),
        (Reason.NOT_APPLICABLE, "Niet van toepassing"),
    ],
)
def test_no_value_says_its_own_reason_where_it_is_the_reason(reason, words):
    for final in (False, True):
        assert status_words(Status.NO_DATA, final=final, value=NoValue(reason)) == words
    assert status_words(Status.ON_TRACK, final=False, value=Exact(1)) == "Op koers"
    assert status_words(Status.NO_TARGET, final=False, value=NoValue(reason)) == "Geen streefwaarde"


def test_every_status_certainty_and_rule_has_its_words_and_its_own_sign():
    assert set(STATUSES) == set(Status)
    assert (
        len({text.sign for text in STATUSES.values()}) == len({text.word for text in STATUSES.values()}) == len(Status)
    )
    assert set(CERTAINTY_WORDS) == set(Certainty) and set(RULES) == set(range(1, 8))


@pytest.mark.parametrize(
    ("code", "typed", "facts", "sentence"),
    [
        ("V3", "4.521", {}, "Sinds 2017 193 minder (−4%): een duidelijke verandering."),
        ("V6", "18", {}, "Sinds 2017 1 meer (+6%): dit kan toeval zijn."),
        ("V7", "11", {}, "Gelijk aan de nulmeting van 2017."),
        ("V11", "14", {}, "Sinds 2017 7 meer (+100%): eigen inzet: toeval speelt hier geen rol."),
        ("V18", "2", {}, "Sinds 2017 2 meer: dit kan toeval zijn."),
        ("V1", "20%", {"sample": 1200}, "Sinds 2016 2 procentpunt lager: dit kan toeval zijn."),
        ("V1", "15%", {"sample": 1200}, "Sinds 2016 7 procentpunt lager: een duidelijke verandering."),
        ("V2", "6,4", {}, "Sinds 2016 0,2 hoger: onzekerheid onbekend."),
        ("V8", "<300", {}, ""),
        ("V8", "pm", {}, ""),
    ],
)
def test_development(real, officer, code, typed, facts, sentence):
    assert development_sentence(*sentences(real, officer, code, 2020, typed, **facts)) == sentence


@pytest.mark.parametrize(
    ("code", "year", "typed", "sentence"),
    [
        ("V3", 2020, "4.521", "Tot en met 2022 is nog 22 nodig, gemiddeld 11 per jaar."),
        ("V3", 2020, "4.499", "Dit cijfer voldoet aan de streefwaarde voor 2022."),
        ("V3", 2022, "4.500", "Er kwam 1 tekort."),
        ("V2", 2022, "6,3", "Er kwam 0,1 tekort."),
        ("V2", 2020, "6,2", "Tot en met 2022 is nog 0,2 nodig, gemiddeld 0,1 per jaar."),
        ("V1", 2020, "21%", "Tot en met 2022 is nog 2 procentpunt nodig, gemiddeld 1 per jaar."),
        ("V12", 2019, "18", "Tot en met 2022 is nog 2 nodig, gemiddeld 0,7 per jaar."),
        ("V8", 2020, "n.b.", ""),
        ("V8", 2020, "<400", ""),
    ],
)
def test_needed(real, officer, code, year, typed, sentence):
    assert needed_sentence(*sentences(real, officer, code, year, typed), 2022) == sentence


def test_chance(real, officer):
    """A level of 11 a year meets <10 in 34% of the years (Poisson, at most 9): about 1 in 3."""
    said = chance_sentence(*sentences(real, officer, "V7", 2020, "9"))
    assert (
        said
        == "Bij een gelijkblijvend niveau van 11 per jaar wordt deze streefwaarde gehaald in ongeveer 1 op de 3 jaren."
    )


@pytest.mark.parametrize(("code", "typed"), [("V11", "14"), ("V18", "0"), ("V1", "20%"), ("V2", "6,3")])
def test_no_chance_where_it_says_nothing(real, officer, code, typed):
    """Effort, a baseline of 0, and what is no count."""
    assert chance_sentence(*sentences(real, officer, code, 2020, typed)) == ""
