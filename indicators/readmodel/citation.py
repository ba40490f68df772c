"""The short address that cites an indicator, for example in a motion."""

from urllib.parse import urlencode

from django.urls import reverse


def citation_path(slug: str, code: str, label: str, year: int) -> str:
    """Return the path that cites an indicator as of an edition: /haarlemmermeer-2018-2022/V5/2020-2/.

    The query has the year if the edition with this `label` is of another year.
    """
    query = "" if label.startswith(f"{year}-") else f"?{urlencode({'jaar': year})}"
    return reverse("kort", args=[slug, code, label]) + query
