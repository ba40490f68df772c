"""Figures from a file: permissions, the effect of each row, and a preview that stores nothing."""

import io

import openpyxl
import pytest
from django.test import Client

from tests.cast import record, revision_of
from tests.pages.reading_html import Page
from tests.pages.upload_forms import YEAR, address, confirm, fill_sheet, filled, messages_of, paste, send, stored

ROUTES = ["uit-bestand", "uit-bestand-vastleggen", "uit-bestand-koppelen", "uit-bestand-geweigerd"]


@pytest.fixture
def recorder(client: Client, real, officer) -> Client:
    """Return a client logged in as an officer."""
    client.force_login(officer)
    return client


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", ROUTES)
def test_who_is_not_logged_in_goes_to_the_log_in(client: Client, real, route: str, method: str) -> None:
    response = getattr(client, method)(address(route))
    assert response.status_code == 302
    assert response.url.startswith("/inloggen/?next=")


@pytest.mark.parametrize("who", ["adopter", "keeper"])
@pytest.mark.parametrize("route", ROUTES)
def test_for_others_the_pages_are_not_there(client: Client, real, route: str, who: str, request) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(address(route)).status_code == 404
    assert client.post(address(route), {"block": "V6;12"}).status_code == 404
    assert client.get(address("invulblad", extension="xlsx")).status_code == 404


def test_a_year_of_another_period_is_not_there(recorder: Client) -> None:
    assert recorder.get(address(year=2031)).status_code == 404
    assert recorder.get(address("invulblad", extension="doc")).status_code == 404
    assert recorder.get(address("invulblad", extension="xlsx"), {"bron": "CBS"}).status_code == 404


def test_the_page_offers_the_sheet_for_each_source(recorder: Client) -> None:
    page = recorder.get(address())
    assert page.status_code == 200
    read = Page(page.content.decode())
    assert not read.faults and len(read.ids) == len(set(read.ids))
    for source in ("Gemeente", "Politie", "KMar", "RIEC", "VRK"):
        assert f"?bron={source}" in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"


def test_the_unchanged_sheet_changes_nothing(recorder: Client) -> None:
    page = send(recorder, "invulblad.xlsx", fill_sheet(recorder))
    assert page.status_code == 200
    assert page.context["page"].answer == "23 rijen gelezen: 23 leeg."


def test_each_row_says_what_it_would_do(recorder: Client, real, officer) -> None:
    record(real, "V6", YEAR, "14", by=officer)
    record(real, "V7", YEAR, "9", by=officer)
    before = stored()
    page = paste(recorder, "V6\t12\nV7\t9\nV3\t4.100\nV8\t\nV2\t6.3\nV10\t1")
    assert page.status_code == 200
    shown = page.context["page"]
    assert shown.answer == (
        "6 rijen gelezen: 2 nieuw, 1 gewijzigd, 1 hetzelfde, 1 leeg en 1 geweigerd. Bij 1 rij hoort een vraag."
    )
    rows = {row.name.partition(" ")[0]: row for row in (*shown.changing, *shown.unchanged, *shown.refused)}
    assert (rows["V6"].words, rows["V6"].was, rows["V6"].becomes) == ("Gewijzigd", "14", "12")
    assert "Op koers" in rows["V6"].status_mark
    assert "Aandacht" not in rows["V3"].status_mark and "Op koers" in rows["V3"].status_mark
    assert rows["V7"].words == "Hetzelfde"
    assert (rows["V2"].refusals[0].column, rows["V2"].refusals[0].refusal.suggestion) == ("meting", "6,3")
    assert "minder dan een tiende" in rows["V10"].question
    assert not Page(page.content.decode()).faults
    assert stored() == before


def test_a_filled_sheet_is_recorded_as_typed(recorder: Client, real) -> None:
    sheet = filled(
        fill_sheet(recorder),
        {("V6", ""): "12", ("V14", "Sluitingen"): "<5", ("V9", ""): "pm", ("V2", ""): "6,4", ("V3", ""): "4.100*"},
        toelichting={("V6", ""): "Minder dan vorig jaar."},
        steekproef={("V2", ""): "1.204"},
    )
    preview = send(recorder, "ingevuld.xlsx", sheet)
    assert preview.context["page"].answer == "23 rijen gelezen: 5 nieuw en 18 leeg."
    done = confirm(recorder, preview)
    assert (done.status_code, done.url) == (302, address())
    assert messages_of(recorder) == ["Vastgelegd: 5 nieuw."]
    assert str(revision_of(real, "V6", YEAR).number) == "12.0000"
    assert revision_of(real, "V6", YEAR).explanation == "Minder dan vorig jaar."
    assert revision_of(real, "V14", YEAR, "Sluitingen").withheld == "<"
    assert revision_of(real, "V9", YEAR).no_value == "pm"
    assert revision_of(real, "V2", YEAR).sample == 1204
    assert revision_of(real, "V3", YEAR).provisional


def test_the_same_confirmation_twice_is_one_figure(recorder: Client) -> None:
    preview = paste(recorder, "V6;12\nV7;9")
    confirm(recorder, preview)
    assert messages_of(recorder) == ["Vastgelegd: 2 nieuw."]
    after = stored()
    assert confirm(recorder, preview).status_code == 302
    assert messages_of(recorder) == ["Er is niets nieuws vastgelegd: 2 stonden er al."]
    assert stored() == after


def test_what_is_recorded_is_a_draft_that_the_public_does_not_see(recorder: Client) -> None:
    confirm(recorder, paste(recorder, "V6;13"))
    public = Client().get(f"/{address().split('/')[1]}/indicator/V6/", {"jaar": YEAR})
    assert public.status_code == 200
    assert "13" not in Page(public.content.decode()).text.replace("2013", "")


@pytest.mark.parametrize(
    ("block", "codes"),
    [
        ("V6\t12\nV7\t9", ["V6", "V7"]),
        ("V6;12\n\n  \nV7;9\n", ["V6", "V7"]),
        ("Straatroof (absoluut)\t12", ["V6"]),
        ("V14\tSluitingen\t12", ["V14"]),
        ("meting\tindicator\tjaar\n12\tV6\t2021", ["V6"]),
        ("Indicator\tMeting\tToelichting\nV6\t12\t\"Regel één\nregel twee\"", ["V6"]),
    ],
)  # fmt: skip
def test_a_block_is_understood_as_the_page_says(recorder: Client, block: str, codes: list[str]) -> None:
    page = paste(recorder, block)
    assert page.status_code == 200
    shown = page.context["page"]
    assert [row.name.partition(" ")[0] for row in shown.changing] == codes
    assert not shown.refused and {row.year for row in shown.changing} == {str(YEAR)}


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("", "Plak eerst een blok."),
        (" \n\t\n", "Er is niets geplakt."),
        ("V6\t1\t2\t3", "Regel 1 heeft 4 kolommen."),
        ('V6\t"12', "De aanhalingstekens vanaf regel 1 kloppen niet."),
        ("V6\t1\x002", "onleesbaar teken"),
        ("indicator\tmeting\tmeting\nV6\t1\t2", "De kolom ‘meting’ staat er twee keer."),
        ("V6;1\n" * 1001, "meer dan 1.000 regels"),
        ("x" * 200_001, "Dit blok is te lang."),
    ],
)
def test_a_block_that_cannot_be_read_says_why_and_stays(recorder: Client, block: str, said: str) -> None:
    page = paste(recorder, block)
    assert page.status_code == 422
    text = page.content.decode()
    assert said in Page(text).text and 'aria-invalid="true"' in text
    assert page.context["paste_form"]["block"].value() == block


def test_a_parted_decimal_is_asked_about(recorder: Client) -> None:
    page = send(recorder, "cijfers.csv", "indicator,jaar,meting,toelichting\nV2,2021,6,2\nV6,2021,12,Rustig jaar\n")
    (row,) = page.context["page"].questions
    assert "stond er 6,2?" in row.question
    assert confirm(recorder, page).status_code == 422
    assert not stored()


def test_refusals_come_back_as_notes_on_their_cells(recorder: Client) -> None:
    values = {("V2", ""): "6.3", ("V4", ""): "6.1.11", ("V8", ""): "ca. 400", ("V6", ""): "12"}
    preview = send(recorder, "ingevuld.xlsx", filled(fill_sheet(recorder), values, steekproef={("V8", ""): "100"}))
    assert [len(row.refusals) for row in preview.context["page"].refused] == [1, 1, 2]
    assert not preview.context["may_confirm"]
    answer = confirm(recorder, preview, "uit-bestand-geweigerd")
    assert answer["Content-Disposition"] == f'attachment; filename="geweigerd-{YEAR}.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    notes = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert set(notes) == {"I3", "I5", "I10", "K10"}
    assert "Bedoelt u 6,3?" in notes["I3"] and notes["I3"].startswith("Rij 3 van uw bestand.")
    assert sheet["I3"].value == "6.3" and sheet["I3"].fill.fgColor.rgb != sheet["I8"].fill.fgColor.rgb
    assert "steekproef:" in sheet["L10"].value and "meting:" in sheet["L10"].value
    again = send(recorder, "geweigerd.xlsx", answer.content)
    assert again.context["page"].answer == preview.context["page"].answer


def test_refused_rows_cannot_be_confirmed(recorder: Client) -> None:
    page = confirm(recorder, paste(recorder, "V6;12\nV7;-"))
    assert page.status_code == 422
    assert "Er zijn nog geweigerde rijen. Er is niets vastgelegd." in page.content.decode()
    assert not stored()


def test_the_number_of_queries_does_not_grow_with_the_rows(recorder: Client, django_assert_max_num_queries) -> None:
    few, many = "V6;12", "\n".join(f"V{number};1" for number in range(1, 22))
    with django_assert_max_num_queries(17) as first:
        paste(recorder, few)
    with django_assert_max_num_queries(17) as second:
        paste(recorder, many)
    assert len(first) == len(second)
