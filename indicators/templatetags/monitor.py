"""Template tags of the monitor: one line each over a function that says it all."""

from typing import Any

from django import template

from indicators.pages.layout import Frame, frame_for

register = template.Library()


@register.simple_tag(takes_context=True)
def page_frame(context: dict[str, Any]) -> Frame | None:
    """The frame of this page, from `shown` (or only `kadernota`) in its context; None without a request."""
    request = context.get("request")
    return frame_for(request, context.get("shown"), context.get("kadernota")) if request else None
