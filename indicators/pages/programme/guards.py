"""Who may keep the lines of the programme, and what happens to a form that was sent without a log-in or a token."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from indicators.actions.audit import refused
from indicators.pages.entry.views import KEPT_WHILE_AWAY, NOTE, THROW_AWAY, TOO_MUCH
from indicators.pages.form_recovery import drop, form_note, keep_texts, token_fault, writer_of
from indicators.pages.selection import Selection
from indicators.readmodel.line_tasks import LineTasks, load_line_tasks
from indicators.readmodel.overview import load_overview
from kadernota import clock
from priorities.models import Kadernota
from priorities.permissions import may_record

View = Callable[..., HttpResponse]
NOT_TYPED = {NOTE, THROW_AWAY, "csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Desk:
    """What an officer works on: the lines of a kadernota in one year. `is_stale`: the form had an old token."""

    selection: Selection
    work: LineTasks
    is_stale: bool = False

    @property
    def year(self) -> int:
        """The year of the lines."""
        return self.selection.year


def for_line_keepers(view: View) -> View:
    """Give the view its `desk`. Nothing typed is lost when the log-in has ended, as on the page of the figures.

    Anonymous: to the log-in, with what was typed; others than who may record: 404, as for what is not there.
    """

    # The token is checked on the first line: a form with an old one is not obeyed, but what was typed comes back.
    @csrf_exempt
    @cache_control(no_store=True, private=True)
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, year: int, **rest: object) -> HttpResponse:
        fault = token_fault(request) if request.method == "POST" else ""
        if fault == "foreign":
            raise PermissionDenied
        if not request.user.is_authenticated:
            return _log_in_first(request)
        kadernota = get_object_or_404(Kadernota, slug=slug)
        if not may_record(request.user):
            raise refused(request, request.path, kadernota_id=kadernota.pk)
        if request.method == "POST" and THROW_AWAY in request.POST:
            drop(request)
            return HttpResponseRedirect(request.path, status=303)
        return view(request, load_desk(kadernota, year, is_stale=bool(fault)), **rest)

    return guarded


def load_desk(kadernota: Kadernota, year: int, *, is_stale: bool = False) -> Desk:
    """What there is to work on in a year; 404 for a year of another kadernota."""
    if year not in kadernota.years:
        raise Http404("Dit jaar hoort niet bij deze kadernota.")
    overview = load_overview(kadernota, drafts=True)
    return Desk(Selection(kadernota, overview, year), load_line_tasks(kadernota, overview.editions), is_stale)


def note_for(request: HttpRequest) -> str:
    """The signed note that lets this form wait for its writer."""
    return form_note(request.user, request.path)


def _log_in_first(request: HttpRequest) -> HttpResponse:
    writer = writer_of(request.POST.get(NOTE, ""), request.path) if request.method == "POST" else None
    if writer is not None:
        typed = {name: value for name, value in request.POST.items() if name not in NOT_TYPED}
        is_kept = keep_texts(request, request.path, writer, typed, clock.now())
        messages.warning(request, KEPT_WHILE_AWAY if is_kept else TOO_MUCH)
    return redirect_to_login(request.path)
