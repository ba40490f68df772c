"""The short address by which an indicator is cited, in a motion for one."""

from urllib.parse import urlencode

from django.urls import reverse


def citation_path(slug: str, code: str, label: str, year: int) -> str:
    """Return the path that cites an indicator as of an edition: /haarlemmermeer-2018-2022/V5/2020-2/.

    The year is added where the edition (its `label`) is of another one.
    """
    query = "" if label.startswith(f"{year}-") else f"?{urlencode({'jaar': year})}"
    return reverse("kort", args=[slug, code, label]) + query
