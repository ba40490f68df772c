"""What a council member asks beside the figures: how you judge, what changed, where it says so, how to cite it."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from indicators.pages.comparing import compare_editions, comparison_sentence
from indicators.pages.edition_lines import compare_lines, lines_sentence, load_record
from indicators.pages.feed import news_of
from indicators.pages.frame import links_for
from indicators.pages.judging import build_judging, lacks_examples
from indicators.pages.programme_shown import shown_programme
from indicators.pages.searching import search
from indicators.pages.shown import (
    Shown,
    find_edition,
    front_kadernota,
    known_kadernotas,
    load_shown,
    public_overview,
)
from priorities.models import Kadernota

from ..models import Edition, Indicator, Reading
from ..public import public_page
from ..rows import Overview
from ..stamps import stamp_of

ATOM = "application/atom+xml; charset=utf-8"


class EditionLabel:
    """The name of an edition in an address: 2020-1."""

    regex = "[0-9]{4}-[0-9]{1,4}"

    def to_python(self, value: str) -> str:
        """The label itself."""
        return value

    def to_url(self, value: str) -> str:
        """The label itself."""
        return value


@require_safe
@public_page
def hoe_wij_oordelen(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show how we judge, with examples of this kadernota, or of the front one. Adopted figures only, for everybody."""
    kadernota = get_object_or_404(Kadernota, slug=slug) if slug else front_kadernota()
    overview = public_overview(kadernota, None, stamp_of(request)) if kadernota else None
    practice = _practice(request, kadernota) if kadernota and lacks_examples(overview) else None
    readings = Reading.objects.filter(kadernota=kadernota).select_related("indicator") if kadernota else ()
    page = build_judging(overview, practice, readings)
    context = {"kadernota": kadernota, "page": page, "baseline_year": kadernota.baseline_year if kadernota else None}
    return render(request, "judging/judging.html", context)


def _practice(request: HttpRequest, kadernota: Kadernota) -> Overview | None:
    """The adopted figures of a kadernota to practise with: examples of what has not happened yet."""
    other = Kadernota.objects.filter(is_practice=True).exclude(pk=kadernota.pk).first()
    return public_overview(other, None, stamp_of(request)) if other else None


@require_safe
@public_page
def vergelijken(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what lies between two editions: `?van=2020-1&naar=2020-2`; left out, the newest and the one before it."""
    kadernota = get_object_or_404(Kadernota, slug=slug)
    editions = list(Edition.objects.of(kadernota))
    if len(editions) < 2:
        return render(request, "comparing/none.html", {"kadernota": kadernota, "editions": editions})
    after = _chosen(editions, request.GET.get("naar", "")) or editions[-1]
    before = _chosen(editions, request.GET.get("van", "")) or _before(editions, after)
    before, after = sorted((before, after), key=lambda edition: edition.pk)
    overview = public_overview(kadernota, after, stamp_of(request))
    comparison = compare_editions(public_overview(kadernota, before, stamp_of(request)), overview)
    record = load_record(kadernota, overview.editions, known_kadernotas(request)[kadernota])
    lines = compare_lines(record, comparison.before, comparison.after)
    context = {
        # Nothing is looked back at here: both editions are named.
        "shown": Shown(kadernota, replace(overview, edition=None), after.year),
        "comparison": comparison,
        "answer": f"{comparison_sentence(comparison, is_same_elsewhere=not lines)} {lines_sentence(lines)}".strip(),
        "lines": lines,
        "editions": overview.editions,
    }
    return render(request, "comparing/comparing.html", context)


def _chosen(editions: list[Edition], label: str) -> Edition | None:
    found = next((edition for edition in editions if str(edition) == label), None)
    if label and found is None:
        raise Http404("Deze editie is er niet.")
    return found


def _before(editions: list[Edition], after: Edition) -> Edition:
    """The edition before this one; of the first, the one that came next."""
    place = editions.index(after)
    return editions[place - 1] if place else editions[1]


@require_safe
@public_page
def zoeken(request: HttpRequest, slug: str) -> HttpResponse:
    """Search in all that this reader may see: `?q=woninginbraken`."""
    shown = load_shown(request, slug)
    found = search(
        request.GET.get("q", ""), shown.overview, links_for(request, shown),
        shown_programme(request, shown),
        Reading.objects.filter(kadernota=shown.kadernota).select_related("indicator"),
    )  # fmt: skip
    return render(request, "searching/searching.html", {"shown": shown, "found": found})


@require_safe
@public_page
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The editions with their errata as an Atom feed. Only what is adopted, whoever asks."""
    kadernota = get_object_or_404(Kadernota, slug=slug)
    here = request.build_absolute_uri(request.path)
    atom = Atom1Feed(
        title=f"Edities en errata – {kadernota}",
        subtitle="OEFENGEMEENTE – verzonnen cijfers" if kadernota.is_practice else None,
        link=request.build_absolute_uri(reverse("kadernota", args=[kadernota.slug])),
        description="",
        language="nl",
        feed_url=here,
        feed_guid=here,
        author_name=kadernota.organisation,
    )
    for news in news_of(kadernota):
        address = request.build_absolute_uri(reverse("editie", args=[kadernota.slug, str(news.edition)]))
        lines = "".join(f"<li>{escape(line)}</li>" for line in news.lines)
        atom.add_item(
            title=news.title, link=address, unique_id=address, description=f"<ul>{lines}</ul>",
            pubdate=news.edition.recorded_at, updateddate=news.edition.recorded_at,
        )  # fmt: skip
    return HttpResponse(atom.writeString("utf-8"), content_type=ATOM)


@require_safe
def kort(request: HttpRequest, slug: str, code: str, label: str) -> HttpResponse:
    """The short address of an indicator as of an edition leads to its page: /…/V5/2020-2/."""
    kadernota = get_object_or_404(Kadernota, slug=slug)
    edition = find_edition(kadernota, label)
    row = get_object_or_404(Indicator.objects.only("code"), priority__kadernota=kadernota, code__iexact=code)
    asked = {"jaar": request.GET.get("jaar") or edition.year, "editie": str(edition)}
    return HttpResponseRedirect(f"{reverse('indicator', args=[kadernota.slug, row.code])}?{urlencode(asked)}")
