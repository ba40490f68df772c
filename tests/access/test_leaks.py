"""Drafts do not leak: all that the public can reach is, byte for byte, the same as without drafts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client

from indicators.actions.recording_lines import withdraw_line
from indicators.actions.workflow import send_back
from indicators.domain.formatting import format_number
from indicators.domain.programme import ActivityState
from indicators.models import Area, Edition, Measurement, ProgrammeLine
from indicators.pages import selection
from priorities.models import Kadernota
from reports.formats import FORMATS
from reports.sealing import seal
from tests.access.crawl import crawl, routes_of
from tests.access.response_text import body_of, headers_of, text_of
from tests.access.states import YEAR, adopted
from tests.access.test_matrix import ROWS, address
from tests.cast import (
    NOW,
    PRACTICE,
    REAL,
    load_practice_kadernota,
    load_real,
    make_user,
    record,
    record_activity,
    revision_of,
    rolled_back,
    topic_of,
)

# Pages do not depend on the database engine; test_immutability.py tests on both what the database refuses.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_free, pytest.mark.unmeasured]
QUERIES = ("", "?concept=1", "?editie=2021-2", "?jaar=2021")
FILES = tuple(FORMATS)
# The figure and explanation of each draft, which occur nowhere else.
FIRST, SENT_BACK, CORRECTED, REPLACED, REPLACING, ELSEWHERE = (
    (f"{million}.642.097", f"geheim{word}")
    for million, word in zip(
        range(3, 9), ("eerste", "terug", "verbeterd", "vervangen", "vervangend", "wijk"), strict=True
    )
)
# Each draft of the programme has a text in every field and amounts that occur nowhere else.
LINE_FIELDS = ("title", "effort", "partners", "planned", "result")
LINE_DRAFTS = ("nieuw", "terug", "over", "vervangen", "vervangend", "ingetrokken", "vooruit", "thema", "vth", "bedrag")
LINE_REASON = "geheimeregelreden"
REASON, OFFICER, RETURNER = "geheimereden", "Quirien Geheimschrijver", "Walburga Geheimlezer"


def spellings(figure: str) -> list[str]:
    """Return a figure in Dutch notation and without separators; texts are searched without whitespace."""
    return [figure, figure.replace(".", "")]


def line_secrets(kind: str) -> list[str]:
    """Return the texts of the draft line of this kind, and the spellings of its amounts."""
    amounts = line_amounts(kind)
    texts = [f"regelgeheim{kind}{name}" for name in LINE_FIELDS]
    return texts + [spelling for amount in amounts for spelling in spellings(format_number(Decimal(amount), 0))]


def line_amounts(kind: str) -> tuple[int, int]:
    """Return budget and spending: numbers with so many digits that no hash contains them by chance."""
    place = LINE_DRAFTS.index(kind)
    return 731_113_207 + place * 1_001_001, 847_229_311 + place * 1_003_003


SECRETS = {
    "a first draft": [*spellings(FIRST[0]), FIRST[1]],
    "a draft that was sent back": [*spellings(SENT_BACK[0]), SENT_BACK[1]],
    "a draft over an adopted figure": [*spellings(CORRECTED[0]), CORRECTED[1]],
    "a draft that was replaced": [*spellings(REPLACED[0]), REPLACED[1]],
    "the draft that replaced it": [*spellings(REPLACING[0]), REPLACING[1]],
    "a draft of a part of the municipality": [*spellings(ELSEWHERE[0]), ELSEWHERE[1]],
    **{f"a line that is {kind}": line_secrets(kind) for kind in LINE_DRAFTS},
    "the reason of sending back": [REASON],
    "the reason of sending a line back": [LINE_REASON],
    "who recorded": ["QuirienGeheimschrijver", "qgeheimschrijver"],
    "who sent back": ["WalburgaGeheimlezer", "wgeheimlezer"],
}
# No page shows these, whoever asks.
ON_NO_PAGE = {"a draft of a part of the municipality", "a line that is vervangen", "a line that is ingetrokken"}
ADOPTED_LINE = "Wijkschouw in het voorjaar"


@dataclass(kw_only=True)
class Crawled:
    """Responses by address: of the public before there were drafts (`before`), and of each role after.

    `nobody` is a user without a role; `practice` is the public in the practice kadernota.
    """

    before: dict[str, HttpResponse]
    public: dict[str, HttpResponse]
    nobody: dict[str, HttpResponse]
    officer: dict[str, HttpResponse]
    practice: dict[str, HttpResponse]


def routes_with_queries(kadernota: Kadernota) -> list[str]:
    """Return every GET address of the matrix with each of the queries, and the appendix in each format."""
    plain = {address(kadernota, row[0]) for row in ROWS if row[1] == "GET" and "?" not in row[0]}
    plain = {path for path in plain if not path.startswith("/beheer/")} | {"/robots.txt", "/feed/", "/niets/"}
    files = [f"/{kadernota.slug}/bijlage/{YEAR}/{key}/" for key in FILES]
    drafted = [
        f"/{kadernota.slug}/{place}?jaar={YEAR}{query}"
        for code in ("V4", "V6", "V7")
        for place, query in (
            (f"indicator/{code}/", ""),
            (f"indicator/{code}/grafiek.json", ""),
            ("zoeken/", f"&q={code}"),
        )
    ]
    drafted.append(f"/{kadernota.slug}/zoeken/?q=geheim")
    return [*drafted, *(path + query for path in sorted(plain) for query in QUERIES)] + [
        path + query for path in files for query in ("", "?concept=1", "?editie=2021-2", "?concept=true")
    ]


def record_secrets(kadernota: Kadernota) -> None:
    """Record drafts of every kind, with texts, figures and names that occur nowhere else."""
    first, _, last = OFFICER.partition(" ")
    officer = make_user("qgeheimschrijver", "beleidsmedewerker", first_name=first, last_name=last)
    first, _, last = RETURNER.partition(" ")
    returner = make_user("wgeheimlezer", "vaststeller", first_name=first, last_name=last)
    for code, (figure, text) in (("V4", FIRST), ("V6", SENT_BACK), ("V3", CORRECTED), ("V7", REPLACED)):
        record(kadernota, code, YEAR, figure, explanation=text, by=officer)
    record(kadernota, "V7", YEAR, REPLACING[0], explanation=REPLACING[1], by=officer)
    facts = {"revision": revision_of(kadernota, "V6", YEAR).pk, "kadernota": kadernota}
    send_back(model=Measurement, by=returner, reason=REASON, now=NOW, **facts)
    Measurement.objects.create(
        kadernota=kadernota,
        series=revision_of(kadernota, "V3", YEAR).series,
        area=Area.objects.get(kadernota=kadernota, code="noord"),
        year=YEAR,
        number=ELSEWHERE[0].replace(".", ""),
        explanation=ELSEWHERE[1],
        recorded_by=officer,
        recorded_at=NOW,
    )


def record_secret_lines(kadernota: Kadernota) -> None:
    """Record programme drafts of every kind: new, sent back, correcting, replaced, withdrawn, of the next year."""
    officer, returner = (User.objects.get(username=name) for name in ("qgeheimschrijver", "wgeheimlezer"))

    def add(kind: str, year: int = YEAR, **facts) -> ProgrammeLine:
        budget, spent = line_amounts(kind)
        texts = {name: f"regelgeheim{kind}{name}" for name in LINE_FIELDS}
        state = {} if kind == "bedrag" else {"state": ActivityState.DONE}
        amounts = {"budget": Decimal(budget), "spent": Decimal(spent)}
        return record_activity(kadernota, year=year, by=officer, **{"state": None} | state | texts | amounts | facts)

    for kind in ("nieuw", "bedrag"):
        add(kind)
    line = add("terug")
    send_back(model=ProgrammeLine, revision=line.pk, kadernota=kadernota, by=returner, reason=LINE_REASON, now=NOW)
    add("over", seen=ProgrammeLine.objects.get(title=ADOPTED_LINE))
    add("vervangend", seen=add("vervangen"))
    withdraw_line(seen=add("ingetrokken").pk, kadernota=kadernota, reason=LINE_REASON, by=officer, now=NOW)
    add("vooruit", YEAR + 1)
    add("thema", topic=topic_of(kadernota, "theme", 1))
    add("vth", topic=topic_of(kadernota, "vth", 1))


def logged_in(user: User) -> Client:
    """Return a test client logged in as this user."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(scope="module")
def crawled(django_db_setup, django_db_blocker) -> Iterator[Crawled]:
    """Crawl both kadernotas, with an edition of 2021, before and after recording the drafts."""
    with rolled_back(django_db_blocker, load_real) as real, django_db_blocker.unblock():
        load_practice_kadernota()
        anna = make_user("anna", "beleidsmedewerker")
        record_activity(real, ADOPTED_LINE, YEAR, by=anna)
        adopted(real, anna, make_user("carla", "vaststeller"))
        Area.objects.create(kadernota=real, code="noord", name="Noord")
        seal(Edition.objects.get(kadernota=real, year=YEAR, number=2), now=NOW)
        start, no_practice = ["/", f"/{REAL}/", *routes_with_queries(real)], f"/{PRACTICE}/"
        before = crawl(Client(), start, without=no_practice)
        record_secrets(real)
        record_secret_lines(real)
        eva, bram = logged_in(make_user("eva")), logged_in(make_user("bram", "beleidsmedewerker"))
        yield Crawled(
            before=before,
            public=crawl(Client(), start, without=no_practice),
            nobody={place: eva.get(place) for place in before if not elsewhere(place)},
            officer={place: bram.get(place) for place in start if place.endswith(("/", "?concept=1"))},
            practice=crawl(Client(), [f"/{PRACTICE}/"], without=f"/{REAL}/"),
        )


def elsewhere(place: str) -> bool:
    """Tell whether this is a page of an indicator without drafts; the crawl of the public covers those."""
    parts = place.split("/")
    return "indicator" in parts and parts[3] not in ("V3", "V4", "V6", "V7")


def find_secrets(responses: dict[str, HttpResponse], secrets: Iterable[str]) -> dict[str, list[str]]:
    """Return the secrets that occur in the text of the responses, each with the addresses."""
    places: dict[str, list[str]] = {}
    for place, response in responses.items():
        text = place + text_of(response)
        for secret in secrets:
            if secret.casefold() in text:
                places.setdefault(secret, []).append(place)
    return places


ALL = [spelling for group in SECRETS.values() for spelling in group]


def test_the_public_gets_what_it_got_before_there_were_drafts(crawled: Crawled) -> None:
    assert crawled.public.keys() == crawled.before.keys()
    assert len(crawled.public) > 200
    for place, response in crawled.public.items():
        earlier = crawled.before[place]
        assert response.status_code == earlier.status_code, place
        assert headers_of(response) == headers_of(earlier), place
        assert body_of(response) == body_of(earlier), place


def test_every_page_of_the_public_was_reached(crawled: Crawled) -> None:
    public = {row[0] for row in ROWS if row[1] == "GET" and row[2] in ("200", "ed", "to") and ":" not in row[0]}
    assert {route for route in public if "?" not in route} <= routes_of(crawled.public)


@pytest.mark.parametrize("who", ["public", "nobody"])
def test_no_secret_in_anything_they_can_reach(crawled: Crawled, who: str) -> None:
    assert find_secrets(getattr(crawled, who), ALL) == {}


def test_no_draft_of_the_practice_kadernota_either(crawled: Crawled) -> None:
    """Its drafts exist from the start; its pages are those with many editions."""
    public = set(Measurement.objects.adopted().values_list("explanation", flat=True))
    drafts = Measurement.objects.of(Kadernota.objects.get(slug=PRACTICE)).filter(entry__isnull=True)
    texts = [row.explanation for row in drafts if row.explanation and row.explanation not in public]
    assert texts and len(crawled.practice) > 60
    assert find_secrets(crawled.practice, ["".join(text.split()) for text in texts]) == {}


def test_negative_control_the_officer_finds_every_secret(crawled: Crawled) -> None:
    secrets = set(find_secrets(crawled.officer, ALL))
    unseen = {name for name, group in SECRETS.items() if not set(group) & secrets}
    assert unseen == ON_NO_PAGE


@pytest.mark.parametrize("kind", [kind for kind in LINE_DRAFTS if kind not in ("vervangen", "ingetrokken", "bedrag")])
def test_negative_control_the_officer_reads_every_field_of_a_line(crawled: Crawled, kind: str) -> None:
    texts = [
        *(f"regelgeheim{kind}{name}" for name in LINE_FIELDS),
        *(format_number(Decimal(amount), 0) for amount in line_amounts(kind)),
    ]
    assert set(find_secrets(crawled.officer, texts)) == set(texts)


@pytest.mark.parametrize("key", FILES)
def test_negative_control_the_search_looks_into_files(crawled: Crawled, key: str) -> None:
    place = next(place for place in crawled.officer if place.endswith(f"/bijlage/{YEAR}/{key}/?concept=1"))
    secrets = find_secrets({place: crawled.officer[place]}, [*spellings(FIRST[0]), FIRST[1]])
    assert FIRST[1] in secrets and set(spellings(FIRST[0])) & set(secrets)


def test_negative_control_the_comparison_notices_a_draft(crawled: Crawled, monkeypatch: pytest.MonkeyPatch) -> None:
    """The start page differs when the public may see drafts."""
    place = f"/{REAL}/"
    monkeypatch.setattr(selection, "may_see_drafts", lambda user: True)
    caches["pages"].clear()
    response = Client().get(place, {"jaar": YEAR})
    caches["pages"].clear()  # now holds a page with drafts
    assert body_of(response) != body_of(crawled.before[f"{place}?jaar={YEAR}"])
