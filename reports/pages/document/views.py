"""The documents of a year (`reports.year_documents`): on screen, and as files."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from indicators.pages.guards import check_year
from indicators.pages.http_cache import public_page
from indicators.pages.selection import Selection, edition_or_404, head_or_404
from indicators.readmodel.chain import EditionInfo
from indicators.readmodel.public import cached_for, public_overview
from indicators.readmodel.rows import Overview
from kadernota import clock
from priorities.models import Kadernota
from priorities.permissions import NotAllowed, check_see_drafts, may_see_drafts
from reports.appendix.load import LoadedDocument, NoEdition
from reports.formats import FORMATS, etag, file_bytes
from reports.pages.document.page import section_views
from reports.pages.responses import file_response, sealed_response
from reports.sealing import find_sealed
from reports.year_documents import DOCUMENTS, YearDocument


@dataclass(frozen=True, kw_only=True)
class DocumentQuery:
    """The document that a request asks for: as of the newest edition of a year, of `edition`, or with drafts."""

    document: YearDocument
    kadernota: Kadernota
    newest: Overview
    year: int
    edition: EditionInfo | None
    drafts_at: datetime | None

    @property
    def string(self) -> str:
        """The query string for the same edition or drafts."""
        if self.drafts_at:
            return "?" + urlencode({"concept": 1})
        return "?" + urlencode({"editie": self.edition.label}) if self.edition else ""

    @cached_property
    def edition_of_year(self) -> EditionInfo | None:
        """The edition of this year: `edition` itself, or the last one before it when it is of another year.

        None for drafts, and where nothing is adopted yet. Raises NoEdition where nothing was adopted before `edition`.
        """
        if self.drafts_at or (self.edition and self.edition.year == self.year):
            return self.edition
        until = self.edition.sequence if self.edition else len(self.newest.chain.decisions)
        earlier = [info for info in self.newest.editions if info.year == self.year and info.sequence <= until]
        if not earlier and self.edition:
            raise NoEdition(f"Bij editie {self.edition.label} was over {self.year} nog niets vastgesteld.")
        return earlier[-1] if earlier else None

    def load(self) -> LoadedDocument:
        """Load the document. Raises NoEdition."""
        return self.document.load(self.kadernota, self.year, edition=self.edition_of_year, drafts_at=self.drafts_at)


def _query(request: HttpRequest, slug: str, year: int, document: YearDocument) -> DocumentQuery:
    """Read the request. Raises Http404 for what does not exist, and equally for drafts that the user may not see."""
    head = head_or_404(request, slug)
    newest = public_overview(head.kadernota, head)
    check_year(newest.years, year)
    edition, drafts_at = None, None
    if request.GET.get("editie"):
        edition = edition_or_404(newest, request.GET["editie"])
    if request.GET.get("concept") == "1":
        try:
            check_see_drafts(request.user)
        except NotAllowed as error:
            raise Http404("Dit document is er niet.") from error
        if edition:
            raise Http404("Een editie is geen concept.")
        drafts_at = clock.now()
    return DocumentQuery(
        document=document, kadernota=head.kadernota, newest=newest, year=year, edition=edition, drafts_at=drafts_at
    )


@require_safe
@public_page
def year_document(request: HttpRequest, slug: str, year: int, document: YearDocument) -> HttpResponse:
    """Show a document of a year, with its downloads."""
    query = _query(request, slug, year, document)
    context = {"query": query, "years": _year_links(query), "may_see_drafts": may_see_drafts(request.user)}
    try:
        loaded = query.load()
    except NoEdition as error:
        selection = Selection(query.kadernota, query.newest, year, query.newest.editions)
        return render(request, "document/none.html", context | {"selection": selection, "sentence": str(error)})
    context |= {
        "selection": _selection(query, loaded),
        "document": loaded.document,
        "body": _body(query, loaded),
        "downloads": _downloads(query),
        "editions": _edition_links(query, loaded),
        "others": _other_documents(query),
    }
    response = render(request, "document/document.html", context)
    if loaded.document.draft:
        response["Cache-Control"] = "no-store, private"
    return response


def _body(query: DocumentQuery, loaded: LoadedDocument) -> str:
    """Return the contents and the text of a document as HTML. That of an edition is cached: its tables are large."""
    return cached_for(
        loaded.overview,
        ("document", query.document.key, query.year),
        lambda: render_to_string("document/_body.html", {"sections": section_views(loaded.document)}),
    )


def _selection(query: DocumentQuery, loaded: LoadedDocument) -> Selection:
    """Return the selection for the page layout, which announces the edition unless it is the newest of its year."""
    latest = replace(loaded.overview, edition=None)
    is_newest = loaded.edition == query.newest.edition_of(query.year)
    overview = latest if is_newest else loaded.overview
    return Selection(query.kadernota, overview, query.year, query.newest.editions)


def _url(query: DocumentQuery, document: YearDocument) -> str:
    return reverse(document.route, args=[query.kadernota.slug, query.year])


def _year_links(query: DocumentQuery) -> list[tuple[int, str]]:
    drafts = query.string if query.drafts_at else ""
    return [(year, _url(replace(query, year=year), query.document) + drafts) for year in query.newest.years]


def _downloads(query: DocumentQuery) -> list[tuple[str, str]]:
    route, slug = query.document.download, query.kadernota.slug
    return [(fmt.name, reverse(route, args=[slug, query.year, fmt.key]) + query.string) for fmt in FORMATS.values()]


def _other_documents(query: DocumentQuery) -> list[tuple[str, str]]:
    """Return name and URL of the other documents of this year, for the same edition."""
    others = [document for document in DOCUMENTS.values() if document is not query.document]
    return [(document.name, _url(query, document) + query.string) for document in others]


def _edition_links(query: DocumentQuery, loaded: LoadedDocument) -> list[tuple[str, str, bool]]:
    """Return the editions of this year: label, URL, and whether it is the one on this page."""
    url = _url(query, query.document)
    return [
        (edition.label, f"{url}?{urlencode({'editie': edition.label})}", edition == loaded.edition)
        for edition in query.newest.editions
        if edition.year == query.year
    ]


@require_safe
def year_download(request: HttpRequest, slug: str, year: int, key: str, document: YearDocument) -> HttpResponse:
    """Serve a document of a year as a file: the sealed one, or else one written now."""
    fmt = FORMATS.get(key)
    if fmt is None:
        raise Http404("Dit formaat is er niet.")
    query = _query(request, slug, year, document)
    try:
        edition = query.edition_of_year
        if edition and (file := find_sealed(edition.pk, document.key, key)):
            return sealed_response(request, file)
        loaded = query.load()
    except NoEdition as error:
        raise Http404(str(error)) from error
    return file_response(
        request,
        lambda: file_bytes(loaded.document, key),
        name=loaded.file_name(fmt.extension),
        media_type=fmt.media_type,
        etag=None if loaded.document.draft else etag(loaded.document, key),
    )
