"""Parse a page: unclosed tags, headings, texts and tables."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """A page, parsed strictly: `faults` lists the tags that are not closed correctly."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.title = ""
        self.words: list[str] = []
        self.rows: list[list[tuple[str, str, str]]] = []
        self.links: list[str] = []
        self._cell: list[str] | None = None
        self._cell_facts = ("", "")
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if "id" in facts:
            self.ids.append(facts["id"])
        if tag == "a":
            self.links.append(facts.get("href", ""))
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append(int(tag[1]))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self._cell, self._cell_facts = [], (tag, facts.get("class") or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self._cell is not None:
            self.rows[-1].append((*self._cell_facts, " ".join("".join(self._cell).split())))
            self._cell = None
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> where {self.open[-1:]} is open, line {self.getpos()[0]}")
        else:
            self.open.pop()

    def handle_data(self, data):
        if self.open[-1:] == ["title"] and "svg" not in self.open:
            self.title += data
        if self._cell is not None:
            self._cell.append(data)
        if "script" not in self.open:
            self.words.append(data)

    def handle_startendtag(self, tag, attrs):
        if "id" in dict(attrs):
            self.ids.append(dict(attrs)["id"])

    @property
    def text(self) -> str:
        """Return all words of the page, with single spaces."""
        return " ".join(" ".join(self.words).split())

    def cells(self, name: str) -> list[str]:
        """Return the texts of the cells with exactly this class."""
        return [text for row in self.rows for _, class_, text in row if class_ == name]
