"""The tasks of an officer, and the page that each user starts on after logging in."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from indicators.models import Proposal
from indicators.models.drafts import OFFERED
from indicators.pages.guards import get_permitted_kadernota, parse_year, user_of
from indicators.pages.selection import Selection, front_head
from indicators.pages.tasks.page import build_todo, latest_open_year
from indicators.readmodel.tasks import load_tasks
from kadernota import clock
from priorities.permissions import may_adopt, may_record, may_see_versions_in_preparation


@login_required
@require_safe
def task_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the tasks of a year by source, with the deadline."""
    kadernota = get_permitted_kadernota(request, slug, may=may_record)
    tasks, today = load_tasks(kadernota), clock.today()
    text = request.GET.get("jaar", "")
    year = parse_year(tasks.recorded.years, text) if text else latest_open_year(tasks, today=today)
    page = build_todo(tasks, year, today=today)
    return render(request, "tasks/tasks.html", {"selection": Selection(kadernota, tasks.recorded, year), "page": page})


@login_required
@require_safe
def after_login(request: HttpRequest) -> HttpResponse:
    """Redirect to the tasks, what waits for an adopter, the workshop, the admin or the start page: the first may."""
    return HttpResponseRedirect(_start_url(request, user_of(request), today=clock.today()))


def _start_url(request: HttpRequest, user: User, *, today: date) -> str:
    head = front_head(request)
    kadernota = head.kadernota if head else None
    if kadernota and may_record(user):
        return reverse("mijn-werk", args=[kadernota.slug])
    if kadernota and may_adopt(user):
        if Proposal.objects.filter(state=OFFERED).exclude(proposed_by=user).exists():
            return reverse("werkplaats")
        tasks = load_tasks(kadernota)
        drafted = [year for year in tasks.recorded.years if tasks.drafts(year)]
        year = max(drafted, default=0) or latest_open_year(tasks, today=today)
        return reverse("vaststellen", args=[kadernota.slug, year])
    if may_see_versions_in_preparation(user):
        return reverse("werkplaats")
    return reverse("admin:index") if user.is_staff else reverse("begin")
