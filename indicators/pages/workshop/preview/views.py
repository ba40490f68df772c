"""The start page and the indicators of a kadernota as they will be when the draft is adopted."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from indicators.pages.guards import parse_year
from indicators.pages.indicator.page import build_indicator
from indicators.pages.links import Links
from indicators.pages.selection import Selection
from indicators.pages.start.page import build_start
from indicators.pages.workshop.drafts import Draft, draft_page, render_draft
from indicators.readmodel.overview import make_overview
from indicators.readmodel.proposed import load_proposed
from indicators.readmodel.rows import Overview
from kadernota import clock


@dataclass(frozen=True)
class PreviewLinks(Links):
    """URLs that stay in the preview of a draft; pages without a preview lead to its start page."""

    kind: str = ""

    def start(self, year: int | None = None) -> str:
        """Return the URL of the preview of the start page."""
        return reverse("werkplaats-voorbeeld", args=[self.slug, self.kind]) + self.query(year)

    def indicator(self, code: str, year: int | None = None) -> str:
        """Return the URL of the preview of an indicator."""
        return reverse("werkplaats-voorbeeld-indicator", args=[self.slug, self.kind, code]) + self.query(year)

    def priority(self, number: int) -> str:
        """Return the URL of the preview of the start page."""
        return self.start()

    def part(self, kind: str, number: int) -> str:
        """Return the URL of the preview of the start page."""
        return self.start()

    def themes(self) -> str:
        """Return the URL of the preview of the start page."""
        return self.start()


@draft_page(post=None)
def preview_start(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show the start page as it will be."""
    overview = make_overview(load_proposed(draft.version, now=clock.now()))
    if not overview.all_rows:
        return render_draft(request, draft, "workshop/preview_empty.html", {})
    selection, links = _select(request, draft, overview)
    context = {"selection": selection, "page": build_start(selection, links), "draft": draft}
    return render(request, "workshop/preview_start.html", context)


@draft_page(post=None)
def preview_indicator(request: HttpRequest, draft: Draft, code: str) -> HttpResponse:
    """Show an indicator as it will be."""
    overview = make_overview(load_proposed(draft.version, now=clock.now()))
    row = overview.row(code)
    if row is None:
        raise Http404("Deze indicator is er niet.")
    selection, links = _select(request, draft, overview)
    context = {
        "selection": selection,
        "row": row,
        "page": build_indicator(overview, row, selection.year, links, names=False),
        "priority": overview.group_of(row),
        "priority_url": links.start(),
        "draft": draft,
    }
    return render(request, "workshop/preview_indicator.html", context)


def _select(request: HttpRequest, draft: Draft, overview: Overview) -> tuple[Selection, PreviewLinks]:
    text = request.GET.get("jaar", "")
    newest = max((edition.year for edition in overview.editions if edition.year in overview.years), default=0)
    year = parse_year(overview.years, text) if text else newest or overview.years[0]
    links = PreviewLinks(draft.kadernota.slug, year, kind=draft.version.kind)
    return Selection(draft.kadernota, overview, year, preview=links), links
