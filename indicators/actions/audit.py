"""The audit log: who did what, when and from where. No passwords and no figures; rows are never changed (guards.py).

Actions and pages write it with `log_event`. Log-in, log-out and changes of rights come from Django's signals,
connected in indicators/apps.py. A change of rights by a bare `QuerySet.update` sends no signal and is not logged.
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group, User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from indicators.models import AuditEvent
from kadernota import clock

LOG_IN, FAILED_LOG_IN, LOG_OUT = "inloggen", "inloggen mislukt", "uitloggen"
ACCESS, RECORD, ADOPT, SEND_BACK = "toegang", "vastleggen", "vaststellen", "terugsturen"
SEAL = "verzegelen"
EXPORT_DRAFTS, RIGHTS = "concepten uitvoeren", "rechten wijzigen"
PREPARE, OFFER, TAKE_BACK, DISCARD = "versie voorbereiden", "versie aanbieden", "versie terugnemen", "versie weggooien"
PROPOSE = "voorstellen"
PROGRAMME, WITHDRAW, RETRACT = "programma vastleggen", "regel intrekken", "terugnemen"

DONE, REFUSED = "done", "refused"
# Fields of a user that give rights by themselves, with their Dutch names.
RIGHTS_FIELDS = {"is_active": "actief", "is_staff": "in het beheer", "is_superuser": "alle rechten"}
LONGEST_SUBJECT, LONGEST_NAME, LONGEST_ORIGIN = 200, 150, 60

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


class AuditMiddleware:
    """Make the request known to `log_event`, also deep inside an action or the admin; log each 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle the request with `log_event` aware of it."""
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Log a PermissionDenied, for example of the admin; Django then handles it as usual."""
        if isinstance(exception, PermissionDenied):
            log_event(ACCESS, subject=f"{request.method} {request.path}", result=REFUSED)


def log_event(
    action: str,
    *,
    subject: str = "",
    by: User | AnonymousUser | None = None,
    result: str = DONE,
    kadernota_id: int | None = None,
    name: str = "",
) -> None:
    """Add a row to the log, dated now. `by` is the actor; by default the user of the current request.

    `subject` is what the action was done to (never a figure); `name` names an actor without an account. The origin is
    the address of the connection, empty for a command. The row belongs to the current transaction.
    """
    request = _request.get()
    actor = by or (getattr(request, "user", None) if request else None)
    user = actor if isinstance(actor, User) else None
    AuditEvent.objects.create(
        at=clock.now(),
        actor_id=user.pk if user else None,
        actor_name=(user.get_username() if user else name)[:LONGEST_NAME],
        action=action,
        subject=subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1]}…",
        result=result,
        origin=request.META.get("REMOTE_ADDR", "")[:LONGEST_ORIGIN] if request else "",
        kadernota_id=kadernota_id,
    )


def denied_404(request: HttpRequest, what: str, *, kadernota_id: int | None = None) -> Http404:
    """Log that this user lacks the right to `what`; return the 404 to raise, which does not say that it exists."""
    log_event(ACCESS, subject=f"{request.method} {what}", by=request.user, result=REFUSED, kadernota_id=kadernota_id)
    return Http404("Deze pagina is er niet.")


# Receivers of Django's signals


def log_log_in(*, user: User, **_: Any) -> None:
    """Log a successful log-in."""
    log_event(LOG_IN, by=user)


def log_failed_log_in(*, credentials: dict[str, Any], **_: Any) -> None:
    """Log a failed log-in. An unknown name is left out: it may be a password typed in the wrong field."""
    typed = str(credentials.get("username") or "")[:LONGEST_NAME]
    is_known = User.objects.filter(username=typed).exists()
    log_event(FAILED_LOG_IN, result=REFUSED, name=typed if is_known else "(onbekende naam)")


def log_log_out(*, user: User | None, **_: Any) -> None:
    """Log a log-out; a session that had expired has no user."""
    if user is not None:
        log_event(LOG_OUT, by=user)


def log_account_change(
    *, instance: User, raw: bool = False, update_fields: Iterable[str] | None = None, **_: Any
) -> None:
    """Log a new account, or a change of a field that gives rights by itself. Runs before the user is saved."""
    if raw or (update_fields is not None and not set(update_fields) & set(RIGHTS_FIELDS)):
        return
    before = User.objects.filter(pk=instance.pk).values(*RIGHTS_FIELDS).first() if instance.pk else None
    old = before or dict.fromkeys(RIGHTS_FIELDS, False)
    changes = [
        f"{words} {'aan' if getattr(instance, field) else 'uit'}"
        for field, words in RIGHTS_FIELDS.items()
        if bool(getattr(instance, field)) != old[field]
    ]
    if before is None or changes:
        new = "nieuw account, " if before is None else ""
        log_event(RIGHTS, subject=f"{instance.get_username()}: {new}{', '.join(changes) or 'geen rechten'}")


def log_rights_change(
    *, instance: Any, action: str, reverse: bool, model: Any, pk_set: set[int] | None, **_: Any
) -> None:
    """Log that a user or group got or lost groups or rights, from either side of the relation."""
    verb = {"post_add": "erbij", "post_remove": "eraf", "pre_clear": "alles eraf"}.get(action)
    if verb is None or (pk_set is not None and not pk_set):
        return
    others = [str(other) for other in model.objects.filter(pk__in=pk_set or ())]
    who = f"groep {instance}" if isinstance(instance, Group) else str(instance)
    log_event(RIGHTS, subject=f"{who}: {verb} {'; '.join(others)}".strip())
