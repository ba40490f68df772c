"""The documents of a year. To add one: write its loader and add a line to DOCUMENTS; URLs, commands and sealing follow.

The stored key must also be among the choices of `SealedDocument.document`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from reports.appendix.load import LoadedDocument, load_appendix
from reports.programme.load import load_annual


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDocument:
    """A document of a year. `key` is stored with sealed files; `route` is the path and the name of its URL."""

    key: str
    name: str
    phrase: str  # "this document", at the start of a sentence
    route: str
    load: Callable[..., LoadedDocument]

    @property
    def download(self) -> str:
        """The URL name of its files."""
        return f"{self.route}-download"

    @property
    def short(self) -> str:
        """The name in menus."""
        return self.name.split(" ")[0]


DOCUMENTS = {
    document.key: document
    for document in (
        YearDocument(
            key="bijlage",
            name="Bijlage indicatoren",
            phrase="Deze bijlage",
            route="bijlage",
            load=load_appendix,
        ),
        YearDocument(
            key="programma",
            name="Uitvoeringsprogramma",
            phrase="Dit uitvoeringsprogramma",
            route="uitvoeringsprogramma",
            load=load_annual,
        ),
    )
}
