"""The Atom feed of decisions: editions with their errata, versions of the kadernota, corrections."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from indicators.pages.feed.page import FeedEntry, feed_entries
from indicators.pages.http_cache import public_page
from indicators.pages.selection import head_or_404
from indicators.readmodel.cache import cached
from indicators.readmodel.overview import load_prefix
from priorities.models import Kadernota

ATOM = "application/atom+xml; charset=utf-8"


@require_safe
@public_page
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the decisions as an Atom feed; the same for every user."""
    head = head_or_404(request, slug)
    kadernota = head.kadernota
    title, organisation, entries = cached((head.chain_hash, "feed"), lambda: _load(kadernota, head.sequence))
    feed_url = request.build_absolute_uri(request.path)
    start_url = request.build_absolute_uri(reverse("kadernota", args=[slug]))
    decisions_url = request.build_absolute_uri(reverse("besluiten", args=[slug]))
    atom = Atom1Feed(
        title=f"Edities en errata – {title} ({organisation})",
        subtitle="OEFENGEMEENTE – verzonnen cijfers" if kadernota.is_practice else None,
        link=start_url,
        description="",
        language="nl",
        feed_url=feed_url,
        feed_guid=feed_url,
        author_name=organisation,
    )
    for entry in entries:
        edition = entry.decision.edition
        if edition:
            url = request.build_absolute_uri(reverse("editie", args=[slug, edition.label]))
        else:
            url = f"{decisions_url}#besluit-{entry.decision.sequence}"
        lines = "".join(f"<li>{escape(line)}</li>" for line in entry.lines)
        atom.add_item(
            title=entry.title,
            link=url,
            unique_id=url,
            description=f"<ul>{lines}</ul>",
            pubdate=entry.decision.recorded_at,
            updateddate=entry.decision.recorded_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=ATOM)


def _load(kadernota: Kadernota, sequence: int) -> tuple[str, str, list[FeedEntry]]:
    """Load the title and organisation of the newest version, and the entries."""
    prefix = load_prefix(kadernota, sequence=sequence)
    version = prefix.chain.versions[-1]
    return version.title, version.printed_organisation, feed_entries(prefix)
