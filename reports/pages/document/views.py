"""The documents of a year (year_documents.py): on screen as they will be printed, and as files."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from indicators.models import Edition
from indicators.pages.guards import check_year
from indicators.pages.http_cache import public_page
from indicators.pages.selection import Selection, find_edition
from indicators.readmodel.overview import load_overview
from kadernota import clock
from priorities.models import Kadernota
from priorities.permissions import NotAllowed, check_see_drafts, may_see_drafts
from reports.appendix.files import etag, file_bytes
from reports.appendix.load import NoEdition
from reports.formats import FORMATS
from reports.pages.document.page import shown_sections
from reports.pages.responses import hand_out_sealed
from reports.sealing import find_sealed
from reports.year_documents import DOCUMENTS, Loaded, YearDocument


@dataclass(frozen=True)
class Asked:
    """What a request asks for: a document as of the newest edition of a year, an older one, or with the drafts."""

    document: YearDocument
    kadernota: Kadernota
    year: int
    edition: Edition | None
    drafts_at: datetime | None

    @property
    def query(self) -> str:
        """The query string that asks for the same."""
        if self.drafts_at:
            return "?" + urlencode({"concept": 1})
        return "?" + urlencode({"editie": str(self.edition)}) if self.edition else ""

    @cached_property
    def shown_edition(self) -> Edition | None:
        """Whose document this is: looking back at an edition of another year, the one of this year by then.

        None for drafts, and where nothing is adopted yet. Raises NoEdition where nothing was by then.
        """
        if self.drafts_at or (self.edition and self.edition.year == self.year):
            return self.edition
        of_year = Edition.objects.of(self.kadernota).filter(year=self.year)
        if self.edition is None:
            return of_year.last()
        if (by_then := of_year.filter(pk__lt=self.edition.pk).last()) is None:
            raise NoEdition(f"Bij editie {self.edition} was over {self.year} nog niets vastgesteld.")
        return by_then

    def load(self) -> Loaded:
        """The document. Raises NoEdition."""
        return self.document.load(self.kadernota, self.year, edition=self.shown_edition, drafts_at=self.drafts_at)


def _asked(request: HttpRequest, slug: str, year: int, what: str) -> Asked:
    """404 for what is not there, and for drafts that this person may not see: the two look the same."""
    kadernota = get_object_or_404(Kadernota, slug=slug)
    check_year(kadernota, year)
    edition, drafts_at = None, None
    if request.GET.get("editie"):
        edition = find_edition(kadernota, request.GET["editie"])
    if request.GET.get("concept") == "1":
        try:
            check_see_drafts(request.user)
        except NotAllowed as error:
            raise Http404("Dit document is er niet.") from error
        if edition:
            raise Http404("Een editie is geen concept.")
        drafts_at = clock.now()
    return Asked(DOCUMENTS[what], kadernota, year, edition, drafts_at)


@require_safe
@public_page
def year_document(request: HttpRequest, slug: str, year: int, what: str) -> HttpResponse:
    """A document of a year on screen, with its downloads."""
    asked = _asked(request, slug, year, what)
    context = {"asked": asked, "years": _year_links(asked), "may_see_drafts": may_see_drafts(request.user)}
    try:
        loaded = asked.load()
    except NoEdition as error:
        selection = Selection(asked.kadernota, load_overview(asked.kadernota), year)
        return render(request, "document/none.html", context | {"selection": selection, "sentence": str(error)})
    context |= {
        "selection": _shown(asked, loaded),
        "document": loaded.document,
        "sections": shown_sections(loaded.document),
        "downloads": _downloads(asked),
        "editions": _edition_links(asked, loaded),
        "others": _other_documents(asked),
    }
    response = render(request, "document/document.html", context)
    if loaded.document.draft:
        response["Cache-Control"] = "no-store, private"
    return response


def _shown(asked: Asked, loaded: Loaded) -> Selection:
    """For the frame of the page: the newest edition of a year is not looked back at, an older one is."""
    overview = loaded.overview
    is_newest = loaded.edition == replace(overview, edition=None).edition_of(asked.year)
    return Selection(asked.kadernota, replace(overview, edition=None) if is_newest else overview, asked.year)


def _year_links(asked: Asked) -> list[tuple[int, str]]:
    query = asked.query if asked.drafts_at else ""
    return [
        (year, reverse(asked.document.route, args=[asked.kadernota.slug, year]) + query)
        for year in asked.kadernota.years
    ]


def _downloads(asked: Asked) -> list[tuple[str, str]]:
    slug, year = asked.kadernota.slug, asked.year
    return [
        (fmt.name, reverse(asked.document.download, args=[slug, year, fmt.key]) + asked.query)
        for fmt in FORMATS.values()
    ]


def _other_documents(asked: Asked) -> list[tuple[str, str]]:
    """The other documents of this year, as of the same."""
    here = [asked.kadernota.slug, asked.year]
    others = [document for document in DOCUMENTS.values() if document is not asked.document]
    return [(document.name, reverse(document.route, args=here) + asked.query) for document in others]


def _edition_links(asked: Asked, loaded: Loaded) -> list[tuple[str, str, bool]]:
    """The editions of this year: label, address, whether it is the one that is shown."""
    here = reverse(asked.document.route, args=[asked.kadernota.slug, asked.year])
    return [
        (edition.label, f"{here}?{urlencode({'editie': edition.label})}", edition == loaded.edition)
        for edition in loaded.overview.editions
        if edition.year == asked.year
    ]


@require_safe
def year_download(request: HttpRequest, slug: str, year: int, what: str, key: str) -> HttpResponse:
    """A document of a year as a file: as it was sealed, else made now. What is public may be kept, not unasked."""
    fmt = FORMATS.get(key)
    if fmt is None:
        raise Http404("Dit formaat is er niet.")
    asked = _asked(request, slug, year, what)
    try:
        edition = asked.shown_edition
        if edition and (file := find_sealed(edition, what, key)):
            return hand_out_sealed(request, file)
        loaded = asked.load()
    except NoEdition as error:
        raise Http404(str(error)) from error
    document = loaded.document
    tag = "" if document.draft else etag(document, key)
    response = get_conditional_response(request, etag=tag) if tag else None
    if response is None:
        response = HttpResponse(file_bytes(document, key), content_type=fmt.media_type)
        response["Content-Disposition"] = content_disposition_header(True, loaded.file_name(fmt.extension))
        response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, no-cache" if tag else "no-store, private"
    if tag:
        response["ETag"] = tag
    return response
