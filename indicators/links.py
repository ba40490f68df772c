"""The addresses of pages within a kadernota: each keeps the year and the edition that one looks at."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse


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
        return reverse("kadernota", args=[self.slug]) + self.query(year)

    def priority(self, number: int) -> str:
        """The page of a priority."""
        return reverse("prioriteit", args=[self.slug, number]) + self.query()

    def indicator(self, code: str, year: int | None = None) -> str:
        """The page of an indicator."""
        return reverse("indicator", args=[self.slug, code]) + self.query(year)
