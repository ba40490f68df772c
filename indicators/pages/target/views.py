"""Changing a target by a decision of the council: its effects are shown before it is recorded."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from indicators.actions import ActionRefused, change_target
from indicators.models import Component
from indicators.pages.guards import for_year, user_of
from indicators.pages.layout import links_for
from indicators.pages.selection import Selection
from indicators.pages.target.forms import TargetForm
from indicators.pages.target.page import Preview, build_preview, build_target_page, current_targets
from indicators.readmodel.overview import load_overview
from indicators.readmodel.rows import IndicatorRow
from kadernota import clock
from priorities.models import Kadernota
from priorities.permissions import may_change_target


@for_year(may=may_change_target)
def change_target_page(request: HttpRequest, kadernota: Kadernota, year: int, code: str) -> HttpResponse:
    """Show the targets of an indicator in a year; by POST first show the effects of a new one, then record it."""
    selection = Selection(kadernota, load_overview(kadernota), year)
    row = _row(selection, code)
    components, now = _components(row), clock.now()
    if request.method != "POST":
        initial = {"seen": current_targets(row, year)}
        return _render(request, selection, row, TargetForm(components=components, today=now.date(), initial=initial))
    form = TargetForm(request.POST, components=components, today=now.date())
    if not form.is_valid():
        return _render(request, selection, row, form, status=422)
    facts = form.cleaned_data
    component = components[facts["component"]]
    change = build_preview(selection.overview, row, facts["rule"], year=year, component=component.pk)
    if request.POST.get("viewed") != change.key or "record" not in request.POST:
        return _render(request, selection, row, form, change=change)
    try:
        target = change_target(
            component=component,
            year=year,
            **{name: facts[name] for name in ("text", "decision", "decided_on", "reason")},
            by=user_of(request),
            now=now,
            seen=facts["seen"].get(component.pk),
        )
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        # The page shows the present targets now, so pressing the button again means those.
        form.data = request.POST.dict() | {"seen": form.fields["seen"].prepare_value(current_targets(row, year))}
        selection = Selection(kadernota, load_overview(kadernota), year)
        return _render(request, selection, _row(selection, code), form, status=409)
    messages.success(
        request, f"De streefwaarde van {change.label} voor {year} is nu {change.after}, bij besluit {target.decision}."
    )
    return HttpResponseRedirect(links_for(request, selection).indicator(row.code), status=303)


def _row(selection: Selection, code: str) -> IndicatorRow:
    row = selection.overview.row(code)
    if row is None or not row.counts_in(selection.year):
        raise Http404("Deze indicator is er niet, of hij wordt dit jaar niet gevolgd.")
    return row


def _components(row: IndicatorRow) -> dict[int, Component]:
    rows = Component.objects.filter(indicator_id=row.pk).select_related("indicator__priority__kadernota")
    return {component.pk: component for component in rows.order_by("order")}


def _render(
    request: HttpRequest,
    selection: Selection,
    row: IndicatorRow,
    form: TargetForm,
    *,
    change: Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "selection": selection,
        "row": row,
        "form": form,
        "change": change,
        "page": build_target_page(selection.overview, row, selection.year),
        "indicator_url": links_for(request, selection).indicator(row.code),
    }
    return render(request, "target/target.html", context, status=status)
