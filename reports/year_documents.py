"""The documents of a year: the one place that knows them all, for pages, commands and sealing."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.appendix.load import Appendix, load_appendix
from reports.programme.load import AnnualProgramme, load_annual

Loaded = Appendix | AnnualProgramme


@dataclass(frozen=True, slots=True)
class YearDocument:
    """A document: its key (among what is sealed), its Dutch name, its page, and how it is loaded."""

    key: str
    name: str
    this: str
    route: str
    load: Callable[..., Loaded]

    @property
    def download(self) -> str:
        """The route of its files."""
        return f"{self.route}-download"

    @property
    def short(self) -> str:
        """What menus call it."""
        return self.name.split(" ")[0]


DOCUMENTS = {
    document.key: document
    for document in (
        YearDocument("bijlage", "Bijlage indicatoren", "Deze bijlage", "bijlage", load_appendix),
        YearDocument(
            "programma",
            "Uitvoeringsprogramma",
            "Dit uitvoeringsprogramma",
            "uitvoeringsprogramma",
            load_annual,
        ),
    )
}
