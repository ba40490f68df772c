"""The log of who did what, from where. It holds no passwords and no figures; rows are only added (triggers.py).

The actions and the pages write it through `note`. What Django itself does (log-in, rights) is heard through its own
signals, connected in apps.py: there Django offers nothing else. A change of rights by a bare `QuerySet.update` makes
no signal and so no row.
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from indicators.models import AuditEvent
from kadernota import clock

LOG_IN, FAILED_LOG_IN, LOG_OUT = "inloggen", "inloggen mislukt", "uitloggen"
ACCESS, RECORD, ADOPT, SEND_BACK = "toegang", "vastleggen", "vaststellen", "terugsturen"
SEAL = "verzegelen"
EXPORT_DRAFTS, RIGHTS = "concepten uitvoeren", "rechten wijzigen"
TARGET, BREAK, STRUCTURE = "streefwaarde wijzigen", "methodebreuk", "opzet wijzigen"
NEW_INDICATOR, NEXT_KADERNOTA = "nieuwe indicator", "volgende kadernota"
PROGRAMME, WITHDRAW = "programma vastleggen", "regel intrekken"

DONE, REFUSED = "done", "refused"
# What gives rights by itself, and how the log calls it.
RIGHTS_FIELDS = {"is_active": "actief", "is_staff": "in het beheer", "is_superuser": "alle rechten"}
LONGEST_SUBJECT, LONGEST_NAME, LONGEST_ORIGIN = 200, 150, 60

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


def with_request(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: lets `note` know who asks and from where, also deep inside an action or the admin."""

    def respond(request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            return get_response(request)
        finally:
            _request.reset(token)

    respond.process_exception = _note_denied  # Django looks for it on what a middleware returns
    return respond


def _note_denied(request: HttpRequest, exception: Exception) -> None:
    """A 403 that a page gives, of the admin for one; Django goes on with it as it would."""
    if isinstance(exception, PermissionDenied):
        note(ACCESS, subject=f"{request.method} {request.path}", result=REFUSED)


def note(
    action: str, *, subject: str = "", by=None, result: str = DONE, kadernota_id: int | None = None, name: str = ""
) -> None:
    """Add a row to the log, at this moment. `by` is who did it; without, it is who sent the present request.

    `subject` says on what (never a figure); `name` stands in for a person who is no user. The origin is the address
    of the connection, empty for a command. Inside a transaction the row stands or falls with what it tells of.
    """
    request = _request.get()
    actor = by or (getattr(request, "user", None) if request else None)
    actor = actor if actor is not None and actor.is_authenticated else None
    AuditEvent.objects.create(
        at=clock.now(),
        actor_id=actor.pk if actor else None,
        actor_name=(actor.get_username() if actor else name)[:LONGEST_NAME],
        action=action,
        subject=shortened(subject),
        result=result,
        origin=request.META.get("REMOTE_ADDR", "")[:LONGEST_ORIGIN] if request else "",
        kadernota_id=kadernota_id,
    )


def refused(request: HttpRequest, what: str, *, kadernota_id: int | None = None) -> Http404:
    """Note that this person lacks the right to see or do this; gives the 404 to raise: it says no more than that."""
    note(ACCESS, subject=f"{request.method} {what}", by=request.user, result=REFUSED, kadernota_id=kadernota_id)
    return Http404("Deze pagina is er niet.")


def shortened(text: str) -> str:
    """`text` as long as a subject may be."""
    return text if len(text) <= LONGEST_SUBJECT else f"{text[: LONGEST_SUBJECT - 1]}…"


def listed(names: Iterable[str]) -> str:
    """Names of figures, each once, in the order in which they come: V1, V5 absoluut."""
    return ", ".join(dict.fromkeys(names))


# -- What Django says by signals


def logged_in(*, user, **_: Any) -> None:
    """Someone logged in."""
    note(LOG_IN, by=user)


def log_in_failed(*, credentials: dict[str, Any], **_: Any) -> None:
    """Someone could not log in. A name that no account has may be a password typed in the wrong field: left out."""
    typed = str(credentials.get("username") or "")[:LONGEST_NAME]
    known = User.objects.filter(username=typed).exists()
    note(FAILED_LOG_IN, result=REFUSED, name=typed if known else "(onbekende naam)")


def logged_out(*, user, **_: Any) -> None:
    """Someone logged out; a session that had ended already has no one."""
    if user is not None:
        note(LOG_OUT, by=user)


def user_saved(*, instance: User, raw: bool = False, update_fields: Iterable[str] | None = None, **_: Any) -> None:
    """Before a user is saved: note an account that is new, and a change of what gives rights by itself."""
    if raw or (update_fields is not None and not set(update_fields) & set(RIGHTS_FIELDS)):
        return
    before = User.objects.filter(pk=instance.pk).values(*RIGHTS_FIELDS).first() if instance.pk else None
    standing = before or dict.fromkeys(RIGHTS_FIELDS, False)
    changed = [
        f"{words} {'aan' if getattr(instance, field) else 'uit'}"
        for field, words in RIGHTS_FIELDS.items()
        if bool(getattr(instance, field)) != standing[field]
    ]
    if before is None or changed:
        new = "nieuw account, " if before is None else ""
        note(RIGHTS, subject=f"{instance.get_username()}: {new}{', '.join(changed) or 'geen rechten'}")


def rights_given(*, instance: Any, action: str, reverse: bool, model: Any, pk_set: set[int] | None, **_: Any) -> None:
    """A user or group got or lost groups or rights, from either side of the relation."""
    verb = {"post_add": "erbij", "post_remove": "eraf", "pre_clear": "alles eraf"}.get(action)
    if verb is None or (pk_set is not None and not pk_set):
        return
    others = [str(other) for other in model.objects.filter(pk__in=pk_set or ())]
    who = f"groep {instance}" if isinstance(instance, Group) else str(instance)
    note(RIGHTS, subject=f"{who}: {verb} {'; '.join(others)}".strip())
