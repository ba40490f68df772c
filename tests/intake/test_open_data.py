"""Tables as CBS StatLine and data.politie.nl publish them: what is read, and what is refused."""

import pytest

from indicators.actions.errors import ActionRefused
from indicators.actions.mapping import map_series
from indicators.intake.open_data import (
    MAX_SERIES,
    Observation,
    is_open_data,
    mapped_components,
    read_open_data,
    to_rows,
)
from indicators.intake.sheets import SheetRefused
from indicators.models import Component, OpenDataRow
from priorities.permissions import NotAllowed
from tests.cast import component_of

# With symbols, one row of headings and one of units, as StatLine writes it.
UNITS = """\
"Geregistreerde misdrijven; soort misdrijf, regio"
"Soort misdrijf";"Regio's";"Perioden";"Totaal geregistreerde misdrijven";"Geregistreerde misdrijven, relatief"
"Soort misdrijf";"Regio's";"Perioden";"aantal";"% van totaal"
"Totaal misdrijven ";"Haarlemmermeer (gemeente)";"2021*";"6611";"100,0"
"Totaal misdrijven ";"Haarlemmermeer (gemeente)";"2021 1e kwartaal*";"1600";"100,0"
"Totaal misdrijven ";"Nederland";"2021*";"750000";"100,0"
"Vernieling";"Haarlemmermeer (gemeente)";"2021*";".";"-"
"Vernieling";"Haarlemmermeer (gemeente)";"2020";"";"x"
"Bron: CBS"
"""
# One observation a record.
TIDY = """\
"ID";"Onderwerp";"Soort misdrijf";"Perioden";"RegioS";"Waarde"
"0";"Geregistreerde misdrijven";"Straatroof";"2021JJ00";"Haarlemmermeer";"12"
"1";"Verdachten";"Straatroof";"2021JJ00";"Haarlemmermeer";"7"
"2";"Verdachten";"Straatroof";"2021KW01";"Haarlemmermeer";"3"
""".replace("RegioS", "Regio's")


def read(text: str, *, organisation: str = "Haarlemmermeer", year: int = 2021):
    """Return the table in this text."""
    return read_open_data(text.encode(), organisation=organisation, year=year)


def figures(text: str, **asked) -> list[tuple[str, str, str]]:
    """Return its figures as (row, column, figure in our notation)."""
    return [(item.row_name, item.column_name, item.typed) for item in read(text, **asked).observations]


def refusal(text: str, **asked) -> str:
    """Return the sentences that refuse this text; each says what to do."""
    with pytest.raises(SheetRefused) as caught:
        read(text, **asked)
    assert caught.value.advice
    return str(caught.value)


def test_titles_units_quarters_other_regions_and_footers_are_no_figures() -> None:
    assert figures(UNITS) == [
        ("Totaal misdrijven", "Totaal geregistreerde misdrijven", "6611*"),
        ("Totaal misdrijven", "Geregistreerde misdrijven, relatief", "100,0*"),
        ("Vernieling", "Totaal geregistreerde misdrijven", "."),
        ("Vernieling", "Geregistreerde misdrijven, relatief", "-"),
    ]
    assert figures(UNITS, year=2020) == [("Vernieling", "Geregistreerde misdrijven, relatief", "x")]


def test_columns_are_found_by_name_not_by_place() -> None:
    lines = [line.split(";") for line in UNITS.splitlines()[1:]]
    turned = "\n".join(";".join(fields[::-1]) for fields in lines)
    assert sorted(figures(turned)) == sorted(figures(UNITS))


def test_one_observation_a_record() -> None:
    assert figures(TIDY) == [
        ("Straatroof", "Geregistreerde misdrijven", "12"),
        ("Straatroof", "Verdachten", "7"),
    ]


def test_several_columns_name_a_row_together() -> None:
    text = '"Geslacht";"Leeftijd";"Perioden";"Gemeente";"Aantal"\n"Man";"18+";"2021";"Haarlemmermeer";"4"\n'
    assert figures(text) == [("Man / 18+", "Aantal", "4")]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separators_and_encodings(separator: str, encoding: str) -> None:
    content = TIDY.replace(";", separator).encode(encoding)
    assert is_open_data(content) or encoding == "utf-16"
    assert len(read_open_data(content, organisation="Haarlemmermeer", year=2021).observations) == 2


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (UNITS, True),
        (TIDY, True),
        ("indicator;jaar;meting\nV6;2021;12\n", False),
        ("indicator,jaar,meting\nV2,2021,\"6,2\"\n", False),
        ("jaar;meting;code\n2021;12;V6\n", False),
        ("naam;cijfer\na;1\n", False),
        ("", False),
        ('"', False),
        ("PK\x03\x04 Perioden;x", False),
    ],
)  # fmt: skip
def test_a_published_table_is_told_from_our_own(content: str, expected: bool) -> None:
    assert is_open_data(content.encode()) is expected


@pytest.mark.parametrize("organisation", ["Haarlemmermeer", "Gemeente Haarlemmermeer", "gemeente haarlemmermeer"])
def test_our_region_is_found_under_its_names(organisation: str) -> None:
    table = read(UNITS, organisation=organisation)
    assert (table.region, table.question) == ("Haarlemmermeer (gemeente)", "")


def test_another_only_region_and_no_region_are_asked_about() -> None:
    assert "heet ‘Haarlemmermeer’, niet ‘Voorbeeld’" in read(TIDY, organisation="Voorbeeld").question
    assert "noemt geen regio" in read('"Soort";"Perioden";"Aantal"\n"a";"2021";"1"\n').question


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (UNITS.replace("Haarlemmermeer", "Aalsmeer"), "staan 2 regio's, en niet precies één daarvan is Haarlemmermeer"),
        (TIDY.replace("2021JJ00", "2019"), "Over heel 2021 staat er niets in dit bestand; wel over 2019."),
        (TIDY.replace("2021JJ00", "2021MM01"), "Over heel 2021 staat er niets in dit bestand."),
        ('"Perioden";"Regio\'s"\n"2021";"Haarlemmermeer"\n', "Er is geen kolom met cijfers gevonden."),
        ('"Perioden";"Aantal";"Aantal"\n"2021";"1";"2"\n', "hebben dezelfde kop"),
        ('"Soort";"Perioden";"Aantal"\n"a";"2021";"1";"2"\n', "Regel 2 heeft 4 velden, maar er zijn 3 kolomkoppen."),
        ('"Soort";"Perioden";"Aantal"\n"a";"2021";"1\n', "De aanhalingstekens vanaf regel 2 kloppen niet"),
        (
            "Soort;Perioden;Aantal\n" + "".join(f"s{n};2021;1\n" for n in range(MAX_SERIES + 1)),
            f"meer dan {MAX_SERIES} reeksen",
        ),
    ],
)
def test_what_cannot_be_read_says_why(text: str, sentence: str) -> None:
    assert sentence in refusal(text)


@pytest.mark.parametrize(
    ("text", "provisional", "typed", "unknown"),
    [
        ("6611", False, "6611", False),
        ("6611", True, "6611*", False),
        ("6611*", True, "6611*", False),
        (".", True, ".", True),
        ("X", False, "X", True),
        ("-", True, "-", False),
    ],
)
def test_signs_of_the_publisher(text: str, provisional: bool, typed: str, unknown: bool) -> None:
    item = Observation(line=1, row_name="a", column_name="b", text=text, provisional=provisional)
    assert (item.typed, item.is_unknown) == (typed, unknown)


def test_links_are_kept_changed_and_removed(real, officer) -> None:
    v6, v7 = component_of(real, "V6"), component_of(real, "V7")
    series = {
        ("Straatroof", "Aantal"): v6.series_id,
        ("Overval", "Aantal"): v7.series_id,
        ("Zakkenrollerij", "Aantal"): None,
    }
    assert map_series(kadernota=real, chosen=series, by=officer) == 2
    assert mapped_components(real) == {("Straatroof", "Aantal"): v6, ("Overval", "Aantal"): v7}
    map_series(kadernota=real, chosen={("Straatroof", "Aantal"): v7.series_id, ("Overval", "Aantal"): None}, by=officer)
    assert mapped_components(real) == {("Straatroof", "Aantal"): v7}


def test_only_who_records_may_link(real, adopter) -> None:
    with pytest.raises(NotAllowed):
        map_series(kadernota=real, chosen={}, by=adopter)


def test_a_component_of_another_kadernota_is_refused(real, practice, officer) -> None:
    wrong = {("a", "b"): component_of(real, "V6").series_id, ("c", "d"): component_of(practice, "V6").series_id}
    with pytest.raises(ActionRefused):
        map_series(kadernota=real, chosen=wrong, by=officer)
    assert not OpenDataRow.objects.exists()


def test_rows_keep_the_number_of_their_figure(real) -> None:
    part: Component = component_of(real, "V14", "Sluitingen")
    table = read(UNITS)
    rows = to_rows(table.observations, {("Vernieling", "Totaal geregistreerde misdrijven"): part}, 2021)
    assert list(rows) == [3]
    row, observation = rows[3]
    assert {name: cell.text for name, cell in row.cells.items()} == {
        "indicator": "V14",
        "onderdeel": "Sluitingen",
        "jaar": "2021",
        "meting": ".",
    }
    assert row.positions["meting"] == "regel 7, Vernieling, Totaal geregistreerde misdrijven"
    assert observation.is_unknown
