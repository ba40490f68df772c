"""Keeping the lines of the programme: the list of a year, the form of a line, withdrawing, taking over."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from indicators.actions import (
    ActionRefused,
    LineConflict,
    Outcome,
    copy_activities,
    record_line,
    withdraw_line,
)
from indicators.actions.audit import denied_404
from indicators.domain.dutch import counted
from indicators.domain.programme import ActivityState, LineKind, missing_account
from indicators.models import ProgrammeLine
from indicators.pages.entry.views import GIVEN_BACK, OTHER_LOGIN
from indicators.pages.form_recovery import drop, kept_texts
from indicators.pages.programme.forms import FORMS, LineForm, WithdrawForm, differences, initial_of
from indicators.pages.programme.guards import Desk, for_line_keepers, note_for
from indicators.pages.programme.page import build_lines, edition_year_of, part_key, part_name
from indicators.readmodel.line_tasks import name_of
from indicators.readmodel.programme import Line, Part
from kadernota import clock
from priorities.models import Kadernota, Priority
from priorities.permissions import may_record

KINDS = {"activiteit": LineKind.ACTIVITY, "bedrag": LineKind.FINANCE}


@for_line_keepers
def line_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the lines of a year by part, with what each still lacks."""
    page = build_lines(desk.work, desk.year, today=clock.today())
    return render(request, "programme/lines.html", {"selection": desk.selection, "page": page})


@for_line_keepers
def new_line(request: HttpRequest, desk: Desk, part: str, soort: str) -> HttpResponse:
    """Show the form of a new line under a part, and record it."""
    found = next((one for one in desk.work.recorded.parts if part_key(one) == part), None)
    if found is None or soort not in KINDS:
        raise Http404("Dit onderdeel is er niet.")
    return _line(request, desk, found, KINDS[soort], None)


@for_line_keepers
def edit_line(request: HttpRequest, desk: Desk, line: int) -> HttpResponse:
    """Show the form of a line, and record its change. `line` is the revision that the line began with."""
    current = _standing(desk, line)
    if current.withdrawn and request.method != "POST":
        messages.info(request, f"‘{current.title}’ is ingetrokken: {current.result}")
        return _to_list(desk)
    return _line(request, desk, desk.work.recorded.part(current.priority), current.kind, current)


@for_line_keepers
def withdraw_line_page(request: HttpRequest, desk: Desk, line: int) -> HttpResponse:
    """Ask why a line does not belong in the programme, and withdraw it."""
    current = _standing(desk, line)
    if request.method != "POST":
        waiting = kept_texts(request, request.path, clock.now())
        fresh = WithdrawForm(initial={"seen": current.pk} | waiting, label_suffix="")
        return _withdraw_page(request, desk, current, fresh, notice=GIVEN_BACK if waiting else "")
    form = WithdrawForm(request.POST, label_suffix="")
    if not form.is_valid() or desk.is_stale:
        status, notice = (403, OTHER_LOGIN) if desk.is_stale else (422, "")
        return _withdraw_page(request, desk, current, form, notice=notice, status=status)
    facts = {name: form.cleaned_data[name] for name in ("seen", "reason")}
    try:
        row = withdraw_line(kadernota=desk.selection.kadernota, by=request.user, now=clock.now(), **facts)
    except LineConflict as conflict:
        form.add_error(None, f"{_who(request, conflict.newer)} heeft deze regel intussen gewijzigd. Kijk hem na.")
        form.data = form.data.copy() | {"seen": conflict.newer.pk}
        return _withdraw_page(request, desk, current, form, status=409)
    except ActionRefused as why:
        form.add_error(None, str(why))
        return _withdraw_page(request, desk, current, form, status=422)
    drop(request)
    messages.success(request, f"‘{row.title}’ is ingetrokken.")
    return _to_list(desk)


@login_required
@require_POST
def copy_lines(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Take over the activities of the year before that go on."""
    kadernota = get_object_or_404(Kadernota, slug=slug)
    if not may_record(request.user):
        raise denied_404(request, request.path, kadernota_id=kadernota.pk)
    if year not in kadernota.years:
        raise Http404("Dit jaar hoort niet bij deze kadernota.")
    number = copy_activities(kadernota=kadernota, year=year, by=request.user, now=clock.now())
    told = f"{counted(number, 'activiteit is', 'activiteiten zijn')} overgenomen uit {year - 1}, als concept."
    messages.success(request, told if number else f"Uit {year - 1} is er niets over te nemen.")
    return HttpResponseRedirect(reverse("regels", args=[slug, year]), status=303)


def _standing(desk: Desk, first: int) -> Line:
    line = desk.work.history.newest().get(first)
    if line is None or line.year != desk.year:
        raise Http404("Deze regel is er niet.")
    return line


def _line(request: HttpRequest, desk: Desk, part: Part, kind: LineKind, current: Line | None) -> HttpResponse:
    facts: dict[str, Any] = {"part": part, "current": current}
    if request.method != "POST":
        waiting = kept_texts(request, request.path, clock.now())
        form = FORMS[kind](initial=initial_of(current) | waiting, **facts)
        return _page(request, desk, form, notice=GIVEN_BACK if waiting else "", is_kept=bool(waiting))
    form = FORMS[kind](request.POST, **facts)
    is_valid = form.is_valid()
    if desk.is_stale:
        return _page(request, desk, form, notice=OTHER_LOGIN, status=403)
    if not is_valid:
        return _page(request, desk, form, status=422)
    priority = Priority.objects.select_related("kadernota").get(pk=part.pk)
    seen = form.cleaned_data["seen"] if current else None
    try:
        row, outcome = record_line(entry=form.entry(priority, desk.year), by=request.user, now=clock.now(), seen=seen)
    except LineConflict as conflict:
        return _conflict(request, desk, form, conflict.newer)
    except ActionRefused as why:
        form.add_error(_field_of(form), str(why))
        return _page(request, desk, form, status=422)
    drop(request)
    messages.success(request, _saved(row, outcome, desk))
    return _to_list(desk, current.first if current else row.pk)


def _field_of(form: LineForm) -> str | None:
    """Where the refusal belongs: an adopted account that changes asks for a reason, in the result."""
    adopted = form.current is not None and form.current.edition is not None
    return "result" if adopted and not form.cleaned_data.get("result") else None


def _saved(row: ProgrammeLine, outcome: str, desk: Desk) -> str:
    told = "staat er al zo; er is niets veranderd" if outcome == Outcome.SAME else "is bewaard als concept"
    state = ActivityState(row.state) if row.state else None
    asks = missing_account(
        kind=LineKind(row.kind),
        state=state,
        result=row.result,
        spent=row.spent,
        in_account=edition_year_of(desk.year, clock.today()) == desk.year,
    )
    return f"‘{row.title}’ {told}." + (f" Voor het vaststellen ontbreekt nog iets: deze regel {asks}." if asks else "")


def _conflict(request: HttpRequest, desk: Desk, form: LineForm, newer: ProgrammeLine) -> HttpResponse:
    """Both versions beside each other; a next press of the button means that one's own stays."""
    form.data = form.data.copy()
    form.data["seen"] = newer.pk
    clash = {"who": _who(request, newer), "newer": newer, "sides": differences(form, newer)}
    return _page(request, desk, form, clash=clash, status=409)


def _who(request: HttpRequest, row: ProgrammeLine) -> str:
    return "U zelf" if row.recorded_by_id == request.user.pk else name_of(row.recorded_by)


def _page(request: HttpRequest, desk: Desk, form: LineForm, *, status: int = 200, **more: Any) -> HttpResponse:
    current = form.current
    context = {
        "selection": desk.selection,
        "form": form,
        "part": form.part,
        "part_name": part_name(form.part),
        "line": current,
        "is_activity": form.kind is LineKind.ACTIVITY,
        "note": note_for(request),
        "list_url": reverse("regels", args=[desk.selection.kadernota.slug, desk.year]),
        "returned": desk.work.rejections.get(current.pk) if current else None,
        "asks": current.missing(edition_year_of(desk.year, clock.today())) if current else "",
    }
    return render(request, "programme/line.html", context | more, status=status)


def _withdraw_page(
    request: HttpRequest, desk: Desk, line: Line, form: WithdrawForm, *, notice: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "selection": desk.selection,
        "form": form,
        "line": line,
        "notice": notice,
        "note": note_for(request),
        "part_name": part_name(desk.work.recorded.part(line.priority)),
        "is_kept": bool(notice) and status == 200,
        "list_url": reverse("regels", args=[desk.selection.kadernota.slug, desk.year]),
    }
    return render(request, "programme/withdraw.html", context, status=status)


def _to_list(desk: Desk, first: int | None = None) -> HttpResponse:
    place = f"#regel-{first}" if first else ""
    return HttpResponseRedirect(reverse("regels", args=[desk.selection.kadernota.slug, desk.year]) + place, status=303)
