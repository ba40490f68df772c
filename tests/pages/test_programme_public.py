"""The programme on the public pages: adopted lines as of each edition, and no others."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client

from indicators.domain.euros import format_euros
from indicators.domain.nota import TopicKind
from indicators.domain.programme import ActivityState
from indicators.readmodel.programme import adopted_programme
from priorities.models import Kadernota
from tests.cast import PRACTICE, REAL, adopt_version_of, adopt_year, overview_of, priority_of, record_activity
from tests.pages.test_reading import check, page

pytestmark = pytest.mark.django_db
YEARS = range(2018, 2023)
PLACES = ("prioriteit/1/", "prioriteit/2/", "prioriteit/3/", "prioriteit/4/", "themas/", "thema/2/", "vth/")


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("slug", [REAL, PRACTICE])
def test_every_page_is_well_formed_and_keeps_the_year(client, real, practice, slug: str, year: int) -> None:
    for place in PLACES:
        read = page(client, f"/{slug}/{place}", jaar=year)
        check(read)
    themes = [link for link in page(client, f"/{slug}/themas/", jaar=year).links if "/thema/" in link]
    assert themes.count(f"/{slug}/thema/2/?jaar={year}") == 1 and len(themes) == 16


@pytest.mark.parametrize("year", YEARS)
def test_each_page_shows_the_adopted_lines_of_its_part(client: Client, practice: Kadernota, year: int) -> None:
    programme = adopted_programme(overview_of(practice))
    shown = 0
    for part in programme.parts:
        place = {"priority": f"prioriteit/{part.number}/", "theme": f"thema/{part.number}/", "vth": "vth/"}[part.kind]
        read = page(client, f"/{PRACTICE}/{place}", jaar=year)
        for line in part.lines:
            if line.year != year:
                continue
            shown += 1
            texts = [
                line.title,
                line.partners,
                line.budget_printed,
                line.spent_printed,
                *line.result.splitlines(),
                line.state.word if line.state else "",
            ]
            assert all(" ".join(text.split()) in read.text for text in texts), line.title
            assert f"regel-{line.first}" in read.ids
        assert read.ids.count("finances") == bool(part.finances(year) or (part.budget and part.kind != "theme"))
    assert shown == len(programme.lines(year)) > 0


def test_totals_are_computed_and_say_what_they_lack(client, real, officer: User, adopter: User) -> None:
    for title, budget, spent in (("Een", "10.50", "3"), ("Twee", "20", None)):
        record_activity(
            real,
            title,
            2021,
            by=officer,
            state=None,
            result="Zo ging het.",
            budget=Decimal(budget),
            spent=Decimal(spent) if spent else None,
        )
    adopt_year(real, 2021, by=adopter)
    text = page(client, f"/{REAL}/prioriteit/1/", jaar=2021).text
    assert f"Totaal {format_euros(Decimal('30.50'))} € 3" in text
    assert "Niet alles is bekend: 1 zonder besteed bedrag. Het totaal telt wat er wel is." in text


def test_activities_stand_under_their_effort_in_the_order_of_the_nota(client, real, officer, adopter) -> None:
    approach = priority_of(real).approach
    for title, effort in (("Losse actie", ""), ("Tweede", approach[1]), ("Eerste", approach[0])):
        record_activity(real, title, 2021, by=officer, effort=effort)
    adopt_year(real, 2021, by=adopter)
    text = page(client, f"/{REAL}/prioriteit/1/", jaar=2021).text
    order = [text.index(one) for one in (approach[0], "Eerste", approach[1], "Tweede", "Wat verder gebeurt", "Losse")]
    assert order == sorted(order) and "3 loopt" in text


def test_an_edition_shows_what_it_said(client: Client, real: Kadernota, officer: User, adopter: User) -> None:
    """First the plan, then the account, then a draft; each for those who may see it."""
    plan = record_activity(real, "Schouw", 2021, by=officer, state=ActivityState.PLANNED, planned="najaar")
    adopt_year(real, 2020, by=adopter)
    facts = {"state": ActivityState.DONE, "result": "Zeven straten."}
    account = record_activity(real, "Schouw", 2021, by=officer, seen=plan, **facts)
    adopt_year(real, 2021, by=adopter)
    record_activity(real, "Schouw", 2021, by=officer, seen=account, **facts | {"result": "Acht straten."})
    where = f"/{REAL}/prioriteit/1/"
    before = page(client, where, editie="2020-2", jaar=2021).text
    assert "1 gepland" in before and "Dit is het plan, uit editie 2020-2." in before and "Zeven" not in before
    for way in ({}, {"editie": "2021-2"}):
        after = page(client, where, jaar=2021, **way).text
        assert (
            "Zeven straten." in after and "Dit is het verslag, uit editie 2021-2." in after and "concept" not in after
        )
    client.force_login(officer)
    assert "Schouw concept" in (drafts := page(client, where, jaar=2021).text) and "Acht straten." in drafts
    assert "Zeven straten." in page(client, where, jaar=2021, editie="2021-2").text


def test_the_themes_count_their_activities(client: Client, practice: Kadernota) -> None:
    read = page(client, f"/{PRACTICE}/themas/", jaar=2020)
    themes = adopted_programme(overview_of(practice)).themes
    number = sum(len(part.activities(2020)) for part in themes)
    busy = sum(bool(part.activities(2020)) for part in themes)
    assert number and f"Over 2020 staan daar {number} activiteiten bij, onder {busy} ervan." in read.text
    for part in themes:
        assert part.name in read.text and part.budget in read.text and all(one in read.text for one in part.approach)
    assert read.text.count("Geen activiteiten in 2020.") == len(themes) - busy


def test_the_cycle_shows_its_steps_and_its_own_indicators(client: Client, practice: Kadernota) -> None:
    read = page(client, f"/{PRACTICE}/vth/", jaar=2020)
    assert "In 2020 zijn alle 3 indicatoren op koers." in read.text
    assert all(step["name"] in read.text for step in priority_of(practice, "vth").focus_points)
    assert [code for code in ("VTH1", "VTH2", "VTH3") if code in read.text] == ["VTH1", "VTH2", "VTH3"]
    ordered = page(client, f"/{PRACTICE}/vth/", jaar=2020, sort="-name").text
    assert ordered.index("VTH3") < ordered.index("VTH2") < ordered.index("VTH1")
    assert f"/{PRACTICE}/vth/?jaar=2020" in page(client, f"/{PRACTICE}/indicator/VTH1/", jaar=2020).links


def test_the_start_page_names_what_stands_beside_the_priorities(client: Client, real, practice) -> None:
    read = page(client, f"/{PRACTICE}/", jaar=2020, editie="2020-1")
    assert "Vergunningen, toezicht en handhaving : In 2020 zijn alle 3 indicatoren op koers." in read.text
    assert "16 andere veiligheidsthema’s" in read.text
    assert {f"/{PRACTICE}/{place}/?jaar=2020&editie=2020-1" for place in ("vth", "themas")} <= set(read.links)
    assert "Er zijn nog geen indicatoren" not in page(client, f"/{REAL}/").text


def test_a_kadernota_without_them_says_nothing_of_them(
    client: Client, real: Kadernota, keeper: User, adopter: User
) -> None:
    adopt_version_of(
        real,
        lambda nota: replace(nota, topics=tuple(topic for topic in nota.topics if topic.kind is TopicKind.PRIORITY)),
        by=adopter,
        editor=keeper,
    )
    assert "Verder in de nota" not in page(client, f"/{REAL}/").text
    for place in ("themas/", "thema/1/", "vth/"):
        assert client.get(f"/{REAL}/{place}").status_code == 404


def test_search_finds_lines_and_drafts_for_officers_only(client: Client, real, officer: User, adopter: User) -> None:
    record_activity(real, "Ballonnenoptocht", 2021, by=officer)
    where = {"q": "ballonnen"}
    assert "niets gevonden" in page(client, f"/{REAL}/zoeken/", **where).text
    client.force_login(officer)
    assert "activiteit 2021, concept" in page(client, f"/{REAL}/zoeken/", **where).text
    adopt_year(real, 2021, by=adopter)
    client.logout()
    read = page(client, f"/{REAL}/zoeken/", **where)
    assert any(link.startswith(f"/{REAL}/prioriteit/1/?jaar=2021#regel-") for link in read.links)


def test_two_editions_tell_which_lines_differ(client: Client, practice: Kadernota) -> None:
    read = page(client, f"/{PRACTICE}/vergelijken/", van="2020-1", naar="2020-2")
    assert "In het programma veranderde 1 regel." in read.text and "besteed was € 33.870 en is € 35.120" in read.text
    wide = page(client, f"/{PRACTICE}/vergelijken/", van="2018-1", naar="2022-1")
    lines = adopted_programme(overview_of(practice)).parts
    new = sum(line.year > 2019 for part in lines for line in part.lines)
    assert f"kwamen er {new} regels bij" in wide.text and not wide.faults
    same = page(client, f"/{PRACTICE}/vergelijken/", van="2020-1", naar="2020-1")
    assert "Het programma" not in same.text


def test_the_feed_counts_the_lines(client: Client, practice: Kadernota) -> None:
    assert "Uit het programma: 32 regels." in client.get(f"/{PRACTICE}/feed/").content.decode()
