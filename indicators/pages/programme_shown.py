"""The programme that a page shows, kept under the stamp of what the public sees; drafts only for who sees them."""

from django.http import HttpRequest

from indicators.pages.shown import Shown, known_kadernotas
from indicators.programme import Programme, load_programme
from indicators.stamps import once, stamp_of


def shown_programme(request: HttpRequest, shown: Shown) -> Programme:
    """The programme as of what `shown` shows. One query; none where the public's is kept."""
    overview, kadernota = shown.overview, shown.kadernota
    parts = known_kadernotas(request)[kadernota]
    if overview.with_drafts:
        return load_programme(kadernota, drafts=True, editions=overview.editions, parts=parts)
    key = ("programme", kadernota.pk, overview.edition.pk if overview.edition else None)
    return once(
        stamp_of(request),
        key,
        lambda: load_programme(kadernota, edition=overview.edition, editions=overview.editions, parts=parts),
    )
