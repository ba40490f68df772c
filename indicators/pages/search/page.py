"""Searching in what a reader may see: loaded rows and texts, without regard to case or accents."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from indicators.domain.dutch import counted
from indicators.models import Reading
from indicators.pages.links import Links
from indicators.readmodel.programme import Part, Programme
from indicators.readmodel.rows import Overview
from priorities.models import PriorityKind

SHORTEST, LONGEST = 2, 100  # letters of a question
SHORTEST_HINT = 4
AROUND = 70  # letters shown on either side of what was found
HITS_AT_MOST = 60  # of one kind; a question that finds more is too wide to read


@dataclass(frozen=True)
class Hit:
    """A place where the words were found: its page, and the text around them with <mark>."""

    url: str
    title: SafeString
    where: str
    context: SafeString


@dataclass(frozen=True)
class Group:
    """The hits of one kind; `more` were found but are not shown."""

    name: str
    hits: tuple[Hit, ...]
    more: int = 0

    @property
    def total(self) -> int:
        """How many places were found, shown or not."""
        return len(self.hits) + self.more


@dataclass(frozen=True)
class Found:
    """What a question found; `asked` is the question without needless blanks, `hint` a shorter one that finds more."""

    asked: str
    groups: tuple[Group, ...] = ()
    hint: str = ""

    @property
    def total(self) -> int:
        """How many places were found."""
        return sum(group.total for group in self.groups)

    @property
    def sentence(self) -> str:
        """What was found, in one sentence."""
        if not self.asked:
            return ""
        if len(self.asked) < SHORTEST:
            return f"Zoek op {SHORTEST} of meer letters."
        if not self.total:
            return f"Er is niets gevonden met ‘{self.asked}’."
        return f"‘{self.asked}’ staat op {counted(self.total, 'plaats', 'plaatsen')}."


# A place to look: address, title, what kind of text it is, the text.
Place = tuple[str, str, str, str]


def search(asked: str, overview: Overview, links: Links, programme: Programme, readings: Iterable[Reading]) -> Found:
    """Look for the words in everything that `overview` and `programme` show and in the texts of the nota. No queries.

    Where they are nowhere, `hint` is the longest beginning of them that is somewhere: inbraak, inbra.
    """
    asked = " ".join(asked.split())[:LONGEST]
    if len(asked) < SHORTEST:
        return Found(asked)
    kinds = [
        ("Indicatoren", list(_indicators(overview, links, asked))),
        ("Prioriteiten", list(_parts(programme.priorities, links))),
        ("Thema’s en VTH", list(_parts((*programme.themes, *filter(None, [programme.vth])), links))),
        ("Programma", list(_lines(programme, links))),
        ("Toelichtingen", list(_explanations(overview, links))),
        ("Leeswijzen", list(_readings(readings, links))),
    ]
    found = [_group(name, places, asked) for name, places in kinds]
    groups = tuple(group for group in found if group.hits)
    if groups:
        return Found(asked, groups)
    texts = [folded(text) for _, places in kinds for _, _, _, text in places]
    shorter = (folded(asked[:length]) for length in range(len(asked) - 1, SHORTEST_HINT - 1, -1))
    return Found(asked, hint=next((one for one in shorter if any(one in text for text in texts)), ""))


def _group(name: str, places: Iterable[Place], asked: str) -> Group:
    """The hits in these texts: each text counts once, however often the words are in it."""
    hits = [
        Hit(url, escape(title), where, context)
        for url, title, where, text in places
        if (context := in_context(text, asked)) is not None
    ]
    return Group(name, tuple(hits[:HITS_AT_MOST]), max(0, len(hits) - HITS_AT_MOST))


def _indicators(overview: Overview, links: Links, asked: str) -> Iterator[Place]:
    """Who types a code means that indicator: V1 before V10."""
    for row in sorted(overview.all_rows, key=lambda row: row.code.casefold() != asked.casefold()):
        url, title = links.indicator(row.code), row.title
        yield url, title, "naam", title
        yield url, title, "definitie", row.definition
        yield url, title, "bron", row.source
        for part in row.components:
            yield url, title, "onderdeel", part.name


def _parts(parts: Iterable[Part], links: Links) -> Iterator[Place]:
    for priority in parts:
        is_priority = priority.kind is PriorityKind.PRIORITY
        url = links.part(priority.kind, priority.number)
        title = f"{priority.number}. {priority.name}" if is_priority else priority.name
        yield url, title, "naam", title
        yield url, title, "doel", priority.goal
        yield url, title, "samenvatting", priority.summary
        for kind, items in (("doel", priority.goals), ("aanpak", priority.approach), ("partner", priority.partners)):
            for item in items:
                yield url, title, kind, item
        for point in priority.focus_points:
            yield url, title, "focuspunt", f"{point['name']}: {point['text']}"
        yield url, title, "financiën", priority.budget


def _lines(programme: Programme, links: Links) -> Iterator[Place]:
    for part in programme.parts:
        for line in part.lines:
            there = Links(links.slug, line.year, links.edition).part(part.kind, part.number)
            where = f"{line.kind.word} {line.year}" + (", concept" if line.is_draft else "")
            for text in (line.title, line.partners, line.planned, line.result):
                yield f"{there}#regel-{line.first}", line.title, where, text


def _explanations(overview: Overview, links: Links) -> Iterator[Place]:
    for row in overview.all_rows:
        for year in overview.years:
            for part, figure in row.figures(year):
                title = row.title_of(part)
                where = f"toelichting {year}" + (", concept" if figure.is_draft else "")
                yield links.indicator(row.code, year), title, where, figure.explanation


def _readings(readings: Iterable[Reading], links: Links) -> Iterator[Place]:
    for reading in readings:
        indicator = reading.indicator
        title = f"{indicator.code} {indicator.name}" if indicator else "De hele nota"
        url = links.indicator(indicator.code) if indicator else f"{links.judging()}#leeswijzen"
        for where, text in (
            ("wat is onduidelijk", reading.question),
            ("zo gelezen", reading.reading),
            ("andere lezing", reading.other),
            ("plaats in de nota", reading.place),
        ):
            yield url, title, where, text


def folded(text: str) -> str:
    """The text without case and accents."""
    if text.isascii():
        return text.lower()
    return "".join(
        piece for piece in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(piece)
    )


def _places(text: str) -> list[int]:
    """Of each letter of the folded text its place in the text itself: ﬁ is one letter there and two here."""
    return [place for place, letter in enumerate(text) for _ in folded(letter)]


def in_context(text: str, asked: str) -> SafeString | None:
    """The text around the first place of the words, each of their places in it marked; None where they are not."""
    plain, words = folded(text), folded(asked)
    at = plain.find(words) if words else -1
    if at < 0:
        return None
    places = _places(text)
    start = _edge(text, places[at] - AROUND, forward=True)
    end = _edge(text, places[at + len(words) - 1] + 1 + AROUND, forward=False)
    pieces, here = ["… " if start else ""], start
    while at >= 0 and places[at + len(words) - 1] < end:
        first, last = places[at], places[at + len(words) - 1] + 1
        pieces += [escape(text[here:first]), "<mark>", escape(text[first:last]), "</mark>"]
        here = last
        at = plain.find(words, at + len(words))
    pieces += [escape(text[here:end]), " …" if end < len(text) else ""]
    return mark_safe("".join(pieces))


def _edge(text: str, at: int, *, forward: bool) -> int:
    """A place to cut the text, not within a word where there is a blank near."""
    if at <= 0:
        return 0
    if at >= len(text):
        return len(text)
    blank = text.find(" ", at, at + AROUND // 2) if forward else text.rfind(" ", at - AROUND // 2, at)
    return at if blank < 0 else blank + forward
