"""Serving the sealed files of an edition to everybody, and the page on which officers seal what is missing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from indicators.actions import audit
from indicators.models import Edition
from indicators.pages.selection import Selection
from indicators.readmodel.public import overview_at, public_overview
from kadernota import clock
from priorities.models import Kadernota
from priorities.permissions import may_seal
from reports.pages.responses import file_response, sealed_response
from reports.sealing import missing, renditions, seal, sealed_files
from reports.sealing.archive import archive_name, archive_tag, make_archive
from reports.sealing.store import find_manifest, missing_from


def _edition(slug: str, label: str) -> Edition:
    kadernota = get_object_or_404(Kadernota, slug=slug)
    year, number = label.split("-")
    return get_object_or_404(Edition.objects.of(kadernota), year=int(year), number=int(number))


@require_safe
def sealed_file(request: HttpRequest, slug: str, label: str, name: str) -> HttpResponse:
    """Serve a sealed file by its name."""
    file = next((file for file in sealed_files(_edition(slug, label)) if file.name == name), None)
    if file is None:
        raise Http404("Dit bestand is er niet.")
    return sealed_response(request, file)


@require_safe
def archive(request: HttpRequest, slug: str, label: str) -> HttpResponse:
    """Serve all sealed files of an edition as one ZIP."""
    edition = _edition(slug, label)
    manifest = find_manifest(edition)
    if manifest is None:
        raise Http404("Van deze editie is nog geen archief.")
    return file_response(
        request,
        lambda: make_archive(edition),
        name=archive_name(sealed_files(edition)),
        media_type="application/zip",
        etag=f'"{archive_tag(manifest)}"',
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def seal_edition(request: HttpRequest, slug: str, label: str) -> HttpResponse:
    """Show which files of an edition are sealed; on POST seal one file, or all that are missing."""
    edition = _edition(slug, label)
    if not may_seal(request.user):
        raise audit.denied_404(request, request.path, kadernota_id=edition.kadernota_id)
    if request.method == "POST":
        return _seal(request, edition)
    files = sealed_files(edition)
    if not missing_from(files):
        return HttpResponseRedirect(reverse("editie", args=[slug, label]))
    sealed = {file.key: file for file in files}
    lines = [(rendition, sealed.get(rendition.key)) for rendition in renditions()]
    public = public_overview(edition.kadernota)
    overview = overview_at(edition.kadernota, public, edition.decision.sequence)
    context = {
        "selection": Selection(edition.kadernota, overview, edition.year, public.editions),
        "edition": edition,
        "lines": lines,
        "done": sum(file is not None for _, file in lines),
        "total": len(lines),
        "begin": request.GET.get("begin") == "1",
    }
    return render(request, "sealing/sealing.html", context)


def _seal(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Seal the posted document and format, for sealing_progress.js; without these all that is missing."""
    document, key = request.POST.get("document"), request.POST.get("format")
    seal_all = document is None and key is None
    only = [rendition.key for rendition in renditions() if rendition.key == (document, key)]
    if not (seal_all or only):
        return JsonResponse({"melding": "Dit document is er niet."}, status=422)
    stored = seal(edition, now=clock.now(), only=None if seal_all else only)
    left = len(missing(edition))
    if stored and not left:
        audit.log_event(audit.SEAL, by=request.user, kadernota_id=edition.kadernota_id, subject=f"editie {edition}")
    if seal_all:
        messages.success(request, f"Alle documenten van editie {edition} zijn verzegeld.")
        return HttpResponseRedirect(reverse("editie", args=[edition.kadernota.slug, str(edition)]), status=303)
    return JsonResponse({"gereed": len(renditions()) - left, "totaal": len(renditions())})
