"""Nothing typed is lost when the log-in has ended: it waits in the session until its writer has logged in again.

A form carries a signed note of who it was made for. A post by someone who is not logged in is kept only with that
note, and given back only to that same person; so no stranger fills the session table and no one reads another's work.
It takes the ordinary log-in page, works without JavaScript, and stores nothing but what differs from what the page
had shown.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

SALT = "indicators.entry.form"
FORM_LASTS = timedelta(days=14)
KEPT_LASTS = timedelta(hours=4)
MOST_KEPT = 200_000  # characters in all; the longest explanations of fifty components fit
IN_SESSION = "typed_figures"


def form_note(user, path: str) -> str:
    """The signed note of who this form was made for."""
    return signing.dumps([user.pk, path], salt=SALT)


def writer_of(note: str, path: str) -> int | None:
    """Who the form was made for; None for a note that is false, of another page, or too old."""
    try:
        pk, noted = signing.loads(note, salt=SALT, max_age=FORM_LASTS)
    except signing.BadSignature:
        return None
    return pk if noted == path else None


def keep_texts(request: HttpRequest, path: str, writer: int, texts: Mapping[str, str], now: datetime) -> bool:
    """Keep the texts of a plain form, by field, until `writer` is back. False, and nothing kept, when too much."""
    return store_typed(request, path, writer, dict(texts), size=sum(map(len, texts.values())), now=now)


def kept_texts(request: HttpRequest, path: str, now: datetime) -> dict[str, str]:
    """What this person typed in the plain form of this page before the log-in ended, by field."""
    return load_typed(request, path, now)


def store_typed(
    request: HttpRequest, path: str, writer: int, typed: dict[str, Any], *, size: int, now: datetime
) -> bool:
    """Store what `writer` typed in the session. Return False, and store nothing, when `size` is too large."""
    if size > MOST_KEPT:
        return False
    request.session[IN_SESSION] = {"path": path, "writer": writer, "at": now.isoformat(), "typed": typed}
    return True


def load_typed(request: HttpRequest, path: str, now: datetime) -> dict[str, Any]:
    """Return what this person typed on this page; drop what is another's or too old."""
    found = request.session.get(IN_SESSION)
    if found is None:
        return {}
    is_old = now - datetime.fromisoformat(found["at"]) > KEPT_LASTS
    if is_old or found["writer"] != request.user.pk:
        drop(request)
        return {}
    return found["typed"] if found["path"] == path else {}


def drop(request: HttpRequest) -> None:
    """Keep it no longer: it is saved, or thrown away."""
    request.session.pop(IN_SESSION, None)


def _no_page(request: HttpRequest) -> HttpResponse:
    """Stand in for the view where only Django's check of the token is asked for."""
    return HttpResponse()


def token_fault(request: HttpRequest) -> str:
    """What is wrong with the form's token: nothing (""), "stale" when this site itself sent an old one, "foreign".

    A log-in in another window gives out a new token; the form that was still open here is no forgery, but it is not
    obeyed either: it comes back with all that was typed. A browser names the site that sends a form in `Origin`.
    """
    if CsrfViewMiddleware(_no_page).process_view(request, _no_page, (), {}) is None:
        return ""
    origin = request.headers.get("Origin", "")
    own = origin == f"{request.scheme}://{request.get_host()}"
    trusted = any(fnmatchcase(origin, pattern) for pattern in settings.CSRF_TRUSTED_ORIGINS)
    return "stale" if own or trusted else "foreign"
