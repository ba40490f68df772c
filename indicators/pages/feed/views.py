"""The Atom feed of editions and errata."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from indicators.pages.feed.page import feed_entries
from indicators.pages.http_cache import public_page
from priorities.models import Kadernota

ATOM = "application/atom+xml; charset=utf-8"


@require_safe
@public_page
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the editions with their errata as an Atom feed; the same for every user."""
    kadernota = get_object_or_404(Kadernota, slug=slug)
    feed_url = request.build_absolute_uri(request.path)
    atom = Atom1Feed(
        title=f"Edities en errata – {kadernota}",
        subtitle="OEFENGEMEENTE – verzonnen cijfers" if kadernota.is_practice else None,
        link=request.build_absolute_uri(reverse("kadernota", args=[kadernota.slug])),
        description="",
        language="nl",
        feed_url=feed_url,
        feed_guid=feed_url,
        author_name=kadernota.organisation,
    )
    for entry in feed_entries(kadernota):
        url = request.build_absolute_uri(reverse("editie", args=[kadernota.slug, str(entry.edition)]))
        lines = "".join(f"<li>{escape(line)}</li>" for line in entry.lines)
        atom.add_item(
            title=entry.title,
            link=url,
            unique_id=url,
            description=f"<ul>{lines}</ul>",
            pubdate=entry.edition.recorded_at,
            updateddate=entry.edition.recorded_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=ATOM)
