"""Search in the texts that a user may see, ignoring case and accents."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from indicators.domain.dutch import counted
from indicators.pages.links import Links
from indicators.readmodel.programme import Programme
from indicators.readmodel.rows import Overview
from indicators.readmodel.structure import Part
from priorities.models import PriorityKind

# All in characters, but for the last.
MIN_QUERY, MAX_QUERY = 2, 100
MIN_HINT = 4
CONTEXT = 70  # on each side of a match
MAX_HITS = 60  # per group


@dataclass(frozen=True)
class Hit:
    """A text that contains the query: a link to its page, and the matches in their context with <mark>."""

    url: str
    title: SafeString
    source: str
    context: SafeString


@dataclass(frozen=True)
class Group:
    """The hits in one kind of text; `more` is how many are not shown."""

    name: str
    hits: tuple[Hit, ...]
    more: int = 0

    @property
    def total(self) -> int:
        """The number of hits, shown or not."""
        return len(self.hits) + self.more


@dataclass(frozen=True)
class SearchResult:
    """The hits of a query; `hint` is a shorter query that has hits, where this one has none."""

    query: str
    groups: tuple[Group, ...] = ()
    hint: str = ""

    @property
    def total(self) -> int:
        """The number of hits."""
        return sum(group.total for group in self.groups)

    @property
    def sentence(self) -> str:
        """The number of hits in one sentence; "" without a query."""
        if not self.query:
            return ""
        if len(self.query) < MIN_QUERY:
            return f"Zoek op {MIN_QUERY} of meer letters."
        if not self.total:
            return f"Er is niets gevonden met ‘{self.query}’."
        return f"‘{self.query}’ staat op {counted(self.total, 'plaats', 'plaatsen')}."


# A text to search: URL, title, what the text is, the text.
Place = tuple[str, str, str, str]


def search(query: str, overview: Overview, programme: Programme, *, links: Links) -> SearchResult:
    """Search the texts of `overview`, `programme` and `readings`. One database query, for `readings`.

    Without hits, `hint` is the longest prefix of the query that has some: inbraak, inbra.
    """
    query = " ".join(query.split())[:MAX_QUERY]
    if len(query) < MIN_QUERY:
        return SearchResult(query)
    kinds = [
        ("Indicatoren", list(_indicators(overview, links, query))),
        ("Prioriteiten", list(_parts(programme.priorities, links))),
        ("Thema’s en VTH", list(_parts((*programme.themes, *filter(None, [programme.vth])), links))),
        ("Programma", list(_lines(programme, links))),
        ("Toelichtingen", list(_explanations(overview, links))),
        ("Leeswijzen", list(_readings(overview, links))),
    ]
    groups = tuple(group for name, places in kinds if (group := _group(name, places, query)).hits)
    if groups:
        return SearchResult(query, groups)
    texts = [folded(text) for _, places in kinds for _, _, _, text in places]
    shorter = (folded(query[:length]) for length in range(len(query) - 1, MIN_HINT - 1, -1))
    return SearchResult(query, hint=next((prefix for prefix in shorter if any(prefix in text for text in texts)), ""))


def _group(name: str, places: Iterable[Place], query: str) -> Group:
    """Return the hits in these texts: one per text, however often it contains the query."""
    hits = [
        Hit(url, escape(title), source, context)
        for url, title, source, text in places
        if (context := in_context(text, query)) is not None
    ]
    return Group(name, tuple(hits[:MAX_HITS]), max(0, len(hits) - MAX_HITS))


def _indicators(overview: Overview, links: Links, query: str) -> Iterator[Place]:
    """Yield the texts of the indicators; first the one whose code is the query: V1 before V10."""
    for row in sorted(overview.all_rows, key=lambda row: row.code.casefold() != query.casefold()):
        url, title = links.indicator(row.code), f"{row.code} {row.name}"
        yield url, title, "naam", title
        yield url, title, "definitie", row.definition
        yield url, title, "bron", row.source
        for part in row.components:
            yield url, title, "onderdeel", part.name


def _parts(parts: Iterable[Part], links: Links) -> Iterator[Place]:
    for part in parts:
        is_priority = part.kind is PriorityKind.PRIORITY
        url = links.part(part.kind, part.number)
        title = f"{part.number}. {part.name}" if is_priority else part.name
        yield url, title, "naam", title
        yield url, title, "doel", part.goal
        yield url, title, "samenvatting", part.summary
        for kind, items in (("doel", part.goals), ("aanpak", part.approach), ("partner", part.partners)):
            for item in items:
                yield url, title, kind, item
        for point in part.focus_points:
            yield url, title, "focuspunt", f"{point['name']}: {point['text']}"
        yield url, title, "financiën", part.budget


def _lines(programme: Programme, links: Links) -> Iterator[Place]:
    for part in programme.parts:
        for line in part.lines:
            part_url = Links(links.slug, line.year, links.edition).part(part.kind, part.number)
            source = f"{line.kind.word} {line.year}" + (", concept" if line.is_draft else "")
            for text in (line.title, line.partners, line.planned, line.result):
                yield f"{part_url}#regel-{line.first}", line.title, source, text


def _explanations(overview: Overview, links: Links) -> Iterator[Place]:
    for row in overview.all_rows:
        for year in overview.years:
            for part, figure in row.figures(year):
                title = row.title_of(part)
                source = f"toelichting {year}" + (", concept" if figure.is_draft else "")
                yield links.indicator(row.code, year), title, source, figure.explanation


def _readings(overview: Overview, links: Links) -> Iterator[Place]:
    general = [("De hele nota", f"{links.method()}#leeswijzen", reading) for reading in overview.readings]
    own = [(row.title, links.indicator(row.code), reading) for row in overview.all_rows for reading in row.readings]
    for title, url, reading in general + own:
        for source, text in (
            ("wat is onduidelijk", reading.question),
            ("zo gelezen", reading.reading),
            ("andere lezing", reading.other),
            ("plaats in de nota", reading.place),
        ):
            yield url, title, source, text


def folded(text: str) -> str:
    """Return the text without case and accents."""
    if text.isascii():
        return text.lower()
    return "".join(
        piece for piece in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(piece)
    )


def _positions(text: str) -> list[int]:
    """Return the position in `text` of each character of the folded text: ﬁ folds to two characters."""
    return [position for position, character in enumerate(text) for _ in folded(character)]


def in_context(text: str, query: str) -> SafeString | None:
    """Return the text around the first match, with every match in it marked; None without a match."""
    plain, words = folded(text), folded(query)
    at = plain.find(words) if words else -1
    if at < 0:
        return None
    positions = _positions(text)
    start = _edge(text, positions[at] - CONTEXT, forward=True)
    end = _edge(text, positions[at + len(words) - 1] + 1 + CONTEXT, forward=False)
    pieces, position = ["… " if start else ""], start
    while at >= 0 and positions[at + len(words) - 1] < end:
        first, last = positions[at], positions[at + len(words) - 1] + 1
        pieces += [escape(text[position:first]), "<mark>", escape(text[first:last]), "</mark>"]
        position = last
        at = plain.find(words, at + len(words))
    pieces += [escape(text[position:end]), " …" if end < len(text) else ""]
    return mark_safe("".join(pieces))


def _edge(text: str, at: int, *, forward: bool) -> int:
    """Return where to cut the text near `at`: at a space if there is one."""
    if at <= 0:
        return 0
    if at >= len(text):
        return len(text)
    space = text.find(" ", at, at + CONTEXT // 2) if forward else text.rfind(" ", at - CONTEXT // 2, at)
    return at if space < 0 else space + forward
