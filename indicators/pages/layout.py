"""What stands around every page: whose kadernota, which year and edition, what is a draft, and where one can go."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from indicators.domain.dutch import plural
from indicators.pages.links import Links
from indicators.pages.selection import Selection, all_kadernotas
from indicators.readmodel.rows import EditionInfo, Overview
from indicators.readmodel.sentences import edition_sentence
from priorities.models import Kadernota
from priorities.permissions import may_adopt, may_record, may_start_kadernota


@dataclass(frozen=True)
class Link:
    """A word and its address; `current` for the place where one is."""

    text: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Layout:
    """The frame of a page; without a kadernota (`links` is None) only the footer and the log-in are left."""

    others: list[Link]
    kadernota: Kadernota | None = None
    links: Links | None = None
    years: tuple[Link, ...] = ()
    edition: str = ""
    compare: str = ""
    newest: str = ""
    drafts: str = ""
    may_record: bool = False
    may_adopt: bool = False
    may_start_kadernota: bool = False

    @property
    def is_practice(self) -> bool:
        """Whether the figures are invented, to practise with."""
        return self.kadernota is not None and self.kadernota.is_practice


def links_for(request: HttpRequest, selection: Selection) -> Links:
    """The addresses that keep what this request asks for."""
    edition = selection.overview.edition
    return Links(selection.kadernota.slug, selection.year, edition.label if edition else "")


def layout_for(request: HttpRequest, selection: Selection | None = None, kadernota: Kadernota | None = None) -> Layout:
    """The frame of this page. No query, but for the kadernota's of the footer when they changed."""
    if selection is None:
        return Layout(_others(request, kadernota), kadernota)
    overview, year = selection.overview, selection.year
    links = links_for(request, selection)
    edition = overview.edition or overview.edition_of(year)
    is_older = overview.edition is not None and overview.edition.pk != overview.editions[-1].pk
    return Layout(
        others=_others(request, selection.kadernota),
        kadernota=selection.kadernota,
        links=links,
        years=tuple(Link(str(other), year_url(request, other), other == year) for other in overview.years),
        edition=edition_sentence(edition, year),
        compare=compare_url(overview, edition),
        newest=_without_edition(request) if is_older else "",
        drafts=drafts_sentence(overview, year) if overview.with_drafts else "",
        may_record=may_record(request.user),
        may_adopt=may_adopt(request.user),
        may_start_kadernota=may_start_kadernota(request.user),
    )


def compare_url(overview: Overview, edition: EditionInfo | None) -> str:
    """Where the edition that is shown stands beside the one before it; "" where there is none before it."""
    if edition is None or edition.pk == overview.editions[0].pk:
        return ""
    return f"{reverse('vergelijken', args=[overview.slug])}?naar={edition.label}"


def year_url(request: HttpRequest, year: int) -> str:
    """This same page for another year, whether the year stands in its path or in the query."""
    match = request.resolver_match
    query = request.GET.copy()
    path = request.path
    if match and "year" in match.kwargs:
        path = reverse(match.view_name, kwargs=match.kwargs | {"year": year})
        query.pop("jaar", None)
    else:
        query["jaar"] = str(year)
    return f"{path}?{query.urlencode()}" if query else path


def drafts_sentence(overview: Overview, year: int) -> str:
    """How many figures of this year and of other years are drafts, for who sees them counted."""
    here = _drafts_in(overview, year)
    elsewhere = sum(_drafts_in(overview, other) for other in overview.years if other != year)
    if not here and not elsewhere:
        return "U ziet ook concepten; van de cijfers zijn er op dit moment geen."
    figures = f"{here or 'geen'} {plural(here, 'cijfer', 'cijfers')} over {year}"
    other = f" en {elsewhere} over andere jaren" if elsewhere else ""
    return f"Concepten tellen mee: {figures}{other}. Raad en publiek zien ze pas als ze zijn vastgesteld."


def _drafts_in(overview: Overview, year: int) -> int:
    return sum(part.figures[year].is_draft for row in overview.all_rows for part in row.components)


def _without_edition(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("editie", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _others(request: HttpRequest, kadernota: Kadernota | None) -> list[Link]:
    others = [other for other in all_kadernotas(request) if kadernota is None or other.pk != kadernota.pk]
    return [
        Link(
            f"{row.title}, {row.organisation}{' (om te oefenen)' if row.is_practice else ''}",
            reverse("kadernota", args=[row.slug]),
        )
        for row in sorted(others, key=lambda row: (row.is_practice, -row.first_year, row.pk))
    ]
