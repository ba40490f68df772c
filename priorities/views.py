"""The start page, the page of a kadernota and the page of a priority."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from indicators import audit
from indicators.pages.activities import build_year
from indicators.pages.frame import links_for
from indicators.pages.programme_shown import shown_part
from indicators.pages.shown import Shown, front_kadernota, known_kadernotas, load_shown
from indicators.public import public_page
from indicators.rows import PriorityRow
from indicators.stamps import stamp_of
from kadernota import clock
from reports.formats import get_format

from .models import Kadernota
from .pages import build_start
from .priority_file import EXTENSIONS, file_name, table_file
from .priority_page import build_priority


@require_safe
@public_page
def begin(request: HttpRequest) -> HttpResponse:
    """Show the start page of the first kadernota that is not to practise with; a friendly page where none is."""
    first = next(iter(known_kadernotas(request)), None)
    if first is None or first.is_practice:
        return render(request, "priorities/empty.html")
    return _start(request, first.slug)


@require_safe
@public_page
def kadernota(request: HttpRequest, slug: str) -> HttpResponse:
    """Show whether we are on the right way: all priorities and indicators of a kadernota."""
    return _start(request, slug)


def _start(request: HttpRequest, slug: str) -> HttpResponse:
    shown = load_shown(request, slug)
    parts = known_kadernotas(request)[shown.kadernota]
    page = build_start(shown.overview, parts, shown.year, links_for(request, shown))
    return render(request, "priorities/start.html", {"shown": shown, "page": page})


@require_safe
@public_page
def prioriteit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one priority: what the council wants, and how its indicators stand."""
    shown = load_shown(request, slug)
    row = _row(shown, number)
    priority = next((part for part in known_kadernotas(request)[shown.kadernota] if part.pk == row.pk), None)
    if priority is None:  # made this very moment
        raise Http404("Deze prioriteit is er niet.")
    page = build_priority(
        row, shown.overview, shown.year, links_for(request, shown), request.GET, stamp=stamp_of(request)
    )
    year = build_year(shown_part(request, shown, row.pk), shown.year)
    files = _files(request, slug, number)
    context = {"shown": shown, "priority": priority, "page": page, "year": year, "files": files}
    return render(request, "priorities/priority.html", context)


@require_safe
@public_page
def prioriteit_tabel(request: HttpRequest, slug: str, number: int, extension: str) -> HttpResponse:
    """The table of a priority as a file, as the page shows it with this same query. Drafts only for who sees them."""
    if extension not in EXTENSIONS:
        raise Http404("Dit formaat is er niet.")
    shown = load_shown(request, slug)
    row, overview = _row(shown, number), shown.overview
    page = build_priority(row, overview, shown.year, links_for(request, shown), request.GET, stamp=stamp_of(request))
    if overview.with_drafts:
        subject = f"prioriteit {number} over {shown.year}, {EXTENSIONS[extension]}"
        audit.note(audit.EXPORT_DRAFTS, kadernota_id=shown.kadernota.pk, subject=subject)
    content = table_file(row, page, overview, shown.year, extension=extension, made=clock.now())
    response = HttpResponse(content, content_type=get_format(extension).media_type)
    name = file_name(overview, row, shown.year, extension)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _row(shown: Shown, number: int) -> PriorityRow:
    row = next((row for row in shown.overview.priorities if row.number == number), None)
    if row is None:
        raise Http404("Deze prioriteit is er niet.")
    return row


def _files(request: HttpRequest, slug: str, number: int) -> list[tuple[str, str]]:
    """The downloads of this table: each with the year, the edition, the choice and the order that one looks at."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return [
        (name, reverse("prioriteit-tabel", args=[slug, number, extension]) + query)
        for extension, name in EXTENSIONS.items()
    ]


@require_safe
@public_page
def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement of this installation."""
    facts = {
        name: getattr(settings, f"ACCESSIBILITY_{name.upper()}") for name in ("status", "date", "report", "contact")
    }
    return render(request, "toegankelijkheid.html", {"statement": facts})


@require_safe
@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines what not to ask for: what is for staff, and the same table in every order and choice."""
    staff = (reverse("admin:index"), reverse("inloggen"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in (*staff, "/*sort=", "/*bron=", "/*status="))]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def niet_gevonden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a page is not there, and help on: the same for what never was and for what one may not see."""
    slug = request.path.split("/")[1]
    known = Kadernota.objects.filter(slug=slug).first() or front_kadernota()
    return render(request, "404.html", {"kadernota": known}, status=404)
