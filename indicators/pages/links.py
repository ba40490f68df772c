"""The addresses of pages within a kadernota: each keeps the year and the edition that one looks at."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import get_script_prefix, get_urlconf, reverse

from indicators.readmodel.citation import citation_path
from priorities.models import PriorityKind


def _address(view: str, *args: str | int) -> str:
    """The address of a view. A page names an indicator's a dozen times, and Django looks each up anew."""
    return _found(get_urlconf(), get_script_prefix(), view, args)


@lru_cache(maxsize=2000)
def _found(urlconf: str | None, prefix: str, view: str, args: tuple[str | int, ...]) -> str:
    return reverse(view, args=args)


@dataclass(frozen=True)
class Links:
    """Addresses that keep `year`, and `edition` (its label, or "") where one was asked for."""

    slug: str
    year: int
    edition: str = ""

    def query(self, year: int | None = None) -> str:
        """The query string for this year, or another one."""
        asked: dict[str, str | int] = {"jaar": year or self.year}
        if self.edition:
            asked["editie"] = self.edition
        return f"?{urlencode(asked)}"

    def start(self, year: int | None = None) -> str:
        """The start page of the kadernota."""
        return _address("kadernota", self.slug) + self.query(year)

    def priority(self, number: int) -> str:
        """The page of a priority."""
        return _address("prioriteit", self.slug, number) + self.query()

    def part(self, kind: str, number: int) -> str:
        """The page of a part of the kadernota: a priority, a theme, the cycle of permits."""
        match kind:
            case PriorityKind.THEME:
                return _address("thema", self.slug, number) + self.query()
            case PriorityKind.VTH:
                return _address("vth", self.slug) + self.query()
        return self.priority(number)

    def themes(self) -> str:
        """The other safety themes together."""
        return _address("themas", self.slug) + self.query()

    def priority_chart(self, number: int) -> str:
        """The data of the picture of a priority."""
        return _address("prioriteit-grafiek", self.slug, number) + self.query()

    def indicator_chart(self, code: str) -> str:
        """The data of the pictures of an indicator."""
        return _address("indicator-grafiek", self.slug, code) + self.query()

    def indicator(self, code: str, year: int | None = None) -> str:
        """The page of an indicator."""
        return _address("indicator", self.slug, code) + self.query(year)

    def judging(self) -> str:
        """How we judge, with examples from this kadernota."""
        return _address("hoe-wij-oordelen-hier", self.slug)

    def short(self, code: str, label: str) -> str:
        """The address by which an indicator is cited."""
        return citation_path(self.slug, code, label, self.year)


class EditionLabel:
    """The name of an edition in an address: 2020-1."""

    regex = "[0-9]{4}-[0-9]{1,4}"

    def to_python(self, value: str) -> str:
        """The label itself."""
        return value

    def to_url(self, value: str) -> str:
        """The label itself."""
        return value
