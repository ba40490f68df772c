"""The styles of an ODT: named styles for whoever edits the text, automatic styles, and pages (odt_styles.xml)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from reports.document import Document
from reports.writers.looks import ACCENT, BAND, BAND_INK, HAIRLINE, INK, QUIET, STATUS_COLOURS
from reports.writers.opendocument import Xml, element, escaped, fill_template, inline, join, paragraph, style

TITLE_PAGE, PORTRAIT, LANDSCAPE, LISTED = "Titelblad", "Staand", "Liggend", "Opsomming"  # as in odt_styles.xml
CELL_STYLES = ("Tabeltekst", "Tabelkop", "Tabelrij")
TABS = {"Contents_20_1": (158, "right"), "Contents_20_2": (152, "right"), "Titelregel": (38, "left")}
_CLASSES = {"Title": "chapter", "Header": "extra", "Footer": "extra", "Contents_20_1": "index"}

KEEP, RIGHT, CENTRE = {"fo:keep-with-next": "always"}, {"fo:text-align": "end"}, {"fo:text-align": "center"}
_ROOMY, _TIGHT = {"fo:line-height": "110%"}, {"fo:line-height": "100%"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """A named style: font size and space above and below in points; `more` are further paragraph attributes."""

    parent: str | None = "Standard"
    size: float = 10.5
    bold: bool = False
    colour: str = INK
    above: int = 0
    below: int = 0
    more: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


_PARAGRAPHS = {
    "Standard": ParagraphStyle(parent=None, below=6, more={"fo:line-height": "115%"}),
    "Title": ParagraphStyle(size=26, bold=True, colour=ACCENT, above=20, below=8, more=KEEP),
    "Subtitle": ParagraphStyle(size=14, colour=QUIET, below=12, more=KEEP),
    "Heading_20_1": ParagraphStyle(size=17, bold=True, colour=ACCENT, above=12, below=8, more=KEEP),
    "Heading_20_2": ParagraphStyle(size=13, bold=True, colour=ACCENT, above=12, below=5, more=KEEP),
    "Heading_20_3": ParagraphStyle(size=11, bold=True, colour=ACCENT, above=12, below=5, more=KEEP),
    "Contents_20_Heading": ParagraphStyle(
        size=17, bold=True, colour=ACCENT, below=9, more={**KEEP, "fo:break-before": "page"}
    ),
    "Contents_20_1": ParagraphStyle(bold=True, above=5, below=2),
    "Contents_20_2": ParagraphStyle(below=2, more={"fo:margin-left": "6mm"}),
    "List_20_1": ParagraphStyle(below=3),
    "Table": ParagraphStyle(bold=True, colour=ACCENT, above=10, below=5, more=KEEP),
    "Figure": ParagraphStyle(size=9.5, colour=QUIET, above=3, below=10),
    "Header": ParagraphStyle(size=8.5, colour=QUIET, below=2),
    "Footer": ParagraphStyle(size=8.5, colour=QUIET, more=RIGHT),
    "Titelregel": ParagraphStyle(below=3, more={"fo:margin-left": "38mm", "fo:text-indent": "-38mm"}),
    "Opmerking": ParagraphStyle(
        bold=True, above=6, below=10, more={"fo:border-left": f"2pt solid #{ACCENT}", "fo:padding-left": "3mm"}
    ),
    "Markering": ParagraphStyle(size=10, bold=True, below=3),
    "Oefenband": ParagraphStyle(
        size=9, bold=True, colour=BAND_INK, below=3, more={**CENTRE, "fo:background-color": f"#{BAND}"}
    ),
    "Beeld": ParagraphStyle(above=6, more=KEEP),
    "Tabeltekst": ParagraphStyle(size=8.5, more=_ROOMY),
    "Tabelkop": ParagraphStyle(parent="Tabeltekst", size=8.5, bold=True, colour=QUIET, more=_ROOMY),
    "Tabelrij": ParagraphStyle(parent="Tabeltekst", size=8.5, bold=True, more=_ROOMY),
    "Tabeltekst-klein": ParagraphStyle(parent="Tabeltekst", size=7.5, more=_TIGHT),
    "Tabelkop-klein": ParagraphStyle(parent="Tabelkop", size=7.5, bold=True, colour=QUIET, more=_TIGHT),
    "Tabelrij-klein": ParagraphStyle(parent="Tabelrij", size=7.5, bold=True, more=_TIGHT),
    "Tabelnoot": ParagraphStyle(size=8.5, colour=QUIET, above=3),
}


def named_styles(document: Document) -> Xml:
    """Return all named styles, the outline, the list style, and the three page styles."""
    bold = {"fo:font-weight": "bold"}
    statuses = (
        style(name, "text", {}, element("style:text-properties", {"fo:color": f"#{colour}", **bold}))
        for name, colour in STATUS_COLOURS.items()
    )
    return fill_template(
        "odt_styles.xml",
        language=escaped(document.language),
        country=escaped("NL" if document.language == "nl" else "none"),
        paragraph_styles=join(_paragraph_style(name, look) for name, look in _PARAGRAPHS.items()),
        status_styles=join(statuses),
        header_title_page=_header(document, TITLE_PAGE),
        header_portrait=_header(document, PORTRAIT),
        header_landscape=_header(document, LANDSCAPE),
        organisation=inline(document.organisation),
    )


def _paragraph_style(name: str, look: ParagraphStyle) -> Xml:
    tabs = []
    if name in TABS:
        place, kind = TABS[name]
        stop = element("style:tab-stop", {"style:position": f"{place}mm", "style:type": kind})
        tabs.append(element("style:tab-stops", {}, stop))
    letters = {
        "fo:font-size": f"{look.size}pt",
        "fo:color": f"#{look.colour}",
        "fo:font-weight": "bold" if look.bold else "normal",
    }
    attributes = {
        "style:display-name": name.replace("_20_", " ").replace("-", " "),
        "style:parent-style-name": look.parent,
        "style:class": _CLASSES.get(name, "text"),
        "style:default-outline-level": name[-1] if name.startswith("Heading") else None,
    }
    space = {"fo:margin-top": f"{look.above}pt", "fo:margin-bottom": f"{look.below}pt"}
    return style(
        name,
        "paragraph",
        attributes,
        element("style:paragraph-properties", {**space, **look.more}, *tabs),
        element("style:text-properties", letters),
    )


def _header(document: Document, page: str) -> Xml:
    """Return the header of a page: marks and title, and for a draft the watermark."""
    words = [] if page == TITLE_PAGE else [document.title]
    content = []
    if document.draft:
        mark = document.marks[0]
        words.insert(0, mark)
        content.append(fill_template("odt_watermark.xml", page=escaped(page), word=escaped(mark)))
    header = paragraph("Header", *content, inline(" · ".join(words)))
    return join([header, paragraph("Oefenband", inline(document.marks[-1]))] if document.practice else [header])


def shared_styles() -> list[Xml]:
    """Return the automatic styles that tables and pictures share: cells, unbroken rows, and alignment."""
    rule, hair = f"0.75pt solid #{ACCENT}", f"0.35pt solid #{HAIRLINE}"
    edges = {
        "kop": {"fo:border-top": rule, "fo:border-bottom": f"0.5pt solid #{ACCENT}", "style:vertical-align": "bottom"},
        "rij": {"fo:border-bottom": hair},
        "slot": {"fo:border-bottom": rule},
    }
    cells = [
        style(f"{name}{small}", "table-cell", {}, element("style:table-cell-properties", {**_padding(room), **edge}))
        for name, edge in edges.items()
        for small, room in (("", "0.9mm"), ("-klein", "0.35mm"))
    ]
    sides = [
        style(
            f"{name}{small}-{side}",
            "paragraph",
            {"style:parent-style-name": f"{name}{small}"},
            element("style:paragraph-properties", alignment),
        )
        for small in ("", "-klein")
        for name in CELL_STYLES
        for side, alignment in (("right", RIGHT), ("center", CENTRE))
    ]
    row = element("style:table-row-properties", {"fo:keep-together": "always"})
    picture = element("style:graphic-properties", {"style:vertical-pos": "top", "style:vertical-rel": "baseline"})
    title_page = {"style:parent-style-name": "Standard", "style:master-page-name": TITLE_PAGE}
    return [
        *cells,
        *sides,
        style("heel", "table-row", {}, row),
        style("beeld", "graphic", {}, picture),
        style("titelblad", "paragraph", title_page),
    ]


def _padding(room: str) -> dict[str, str]:
    return {"fo:padding-top": room, "fo:padding-bottom": room, "fo:padding-left": "1mm", "fo:padding-right": "1mm"}
