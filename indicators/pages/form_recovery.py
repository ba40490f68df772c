"""Recovery of a form that is sent after the log-in has ended: the session stores its texts until the next log-in.

A form carries a signed note of the user that it was rendered for. The texts of an anonymous post are stored only with
such a note, and returned only to that user: no stranger fills the session table, and nobody reads the texts of another
user. It works with the ordinary log-in page and without JavaScript.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from fnmatch import fnmatchcase
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from indicators.pages.guards import PAGE_METHODS, Permission, View, for_year, user_of
from kadernota import clock
from priorities.models import Kadernota

# Returns the texts that a form sent, by field, given the request and the slug and year of its address.
CollectTexts = Callable[[HttpRequest, str, int], Mapping[str, str]]

SALT = "indicators.entry.form"
NOTE_MAX_AGE = timedelta(days=14)
TEXTS_MAX_AGE = timedelta(hours=4)
MAX_STORED = 200_000  # characters in all; the longest explanations of fifty components fit
SESSION_KEY = "typed_texts"
# Names of form fields.
NOTE_FIELD, DISCARD_FIELD = "form_note", "discard"

STORED = "U was uitgelogd. Wat u typte is bewaard: log in, dan staat het er weer."
TOO_LARGE = "U was uitgelogd, en het was te veel om vast te houden. Ga terug met de knop Vorige: daar staat het nog."
RECOVERED = "Dit typte u voordat u werd uitgelogd. Het staat weer in het formulier, maar is nog niet bewaard."
STALE_TOKEN = "U bent intussen opnieuw ingelogd. Er is nog niets bewaard: kijk het na en bewaar nog eens."


class Token(Enum):
    """The state of the CSRF token of a form: `STALE` was given out by this site before a newer log-in."""

    VALID = "valid"
    STALE = "stale"
    FOREIGN = "foreign"


def recoverable_form(*, may: Permission, texts: CollectTexts) -> Callable[[View], View]:
    """Decorate the view of a form of one year, as `for_year` does; the view also gets `is_stale`, for a stale token.

    A form with a stale token is not processed, but shown again with the typed texts.
    """

    def decorate(view: View) -> View:
        @for_year(may=may, anonymous=lambda request, slug, year: _store_and_log_in(request, slug, year, texts))
        def permitted(
            request: HttpRequest, kadernota: Kadernota, year: int, *, is_stale: bool, **rest: object
        ) -> HttpResponse:
            if request.method == "POST" and DISCARD_FIELD in request.POST:
                drop_texts(request)
                return HttpResponseRedirect(request.path, status=303)
            return view(request, kadernota, year, is_stale=is_stale, **rest)

        # The view is exempt from the middleware because it checks the token itself, in its first line.
        @csrf_exempt
        @cache_control(no_store=True, private=True)
        @require_http_methods(list(PAGE_METHODS))
        @wraps(view)
        def respond(request: HttpRequest, slug: str, year: int, **rest: object) -> HttpResponse:
            token = check_token(request) if request.method == "POST" else Token.VALID
            if token is Token.FOREIGN:
                raise PermissionDenied
            return permitted(request, slug, year, is_stale=token is Token.STALE, **rest)

        return respond

    return decorate


def form_note(request: HttpRequest) -> str:
    """Return the signed note of the user and the address that a form is rendered for."""
    return sign_note(user_of(request), request.path)


def sign_note(user: User, path: str) -> str:
    """Return the signed note for a form of this user at this address."""
    return signing.dumps([user.pk, path], salt=SALT)


def read_note(note: str, path: str) -> int | None:
    """Return the key of the user of a note; None if it is forged, of another address, or too old."""
    try:
        pk, noted_path = signing.loads(note, salt=SALT, max_age=NOTE_MAX_AGE)
    except signing.BadSignature:
        return None
    return int(pk) if noted_path == path else None


def posted_texts(request: HttpRequest, slug: str, year: int) -> dict[str, str]:
    """Return every field of a plain form that a person fills in."""
    internal = {NOTE_FIELD, DISCARD_FIELD, "csrfmiddlewaretoken"}
    return {name: request.POST[name] for name in request.POST if name not in internal}


def store_texts(request: HttpRequest, writer: int, texts: Mapping[str, str]) -> bool:
    """Store the texts of a form, by field, in the session. Return False, and store nothing, if they are too large."""
    if sum(map(len, texts.values())) > MAX_STORED:
        return False
    stored = {"path": request.path, "writer": writer, "at": clock.now().isoformat(), "texts": dict(texts)}
    request.session[SESSION_KEY] = stored
    return True


def load_texts(request: HttpRequest, *, now: datetime) -> dict[str, str]:
    """Return the texts that this user sent to this address while logged out, by field.

    Texts of another user and texts that are too old are dropped.
    """
    stored = request.session.get(SESSION_KEY)
    if stored is None:
        return {}
    is_old = now - datetime.fromisoformat(stored["at"]) > TEXTS_MAX_AGE
    if is_old or stored["writer"] != request.user.pk:
        drop_texts(request)
        return {}
    return dict(stored["texts"]) if stored["path"] == request.path else {}


def drop_texts(request: HttpRequest) -> None:
    """Drop the stored texts: they are saved or discarded."""
    request.session.pop(SESSION_KEY, None)


def check_token(request: HttpRequest) -> Token:
    """Return the state of the CSRF token of a posted form.

    A log-in in another window replaces the token; a form that was still open is no forgery then. The browser names
    the site that sends a form in `Origin`.
    """
    if _csrf_protected(request).status_code == 200:
        return Token.VALID
    origin = request.headers.get("Origin", "")
    is_own = origin == f"{request.scheme}://{request.get_host()}"
    is_trusted = any(fnmatchcase(origin, pattern) for pattern in settings.CSRF_TRUSTED_ORIGINS)
    return Token.STALE if is_own or is_trusted else Token.FOREIGN


@csrf_protect
def _csrf_protected(request: HttpRequest) -> HttpResponse:
    """Answer 200; Django's decorator answers 403 if the token is not valid."""
    return HttpResponse()


def _store_and_log_in(request: HttpRequest, slug: str, year: int, texts: CollectTexts) -> HttpResponse:
    writer = read_note(request.POST.get(NOTE_FIELD, ""), request.path) if request.method == "POST" else None
    if writer is not None:
        is_stored = store_texts(request, writer, texts(request, slug, year))
        messages.warning(request, STORED if is_stored else TOO_LARGE)
    return redirect_to_login(request.path)
