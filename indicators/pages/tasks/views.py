"""The work of an officer, and where each goes after logging in."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from indicators.actions.audit import refused
from indicators.pages.selection import Selection, front_kadernota
from indicators.pages.tasks.page import build_todo, year_with_work
from indicators.readmodel.tasks import load_tasks
from kadernota import clock
from priorities.models import Kadernota
from priorities.permissions import may_adopt, may_record


@login_required
@require_safe
def task_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what there is to do for a year: by source, with the deadline."""
    kadernota = get_object_or_404(Kadernota, slug=slug)
    if not may_record(request.user):
        raise refused(request, request.path, kadernota_id=kadernota.pk)
    today = clock.today()
    work = load_tasks(kadernota)
    year = _year(request, kadernota) or year_with_work(work, today=today)
    page = build_todo(work, year, today=today)
    return render(request, "tasks/tasks.html", {"selection": Selection(kadernota, work.recorded, year), "page": page})


@login_required
@require_safe
def after_login(request: HttpRequest) -> HttpResponse:
    """Send each to where their work is: what is to be done, what is to be adopted, the administration, the start."""
    return HttpResponseRedirect(_begin(request.user))


def _begin(user) -> str:
    kadernota = front_kadernota()
    if kadernota and may_record(user):
        return reverse("mijn-werk", args=[kadernota.slug])
    if kadernota and may_adopt(user):
        work = load_tasks(kadernota)
        drafted = [year for year in kadernota.years if work.drafts(year)]
        year = max(drafted, default=0) or year_with_work(work, today=clock.today())
        return reverse("vaststellen", args=[kadernota.slug, year])
    return reverse("admin:index") if user.is_staff else reverse("begin")


def _year(request: HttpRequest, kadernota: Kadernota) -> int | None:
    asked = request.GET.get("jaar", "")
    if not asked:
        return None
    if asked not in map(str, kadernota.years):
        raise Http404("Dit jaar hoort niet bij deze kadernota.")
    return int(asked)
