"""The list of the workshop, a new kadernota, the next version, and the overview of a draft."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from indicators.actions.errors import ActionRefused
from indicators.actions.version_checks import newest_version
from indicators.actions.versions import start_draft
from indicators.domain.nota import NotaRefused, read_nota
from indicators.domain.text_input import clean_line
from indicators.models import Decision
from indicators.models.drafts import EDITORIAL
from indicators.pages.guards import user_of
from indicators.pages.workshop.drafts import Draft, draft_page, find_draft, kadernota_page, render_draft, workshop_page
from indicators.pages.workshop.overview.forms import blank_nota, new_spec
from indicators.pages.workshop.overview.page import build_overview, build_rows, find_kadernotas, newest_adopted
from indicators.pages.workshop.overview.successor import read_successor, successor_data
from indicators.pages.workshop.pieces import PieceForm, build_form, read_form
from indicators.readmodel.nota import nota_of
from kadernota import clock
from priorities.models import RESERVED_SLUGS, Kadernota, Organisation, Version
from priorities.permissions import may_adopt, may_prepare

PER_PAGE = 50
LONGEST_QUERY = 100


@workshop_page(post=None)
def workshop(request: HttpRequest) -> HttpResponse:
    """List all kadernota's with their drafts, and the ways to start one."""
    query = clean_line(request.GET.get("q", ""))[:LONGEST_QUERY]
    page = Paginator(find_kadernotas(query), PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "query": query,
        "page": page,
        "rows": build_rows(list(page.object_list)),
        "latest": newest_adopted(),
        "may_prepare": may_prepare(request.user),
    }
    return render(request, "workshop/list.html", context)


@workshop_page(may=may_prepare)
def new_kadernota(request: HttpRequest) -> HttpResponse:
    """Start a kadernota from nothing, or as the next period of the one in `?uit=`."""
    spec = new_spec()
    source = _source(clean_line(request.GET.get("uit", "")))
    if source:
        data = successor_data(nota_of(source))
        data["is_practice"] = "yes" if data["is_practice"] else ""
    else:
        data = blank_nota(Organisation.objects.filter(kadernotas__is_practice=False).first())
    if request.method != "POST":
        return _render_new(request, build_form(data, spec, seen=""), source)
    read_form(data, spec, request.POST)
    data["is_practice"] = data["is_practice"] == "yes"
    if not source:
        data["printed_organisation"] = data["area"]["name"] = data["organisation"]["name"]
    try:
        nota = read_successor(data) if source else read_nota(data, reserved_slugs=RESERVED_SLUGS)
        version = start_draft(by=user_of(request), now=clock.now(), nota=nota)
    except NotaRefused as refused:
        data["is_practice"] = "yes" if data["is_practice"] else ""
        own = [
            finding for finding in refused.findings if finding.path[:1] not in (("area",), ("printed_organisation",))
        ]
        form = build_form(data, spec, seen="", findings=own or refused.findings)
        return _render_new(request, form, source, status=422)
    messages.success(request, "Het concept is begonnen. Alleen wie voorbereidt of vaststelt, ziet het.")
    return to_draft(version.kadernota, version.kind)


def _source(slug: str) -> Version | None:
    """Return the newest version of the kadernota that the new one starts from; None for one from nothing."""
    return newest_version(get_object_or_404(Kadernota.objects.adopted(), slug=slug)) if slug else None


def _render_new(request: HttpRequest, form: PieceForm, source: Version | None, status: int = 200) -> HttpResponse:
    return render(request, "workshop/new.html", {"form": form, "source": source}, status=status)


def to_draft(kadernota: Kadernota, kind: str) -> HttpResponse:
    """Redirect to the overview of a draft."""
    return HttpResponseRedirect(reverse("werkplaats-concept", args=[kadernota.slug, kind]), status=303)


@kadernota_page(post=None)
def kadernota_in_workshop(request: HttpRequest, kadernota: Kadernota) -> HttpResponse:
    """Show the versions and drafts of one kadernota, and what can be done."""
    decisions = Decision.objects.of(kadernota).filter(version__isnull=False)
    rows = decisions.select_related("version", "adopted_by").order_by("sequence")
    row = build_rows([kadernota])[0]
    kinds = {draft.draft.version.kind for draft in row.drafts}
    context = {
        "kadernota_row": row,
        "versions": list(enumerate(rows, start=1)),
        "can_start": row.version is not None and "substantive" not in kinds,
        "can_edit_texts": row.version is not None and "editorial" not in kinds,
        "may_prepare": may_prepare(request.user),
        "may_adopt": may_adopt(request.user),
    }
    return render(request, "workshop/kadernota.html", context)


@require_POST
@kadernota_page(may=may_prepare)
def start_next(request: HttpRequest, kadernota: Kadernota, version_kind: str) -> HttpResponse:
    """Start the next version from the newest one; an open draft is opened."""
    if find_draft(kadernota, version_kind) is None:
        try:
            start_draft(by=user_of(request), now=clock.now(), kadernota=kadernota, kind=version_kind)
        except ActionRefused as refusal:
            messages.warning(request, str(refusal))
            return HttpResponseRedirect(reverse("werkplaats-kadernota", args=[kadernota.slug]), status=303)
        what = "de redactionele versie" if version_kind == EDITORIAL else "de volgende versie"
        messages.success(request, f"Het concept van {what} is begonnen. Het begint als de vastgestelde versie.")
    return to_draft(kadernota, version_kind)


@draft_page(post=None)
def draft_overview(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show what is in a draft, what is missing, its state, and who edited it."""
    return render_draft(request, draft, "workshop/overview.html", {"page": build_overview(draft)})
