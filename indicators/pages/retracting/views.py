"""Taking back a draft of a figure or of a line of the programme: a page that asks, and the act itself by POST."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from indicators.actions.errors import ActionRefused
from indicators.actions.workflow import retract
from indicators.models import Measurement, ProgrammeLine
from indicators.pages.guards import for_year, user_of
from indicators.pages.selection import Selection
from indicators.readmodel.tasks import Tasks, load_tasks
from kadernota import clock
from priorities.models import Kadernota
from priorities.permissions import may_record


@dataclass(frozen=True, kw_only=True)
class OpenDraft:
    """A draft to take back: its name, its text, and the adopted one that counts again ("" for none)."""

    name: str
    text: str
    adopted: str


@for_year(may=may_record)
def retract_figure(request: HttpRequest, kadernota: Kadernota, year: int, *, revision: int) -> HttpResponse:
    """Ask whether to take back the draft of a figure; by POST, do it."""
    address = f"{reverse('mijn-werk', args=[kadernota.slug])}?jaar={year}"
    return _retract(request, kadernota, year, model=Measurement, revision=revision, address=address)


@for_year(may=may_record)
def retract_line(request: HttpRequest, kadernota: Kadernota, year: int, *, revision: int) -> HttpResponse:
    """Ask whether to take back the draft of a line of the programme; by POST, do it."""
    address = reverse("regels", args=[kadernota.slug, year])
    return _retract(request, kadernota, year, model=ProgrammeLine, revision=revision, address=address)


def _retract(
    request: HttpRequest,
    kadernota: Kadernota,
    year: int,
    *,
    model: type[Measurement] | type[ProgrammeLine],
    revision: int,
    address: str,
) -> HttpResponse:
    """Ask or act, then redirect to `address`, the page that lists the drafts."""
    tasks = load_tasks(kadernota)
    draft = _find_figure(tasks, year, revision) if model is Measurement else _find_line(tasks, year, revision)
    if request.method != "POST":
        if draft is None:
            raise Http404("Dit concept is er niet.")
        selection = Selection(kadernota, tasks.recorded, year)
        return render(request, "retracting/retract.html", {"selection": selection, "draft": draft, "back_url": address})
    try:
        if model is Measurement:
            retract(model=Measurement, revision=revision, kadernota=kadernota, by=user_of(request), now=clock.now())
        else:
            retract(model=ProgrammeLine, revision=revision, kadernota=kadernota, by=user_of(request), now=clock.now())
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"{draft.name if draft else 'Het concept'} is teruggenomen.")
    return HttpResponseRedirect(address, status=303)


def _find_figure(tasks: Tasks, year: int, revision: int) -> OpenDraft | None:
    draft = next((draft for draft in tasks.drafts(year) if draft.new.revision == revision), None)
    return OpenDraft(name=draft.label, text=draft.new.printed, adopted=draft.old.printed) if draft else None


def _find_line(tasks: Tasks, year: int, revision: int) -> OpenDraft | None:
    history = tasks.lines.history
    line = next((line for line in history.newest().values() if line.pk == revision), None)
    if line is None or not line.is_draft or line.year != year:
        return None
    adopted = history.adopted().get(line.first)
    text = "ingetrokken" if line.withdrawn else line.title
    return OpenDraft(name=f"‘{line.title}’", text=text, adopted=adopted.title if adopted else "")
