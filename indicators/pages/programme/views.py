"""The lines of the programme of a year: the list, the form of a line, withdrawing, copying from the year before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from indicators.actions.copying_lines import copy_activities
from indicators.actions.errors import ActionRefused
from indicators.actions.recording_lines import record_line, withdraw_line
from indicators.actions.workflow import Conflict, Outcome
from indicators.domain.dutch import counted
from indicators.domain.programme import ActivityState, LineKind, missing_account
from indicators.models import ProgrammeLine
from indicators.pages.form_recovery import (
    RECOVERED,
    STALE_TOKEN,
    drop_texts,
    form_note,
    load_texts,
    posted_texts,
    recoverable_form,
)
from indicators.pages.guards import for_year, user_of
from indicators.pages.programme.forms import FORMS, LineForm, WithdrawForm, differences, initial_of
from indicators.pages.programme.page import build_lines, edition_year_of, part_key, part_name
from indicators.pages.selection import Selection
from indicators.readmodel.drafts import with_drafts
from indicators.readmodel.line_tasks import LineTasks, load_line_tasks
from indicators.readmodel.lines import Line
from indicators.readmodel.programme import ProgrammePart
from indicators.readmodel.public import public_overview
from indicators.readmodel.revisions import name_of
from kadernota import clock
from priorities.models import Kadernota, Topic
from priorities.permissions import may_record

KINDS = {"activiteit": LineKind.ACTIVITY, "bedrag": LineKind.FINANCE}


@dataclass(frozen=True)
class YearLines:
    """The lines of a kadernota in one year at the time of a request. `is_stale`: the form has a stale CSRF token."""

    selection: Selection
    tasks: LineTasks
    now: datetime
    is_stale: bool

    @property
    def year(self) -> int:
        """The year of the lines."""
        return self.selection.year

    @property
    def list_url(self) -> str:
        """The address of the list of lines."""
        return reverse("regels", args=[self.selection.kadernota.slug, self.year])

    @property
    def edition_year(self) -> int:
        """The year of the next edition that takes these lines."""
        return edition_year_of(self.year, self.now.date())


def _load_year_lines(kadernota: Kadernota, year: int, is_stale: bool = False) -> YearLines:
    overview = public_overview(kadernota)
    tasks = load_line_tasks(kadernota, overview)
    return YearLines(Selection(kadernota, with_drafts(kadernota, overview), year), tasks, clock.now(), is_stale)


@for_year(may=may_record)
def line_list(request: HttpRequest, kadernota: Kadernota, year: int) -> HttpResponse:
    """List the lines of a year by part, with what each still lacks."""
    year_lines = _load_year_lines(kadernota, year)
    page = build_lines(year_lines.tasks, year, today=year_lines.now.date())
    return render(request, "programme/lines.html", {"selection": year_lines.selection, "page": page})


@recoverable_form(may=may_record, texts=posted_texts)
def new_line(
    request: HttpRequest, kadernota: Kadernota, year: int, *, is_stale: bool, part: str, kind: str
) -> HttpResponse:
    """Show the form of a new line under a part, and record it."""
    year_lines = _load_year_lines(kadernota, year, is_stale)
    parent = next((parent for parent in year_lines.tasks.recorded.parts if part_key(parent) == part), None)
    if parent is None or kind not in KINDS:
        raise Http404("Dit onderdeel is er niet.")
    return _line_form(request, year_lines, parent, KINDS[kind], current=None)


@recoverable_form(may=may_record, texts=posted_texts)
def edit_line(request: HttpRequest, kadernota: Kadernota, year: int, *, is_stale: bool, line: int) -> HttpResponse:
    """Show the form of a line, and record its change. `line` is the key of its first revision."""
    year_lines = _load_year_lines(kadernota, year, is_stale)
    current = _current_line(year_lines, line)
    if current.withdrawn and request.method != "POST":
        messages.info(request, f"‘{current.title}’ is ingetrokken: {current.result}")
        return _to_list(year_lines)
    return _line_form(request, year_lines, year_lines.tasks.recorded.part(current.topic), current.kind, current=current)


@recoverable_form(may=may_record, texts=posted_texts)
def withdraw_line_page(
    request: HttpRequest, kadernota: Kadernota, year: int, *, is_stale: bool, line: int
) -> HttpResponse:
    """Ask why a line does not belong in the programme, and withdraw it. `line` is the key of its first revision."""
    year_lines = _load_year_lines(kadernota, year, is_stale)
    current = _current_line(year_lines, line)
    if request.method != "POST":
        texts = load_texts(request, now=year_lines.now)
        form = WithdrawForm(initial={"seen": current.pk} | texts)
        return _render_withdraw(request, year_lines, current, form, notice=RECOVERED if texts else "")
    form = WithdrawForm(request.POST)
    if not form.is_valid() or year_lines.is_stale:
        status, notice = (403, STALE_TOKEN) if year_lines.is_stale else (422, "")
        return _render_withdraw(request, year_lines, current, form, notice=notice, status=status)
    facts = {name: form.cleaned_data[name] for name in ("seen", "reason")}
    try:
        row = withdraw_line(kadernota=kadernota, by=user_of(request), now=year_lines.now, **facts)
    except Conflict as conflict:
        who = _recorder_name(request, conflict.newer[0])
        form.add_error(None, f"{who} heeft deze regel intussen gewijzigd. Kijk hem na.")
        form.data = request.POST.dict() | {"seen": str(conflict.newer[0].pk)}
        return _render_withdraw(request, year_lines, current, form, status=409)
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return _render_withdraw(request, year_lines, current, form, status=422)
    drop_texts(request)
    messages.success(request, f"‘{row.title}’ is ingetrokken.")
    return _to_list(year_lines)


@for_year(may=may_record, methods=["POST"])
def copy_lines(request: HttpRequest, kadernota: Kadernota, year: int) -> HttpResponse:
    """Copy the activities of the year before that continue."""
    number = copy_activities(kadernota=kadernota, year=year, by=user_of(request), now=clock.now())
    sentence = f"{counted(number, 'activiteit is', 'activiteiten zijn')} overgenomen uit {year - 1}, als concept."
    messages.success(request, sentence if number else f"Uit {year - 1} is er niets over te nemen.")
    return HttpResponseRedirect(reverse("regels", args=[kadernota.slug, year]), status=303)


def _current_line(year_lines: YearLines, first: int) -> Line:
    line = year_lines.tasks.history.newest().get(first)
    if line is None or line.year != year_lines.year:
        raise Http404("Deze regel is er niet.")
    return line


def _line_form(
    request: HttpRequest, year_lines: YearLines, part: ProgrammePart, kind: LineKind, *, current: Line | None
) -> HttpResponse:
    if request.method != "POST":
        texts = load_texts(request, now=year_lines.now)
        form = FORMS[kind](initial=initial_of(current) | texts, part=part, current=current)
        return _render_line(request, year_lines, form, notice=RECOVERED if texts else "", is_recovered=bool(texts))
    form = FORMS[kind](request.POST, part=part, current=current)
    is_valid = form.is_valid()
    if year_lines.is_stale:
        return _render_line(request, year_lines, form, notice=STALE_TOKEN, status=403)
    if not is_valid:
        return _render_line(request, year_lines, form, status=422)
    topic = Topic.objects.select_related("kadernota").get(pk=part.pk)
    seen = form.cleaned_data["seen"] if current else None
    entry = form.entry(topic, year_lines.year)
    try:
        row, outcome = record_line(entry=entry, by=user_of(request), now=year_lines.now, seen=seen)
    except Conflict as conflict:
        return _render_conflict(request, year_lines, form, conflict.newer[0])
    except ActionRefused as refusal:
        form.add_error(_field_of_refusal(form), str(refusal))
        return _render_line(request, year_lines, form, status=422)
    drop_texts(request)
    messages.success(request, _saved_sentence(row, year_lines, outcome))
    return _to_list(year_lines, current.first if current else row.pk)


def _field_of_refusal(form: LineForm) -> str | None:
    """Return the field of a refusal: a changed account of an adopted line needs a reason, in the result."""
    adopted = form.current is not None and form.current.edition is not None
    return "result" if adopted and not form.cleaned_data.get("result") else None


def _saved_sentence(row: ProgrammeLine, year_lines: YearLines, outcome: Outcome) -> str:
    if outcome is Outcome.RETRACTED:
        return f"‘{row.title}’ staat weer zoals vastgesteld; het concept is teruggenomen."
    lacks = missing_account(
        kind=LineKind(row.kind),
        state=ActivityState(row.state) if row.state else None,
        result=row.result,
        spent=row.spent,
        in_account=year_lines.edition_year == year_lines.year,
    )
    sentence = "staat er al zo; er is niets veranderd" if outcome is Outcome.SAME else "is bewaard als concept"
    return f"‘{row.title}’ {sentence}." + (
        f" Voor het vaststellen ontbreekt nog iets: deze regel {lacks}." if lacks else ""
    )


def _render_conflict(request: HttpRequest, year_lines: YearLines, form: LineForm, newer: ProgrammeLine) -> HttpResponse:
    """Show both versions side by side; sending the form again records the version of this user."""
    form.data = request.POST.dict() | {"seen": str(newer.pk)}
    clash = {"who": _recorder_name(request, newer), "newer": newer, "sides": differences(form, newer)}
    return _render_line(request, year_lines, form, clash=clash, status=409)


def _recorder_name(request: HttpRequest, row: ProgrammeLine) -> str:
    return "U zelf" if row.recorded_by_id == request.user.pk else name_of(row.recorded_by)


def _render_line(
    request: HttpRequest, year_lines: YearLines, form: LineForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    current = form.current
    context = {
        "selection": year_lines.selection,
        "form": form,
        "part": form.part,
        "part_name": part_name(form.part),
        "line": current,
        "is_activity": form.kind is LineKind.ACTIVITY,
        "note": form_note(request),
        "list_url": year_lines.list_url,
        "returned": year_lines.tasks.rejections.get(current.pk) if current else None,
        "lacks": current.missing(year_lines.edition_year) if current else "",
    }
    return render(request, "programme/line.html", context | more, status=status)


def _render_withdraw(
    request: HttpRequest, year_lines: YearLines, line: Line, form: WithdrawForm, *, notice: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "selection": year_lines.selection,
        "form": form,
        "line": line,
        "notice": notice,
        "note": form_note(request),
        "part_name": part_name(year_lines.tasks.recorded.part(line.topic)),
        "is_recovered": bool(notice) and status == 200,
        "list_url": year_lines.list_url,
    }
    return render(request, "programme/withdraw.html", context, status=status)


def _to_list(year_lines: YearLines, first: int | None = None) -> HttpResponse:
    return HttpResponseRedirect(year_lines.list_url + (f"#line-{first}" if first else ""), status=303)
