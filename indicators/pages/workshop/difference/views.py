"""The difference of a draft from the version it is based on, and its effect on verdicts."""

from django.http import HttpRequest, HttpResponse

from indicators.models import VersionEdit
from indicators.pages.workshop.difference.page import build_difference
from indicators.pages.workshop.drafts import Draft, draft_page, render_draft
from kadernota import clock


@draft_page(post=None)
def show_difference(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show what the draft changes, who did that, and which verdicts change."""
    edits = VersionEdit.objects.filter(version=draft.version).select_related("edited_by").order_by("-pk")
    context = {"page": build_difference(draft, now=clock.now()), "edits": edits[:200]}
    return render_draft(request, draft, "workshop/difference.html", context)
