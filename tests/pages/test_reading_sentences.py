"""The sentences: counts checked by hand, in correct Dutch for one and for many."""

from types import SimpleNamespace

import pytest

from indicators.domain.assessment import Status
from indicators.domain.dutch import listed
from indicators.pages.start.remarks import remarks
from indicators.readmodel.sentences import count_sentence, target_meaning, verdict_sentences
from tests.cast import PRACTICE, REAL, overview_of, record
from tests.pages.test_reading import page

ON, RISK, OFF, MAYBE = Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.UNCERTAIN
NONE, NOT_DUE, FREE = Status.NO_DATA, Status.NOT_DUE, Status.NO_TARGET


def rows(*statuses: Status) -> list[SimpleNamespace]:
    """Return stand-ins for indicators of which only the status of 2020 is used."""
    return [SimpleNamespace(statuses={2020: status}, components=(), counts_in=lambda year: True) for status in statuses]


@pytest.mark.engine_free
@pytest.mark.parametrize(
    ("statuses", "final", "sentence"),
    [
        ([ON, ON, RISK], True,
         "In 2020 zijn 2 van de 3 indicatoren behaald; 1 is niet behaald maar wel beter dan de nulmeting."),
        ([ON, RISK, RISK, OFF], False,
         "In 2020 is 1 van de 4 indicatoren op koers; 2 vragen aandacht en 1 is niet op koers."),
        ([RISK, OFF, OFF], False,
         "In 2020 is geen van de 3 indicatoren op koers; 1 vraagt aandacht en 2 zijn niet op koers."),
        ([OFF, OFF], True, "In 2020 is geen van de 2 indicatoren behaald; 2 zijn niet behaald."),
        ([ON, ON], True, "In 2020 zijn alle 2 indicatoren behaald."),
        ([ON], False, "In 2020 staat de enige indicator op ‘Op koers’."),
        ([OFF], False, "In 2020 staat de enige indicator op ‘Niet op koers’."),
        ([ON, ON, MAYBE, NONE, NOT_DUE], False,
         "In 2020 zijn 2 van de 5 indicatoren op koers; 1 is niet te bepalen, van 1 is er geen cijfer "
         "en voor 1 was geen meting gepland."),
        ([ON, NOT_DUE, NOT_DUE], False, "In 2020 is 1 van de 3 indicatoren op koers; voor 2 was geen meting gepland."),
        ([ON, NONE, NONE], False, "Over 2020 is er van 2 van de 3 indicatoren geen cijfer; 1 is op koers."),
        ([NONE, NONE, NONE, NOT_DUE], False,
         "Over 2020 is er van 3 van de 4 indicatoren geen cijfer; voor 1 was geen meting gepland."),
        ([NONE, NONE], False, "Over 2020 is er van geen van de 2 indicatoren een cijfer."),
        ([FREE, FREE], False, "Voor 2020 zijn er geen streefwaarden; van geen van de 2 indicatoren is er een cijfer."),
        ([ON, FREE], False, "In 2020 is 1 van de 2 indicatoren op koers; voor 1 is er dit jaar geen streefwaarde."),
        ([], False, "Er zijn nog geen indicatoren."),
    ],
)  # fmt: skip
def test_how_many_stand_where(statuses: list[Status], final: bool, sentence: str) -> None:
    assert count_sentence(rows(*statuses), 2020, final=final) == sentence


@pytest.mark.engine_free
@pytest.mark.parametrize(
    ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")]
)
def test_words_are_joined_as_in_a_sentence(items: list[str], text: str) -> None:
    assert listed(items) == text


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        (2018, "Voor 2018 zijn er geen streefwaarden; van 1 van de 21 indicatoren is er een cijfer."),
        (2019, "Over 2019 is er van 18 van de 21 indicatoren geen cijfer; "
               "1 is op koers en voor 2 was geen meting gepland."),
        (2020, "Over 2020 is er van 20 van de 21 indicatoren geen cijfer; 1 is op koers."),
        (2022, "Over 2022 is er van 19 van de 21 indicatoren geen cijfer; 1 is behaald en "
               "1 is niet behaald maar wel beter dan de nulmeting."),
    ],
)  # fmt: skip
def test_the_answer_of_the_real_kadernota(client, real, year: int, sentence: str) -> None:
    assert sentence in page(client, f"/{REAL}/", jaar=year).text


def test_the_answer_of_the_practice_kadernota(client, practice) -> None:
    assert (
        "In 2022 zijn 9 van de 21 indicatoren behaald; 8 zijn niet behaald maar wel beter dan de nulmeting, "
        "2 zijn niet behaald en van 2 is er geen cijfer."
    ) in page(client, f"/{PRACTICE}/", jaar=2022).text


VERDICTS = [
    ("V9", 2020, "In 2020 waren er 534 incidenten met personen met verward gedrag. De streefwaarde was 480: "
     "aandacht, want niet gehaald maar wel beter dan de nulmeting. "
     "Sinds 2017 zijn het er 42 minder (−7%): dit kan toeval zijn."),
    ("V18", 2022, "In 2022 was het aantal incidenten met een terreurdreiging 1. De streefwaarde was 0: niet behaald. "
     "Sinds 2017 is het er 1 meer: dit kan toeval zijn."),
    ("V1", 2019, "In 2019 was geen meting gepland. Het laatste bekende cijfer is 23% (2018). "
     "De streefwaarde voor 2019 is 22%."),
    ("V1", 2022, "In 2022 was de meting 19%. De streefwaarde was <20%: behaald. "),
    ("V2", 2022, "In 2022 was de meting 6,3. De streefwaarde was >6,3: niet behaald, wel beter dan de nulmeting. "
     "Sinds 2016 is dat 0,1 hoger: onzekerheid onbekend."),
    ("V6", 2021, "In 2021 waren er minder dan 20 straatroven; de bron geeft het precieze aantal niet vrij. "
     "De streefwaarde was <15: niet te bepalen, want het precieze aantal kan aan beide kanten ervan liggen."),
    ("V17", 2019, "Het aantal RIEC-casussen over 2019 is niet bekend. Het laatste bekende cijfer is 10 (2018). "
     "De streefwaarde voor 2019 is 15."),
    ("V11", 2021, "Voor 2021 is een cijfer niet van toepassing."),
    ("V4", 2021, "In 2021 waren er 6.480 misdrijven. Dit cijfer is voorlopig. De streefwaarde was <6.500: op koers."),
    ("V21", 2018, "In 2018 waren er 7 crisisoefeningen terrorismegevolgbestrijding. Voor 2018 is er geen streefwaarde. "
     "Gelijk aan de nulmeting van 2017."),
    ("V20", 2019, "De streefwaarde was 0 <4: op koers. Het streven zelf is niet bereikt."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "year", "sentence"), VERDICTS)
def test_the_verdict_on_an_indicator(practice, code: str, year: int, sentence: str) -> None:
    row = overview_of(practice).row(code)
    assert verdict_sentences(row, year, last_year=2022)[0].startswith(sentence) or sentence in " ".join(
        verdict_sentences(row, year, last_year=2022)
    )


def test_a_composite_is_told_by_component_and_as_a_whole(practice) -> None:
    sentences = verdict_sentences(overview_of(practice).row("V14"), 2021, last_year=2022)
    assert sentences[0].startswith("In 2021 waren er 28 waarschuwingen. De streefwaarde was 30: aandacht")
    assert sentences[1].startswith("In 2021 waren er 26 sluitingen. De streefwaarde was 25: op koers.")
    assert sentences[2] == "Als geheel: aandacht, want het onderdeel dat er het slechtst voor staat, telt."


def test_a_component_without_targets_is_told_beside_the_other(real) -> None:
    sentences = verdict_sentences(overview_of(real).row("V5"), 2020, last_year=2022)
    assert sentences == [
        "In 2020 waren er 281 woninginbraken. De streefwaarde was <500: op koers. "
        "Sinds 2017 zijn het er 284 minder (−50%): een duidelijke verandering.",
        "Onderdeel ‘% van inwoners’: 0,18%, zonder streefwaarde.",
    ]


@pytest.mark.parametrize(
    ("code", "year", "words"),
    [
        ("V5", 2020, "minder dan 500"),
        ("V3", 2021, "4.500 of minder"),
        ("V12", 2020, "20 of meer"),
        ("V2", 2019, "6,2 of hoger"),
        ("V16", 2022, "meer dan 45"),
        ("V20", 2019, "het streven is 0, de grens is minder dan 4; het streven is niet bereikt"),
    ],
)
def test_what_a_target_means(practice, code: str, year: int, words: str) -> None:
    part = overview_of(practice).row(code).components[0]
    assert target_meaning(part, part.figures[year]) == words


def test_what_stands_out_is_what_the_figures_carry(practice) -> None:
    notable = remarks(overview_of(practice), 2022)
    assert [remark.text for remark in notable] == [
        "Duidelijk beter dan de nulmeting",
        "Bij alle 10 indicatoren die de streefwaarde niet haalden, staat een toelichting.",
        "Over 2022 is er geen cijfer",
    ]
    assert [(row.code, note) for row, note in notable[0].indicators] == [
        ("V9", "462, was 576"),
        ("V5", "455, was 565"),
        ("V19", "1.038, was 1.177"),
        ("V3", "4.385, was 4.714"),
    ]
    assert [row.code for row, _ in notable[2].indicators] == ["V16", "V21"]


def test_a_missed_target_without_explanation_stands_out(real, officer) -> None:
    record(real, "V9", 2021, "500", by=officer)
    notable = remarks(overview_of(real, drafts=True), 2021)
    codes = {remark.text: [row.code for row, _ in remark.indicators] for remark in notable}
    assert codes["De enige indicator die de streefwaarde niet haalde, heeft geen toelichting"] == ["V9"]
    record(real, "V3", 2021, "4.600", by=officer, explanation="Meer meldingen via de app.")
    notable = remarks(overview_of(real, drafts=True), 2021)
    codes = {remark.text: [row.code for row, _ in remark.indicators] for remark in notable}
    assert codes["Van de 2 indicatoren die de streefwaarde niet haalden, is er 1 zonder toelichting"] == ["V9"]


def test_nothing_stands_out_where_nothing_was_measured(practice) -> None:
    overview = overview_of(practice, edition=practice.editions.get(year=2018, number=1))
    assert remarks(overview, 2022) == []


@pytest.mark.parametrize("year", range(2018, 2023))
def test_never_more_than_five_remarks(practice, year: int) -> None:
    assert len(remarks(overview_of(practice), year)) <= 5
