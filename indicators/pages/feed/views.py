"""The Atom feed of editions and errata."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from indicators.pages.feed.page import news_of
from indicators.pages.http_cache import public_page
from priorities.models import Kadernota

ATOM = "application/atom+xml; charset=utf-8"


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
            title=news.title,
            link=address,
            unique_id=address,
            description=f"<ul>{lines}</ul>",
            pubdate=news.edition.recorded_at,
            updateddate=news.edition.recorded_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=ATOM)
