"""URLs of the pages of a kadernota, which keep the selected year and edition."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import get_script_prefix, get_urlconf, reverse

from priorities.models import PriorityKind


def _url(view: str, *args: str | int) -> str:
    """Return the URL of a view. Cached: a page links to each indicator some ten times, and `reverse` is slow."""
    return _cached_reverse(get_urlconf(), get_script_prefix(), view, args)


@lru_cache(maxsize=2000)
def _cached_reverse(urlconf: str | None, prefix: str, view: str, args: tuple[str | int, ...]) -> str:
    return reverse(view, args=args)


@dataclass(frozen=True)
class Links:
    """URLs with a year and, unless it is "", the label of an edition."""

    slug: str
    year: int
    edition: str = ""

    def query(self, year: int | None = None) -> str:
        """Return the query string, for `year` if given."""
        params: dict[str, str | int] = {"jaar": year or self.year}
        if self.edition:
            params["editie"] = self.edition
        return f"?{urlencode(params)}"

    def start(self, year: int | None = None) -> str:
        """Return the URL of the start page of the kadernota."""
        return _url("kadernota", self.slug) + self.query(year)

    def priority(self, number: int) -> str:
        """Return the URL of a priority."""
        return _url("prioriteit", self.slug, number) + self.query()

    def part(self, kind: str, number: int) -> str:
        """Return the URL of a part of the kadernota: a priority, a theme or the VTH cycle."""
        match kind:
            case PriorityKind.THEME:
                return _url("thema", self.slug, number) + self.query()
            case PriorityKind.VTH:
                return _url("vth", self.slug) + self.query()
        return self.priority(number)

    def themes(self) -> str:
        """Return the URL of the overview of other safety themes."""
        return _url("themas", self.slug) + self.query()

    def priority_chart(self, number: int) -> str:
        """Return the URL of the chart data of a priority."""
        return _url("prioriteit-grafiek", self.slug, number) + self.query()

    def indicator_chart(self, code: str) -> str:
        """Return the URL of the chart data of an indicator."""
        return _url("indicator-grafiek", self.slug, code) + self.query()

    def indicator(self, code: str, year: int | None = None) -> str:
        """Return the URL of an indicator."""
        return _url("indicator", self.slug, code) + self.query(year)

    def method(self) -> str:
        """Return the URL of "Hoe wij oordelen" with examples from this kadernota."""
        return _url("hoe-wij-oordelen-hier", self.slug)


class EditionLabelConverter:
    """Path converter for the label of an edition: 2020-1."""

    regex = "[0-9]{4}-[0-9]{1,4}"

    def to_python(self, value: str) -> str:
        """Return the label itself."""
        return value

    def to_url(self, value: str) -> str:
        """Return the label itself."""
        return value
