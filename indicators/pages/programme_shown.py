"""The programme that a page shows, kept under the stamp of what the public sees; drafts only for who sees them."""

from django.http import HttpRequest

from indicators.pages.shown import Shown
from indicators.programme import Part, Programme, load_parts, load_programme
from indicators.stamps import once, stamp_of
from priorities.models import Kadernota


def shown_programme(request: HttpRequest, shown: Shown) -> Programme:
    """The programme as of what `shown` shows. Two queries; none where the public's is kept."""
    overview, kadernota = shown.overview, shown.kadernota
    if overview.with_drafts:
        return load_programme(kadernota, drafts=True, editions=overview.editions)
    key = ("programme", kadernota.pk, overview.edition.pk if overview.edition else None)
    return once(
        stamp_of(request),
        key,
        lambda: load_programme(kadernota, edition=overview.edition, editions=overview.editions),
    )


def parts_of(kadernota: Kadernota, stamp: str) -> tuple[Part, ...]:
    """The parts of a kadernota with their texts, without lines. One query; none where they are kept."""
    return once(stamp, ("parts", kadernota.pk), lambda: load_parts(kadernota))
