"""The styles of an ODT: those that who goes on writing chooses from, and the pages."""

from xml.sax.saxutils import quoteattr

from reports.document import Document
from reports.writers.looks import ACCENT, BAND, BAND_INK, HAIRLINE, INK, QUIET, STATUS_COLOURS
from reports.writers.opendocument import HEAD, SPACES, inline

FONT = "Liberation Serif"
TITLE_PAGE, PORTRAIT, LANDSCAPE = "Titelblad", "Staand", "Liggend"

# name: (display name, parent, size in points, bold, colour, space above, space below, more of the paragraph)
KEEP, RIGHT, CENTRE = 'fo:keep-with-next="always"', 'fo:text-align="end"', 'fo:text-align="center"'
_PARAGRAPHS = {
    "Standard": ("Standard", "", 10.5, False, INK, 0, 6, 'fo:line-height="115%"'),
    "Title": ("Title", "Standard", 26, True, ACCENT, 20, 8, KEEP),
    "Subtitle": ("Subtitle", "Standard", 14, False, QUIET, 0, 12, KEEP),
    "Heading_20_1": ("Heading 1", "Standard", 17, True, ACCENT, 12, 8, KEEP),
    "Heading_20_2": ("Heading 2", "Standard", 13, True, ACCENT, 12, 5, KEEP),
    "Heading_20_3": ("Heading 3", "Standard", 11, True, ACCENT, 12, 5, KEEP),
    "Contents_20_Heading": ("Contents Heading", "Standard", 17, True, ACCENT, 0, 9, f'{KEEP} fo:break-before="page"'),
    "Contents_20_1": ("Contents 1", "Standard", 10.5, True, INK, 5, 2, ""),
    "Contents_20_2": ("Contents 2", "Standard", 10.5, False, INK, 0, 2, 'fo:margin-left="6mm"'),
    "List_20_1": ("List 1", "Standard", 10.5, False, INK, 0, 3, ""),
    "Table": ("Table", "Standard", 10.5, True, ACCENT, 10, 5, KEEP),
    "Figure": ("Figure", "Standard", 9.5, False, QUIET, 3, 10, ""),
    "Header": ("Header", "Standard", 8.5, False, QUIET, 0, 2, ""),
    "Footer": ("Footer", "Standard", 8.5, False, QUIET, 0, 0, RIGHT),
    "Titelregel": ("Titelregel", "Standard", 10.5, False, INK, 0, 3, 'fo:margin-left="38mm" fo:text-indent="-38mm"'),
    "Opmerking": ("Opmerking", "Standard", 10.5, True, INK, 6, 10,
                  f'fo:border-left="2pt solid #{ACCENT}" fo:padding-left="3mm"'),
    "Markering": ("Markering", "Standard", 10, True, INK, 0, 3, ""),
    "Oefenband": ("Oefenband", "Standard", 9, True, BAND_INK, 0, 3, f'{CENTRE} fo:background-color="#{BAND}"'),
    "Beeld": ("Beeld", "Standard", 10.5, False, INK, 6, 0, KEEP),
    "Tabeltekst": ("Tabeltekst", "Standard", 8.5, False, INK, 0, 0, 'fo:line-height="110%"'),
    "Tabelkop": ("Tabelkop", "Tabeltekst", 8.5, True, QUIET, 0, 0, 'fo:line-height="110%"'),
    "Tabelrij": ("Tabelrij", "Tabeltekst", 8.5, True, INK, 0, 0, 'fo:line-height="110%"'),
    "Tabeltekst-klein": ("Tabeltekst klein", "Tabeltekst", 7.5, False, INK, 0, 0, 'fo:line-height="100%"'),
    "Tabelkop-klein": ("Tabelkop klein", "Tabelkop", 7.5, True, QUIET, 0, 0, 'fo:line-height="100%"'),
    "Tabelrij-klein": ("Tabelrij klein", "Tabelrij", 7.5, True, INK, 0, 0, 'fo:line-height="100%"'),
    "Tabelnoot": ("Tabelnoot", "Standard", 8.5, False, QUIET, 3, 0, ""),
}  # fmt: skip
_CLASSES = {"Title": "chapter", "Header": "extra", "Footer": "extra", "Contents_20_1": "index"}
TABS = {"Contents_20_1": (158, "right"), "Contents_20_2": (152, "right"), "Titelregel": (38, "left")}
LISTED = "Opsomming"
CELL_STYLES = ("Tabeltekst", "Tabelkop", "Tabelrij")


def styles_xml(document: Document) -> str:
    """All named styles, the outline, the way of listing, and the three kinds of page."""
    paragraphs = "".join(_paragraph(name, *look) for name, look in _PARAGRAPHS.items())
    statuses = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties fo:color="#{colour}" '
        'fo:font-weight="bold"/></style:style>'
        for name, colour in STATUS_COLOURS.items()
    )
    statuses += '<style:style style:name="Index_20_Link" style:display-name="Index Link" style:family="text"/>'
    outline = "".join(f'<text:outline-level-style text:level="{level}" style:num-format=""/>' for level in range(1, 11))
    return (
        f'{HEAD}<office:document-styles {SPACES} office:version="1.3"><office:font-face-decls><style:font-face '
        f'style:name="{FONT}" svg:font-family="\'{FONT}\'" style:font-family-generic="roman"/></office:font-face-decls>'
        f'<office:styles><style:default-style style:family="paragraph"><style:text-properties style:font-name="{FONT}" '
        f"{_language(document)}/></style:default-style>{paragraphs}{statuses}"
        f'<text:outline-style style:name="Outline">{outline}</text:outline-style>'
        f'<text:list-style style:name="{LISTED}"><text:list-level-style-bullet text:level="1" text:bullet-char="–">'
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-5mm" fo:margin-left="6mm"'
        "/></style:list-level-properties></text:list-level-style-bullet></text:list-style></office:styles>"
        f"<office:automatic-styles>{_layouts()}</office:automatic-styles>"
        f"<office:master-styles>{_masters(document)}</office:master-styles></office:document-styles>"
    )


def _language(document: Document) -> str:
    return f'fo:language="{document.language}" fo:country="{"NL" if document.language == "nl" else "none"}"'


def _paragraph(
    name: str, display: str, parent: str, size: float, bold: bool, colour: str, above: float, below: float, more: str
) -> str:
    level = f' style:default-outline-level="{name[-1]}"' if name.startswith("Heading") else ""
    based = f' style:parent-style-name="{parent}"' if parent else ""
    tabs = ""
    if name in TABS:
        place, kind = TABS[name]
        tabs = f'<style:tab-stops><style:tab-stop style:position="{place}mm" style:type="{kind}"/></style:tab-stops>'
    return (
        f'<style:style style:name="{name}" style:display-name="{display}" style:family="paragraph"{based} '
        f'style:class="{_CLASSES.get(name, "text")}"{level}><style:paragraph-properties fo:margin-top="{above}pt" '
        f'fo:margin-bottom="{below}pt" {more}>{tabs}</style:paragraph-properties><style:text-properties '
        f'fo:font-size="{size}pt" fo:color="#{colour}" fo:font-weight="{"bold" if bold else "normal"}"/></style:style>'
    )


def _layouts() -> str:
    """A4, upright and on its side, and what the marks in the header look like."""
    pages = "".join(
        f'<style:page-layout style:name="{name}"><style:page-layout-properties fo:page-width="{width}mm" '
        f'fo:page-height="{height}mm" style:print-orientation="{way}" fo:margin-top="12mm" fo:margin-bottom="11mm" '
        f'fo:margin-left="{side}mm" fo:margin-right="{side}mm"/><style:header-style><style:header-footer-properties '
        'fo:min-height="14mm" fo:margin-bottom="4mm"/></style:header-style><style:footer-style>'
        '<style:header-footer-properties fo:min-height="10mm" fo:margin-top="4mm"/></style:footer-style>'
        "</style:page-layout>"
        for name, width, height, way, side in (
            ("bladstaand", 210, 297, "portrait", 26),
            ("bladliggend", 297, 210, "landscape", 20),
        )
    )
    return pages + (
        '<style:style style:name="watermerk" style:family="graphic"><style:graphic-properties draw:stroke="none" '
        'draw:fill="solid" draw:fill-color="#d5dadd" draw:opacity="60%" style:run-through="background" '
        'style:wrap="run-through" style:number-wrapped-paragraphs="no-limit" style:vertical-pos="middle" '
        'style:vertical-rel="page" style:horizontal-pos="center" style:horizontal-rel="page" '
        'draw:auto-grow-height="false" draw:auto-grow-width="false" style:flow-with-text="false"/></style:style>'
    )


def _masters(document: Document) -> str:
    kinds = ((TITLE_PAGE, "bladstaand", f' style:next-style-name="{PORTRAIT}"'), (PORTRAIT, "bladstaand", ""),
             (LANDSCAPE, "bladliggend", ""))  # fmt: skip
    footer = (
        f'<text:p text:style-name="Footer">{inline(document.organisation)} – pagina '
        '<text:page-number text:select-page="current">1</text:page-number> van <text:page-count>1</text:page-count>'
        "</text:p>"
    )
    return "".join(
        f'<style:master-page style:name="{name}" style:page-layout-name="{layout}"{then}><style:header>'
        f"{_header(document, name)}</style:header><style:footer>{footer}</style:footer></style:master-page>"
        for name, layout, then in kinds
    )


def _header(document: Document, page: str) -> str:
    """The title, and what must be read on every page; a draft has its word across the page as well."""
    across = _watermark(document.marks[0], page) if document.draft else ""
    title = "" if page == TITLE_PAGE else inline(document.title)
    if document.draft:
        title = f"{document.marks[0]}{' · ' if title else ''}{title}"
    band = f'<text:p text:style-name="Oefenband">{document.marks[-1]}</text:p>' if document.practice else ""
    return f'<text:p text:style-name="Header">{across}{title}</text:p>{band}'


def _watermark(word: str, page: str) -> str:
    """The word diagonally behind the text, as the office program's own watermark does it."""
    return (
        f'<draw:custom-shape text:anchor-type="char" draw:z-index="0" draw:name={quoteattr(f"Watermerk {page}")} '
        'draw:style-name="watermerk" svg:width="160mm" svg:height="38mm" draw:transform="rotate (0.785398)">'
        f"<svg:desc>{word}</svg:desc><text:p>{word}</text:p>"
        '<draw:enhanced-geometry svg:viewBox="0 0 21600 21600" draw:text-areas="0 0 21600 21600" '
        'draw:text-path="true" draw:type="fontwork-plain-text" draw:modifiers="10800" '
        'draw:enhanced-path="M ?f3 0 L ?f5 0 N M ?f6 21600 L ?f7 21600 N">'
        '<draw:equation draw:name="f0" draw:formula="$0 -10800"/><draw:equation draw:name="f1" draw:formula="?f0 *2"/>'
        '<draw:equation draw:name="f2" draw:formula="abs(?f1 )"/>'
        '<draw:equation draw:name="f3" draw:formula="if(?f1 ,0,?f2 )"/>'
        '<draw:equation draw:name="f4" draw:formula="21600-?f2 "/>'
        '<draw:equation draw:name="f5" draw:formula="if(?f1 ,?f4 ,21600)"/>'
        '<draw:equation draw:name="f6" draw:formula="if(?f1 ,?f2 ,0)"/>'
        '<draw:equation draw:name="f7" draw:formula="if(?f1 ,21600,?f4 )"/>'
        "</draw:enhanced-geometry></draw:custom-shape>"
    )


def content_styles() -> str:
    """What the tables share: their cells, the rows that stay whole, and where text stands."""
    edges = {
        "kop": f'fo:border-top="0.75pt solid #{ACCENT}" fo:border-bottom="0.5pt solid #{ACCENT}" '
        'style:vertical-align="bottom"',
        "rij": f'fo:border-bottom="0.35pt solid #{HAIRLINE}"',
        "slot": f'fo:border-bottom="0.75pt solid #{ACCENT}"',
    }
    cells = "".join(
        f'<style:style style:name="{name}{small}" style:family="table-cell"><style:table-cell-properties '
        f'fo:padding-top="{room}mm" fo:padding-bottom="{room}mm" fo:padding-left="1mm" fo:padding-right="1mm" {edge}/>'
        "</style:style>"
        for name, edge in edges.items()
        for small, room in (("", 0.9), ("-klein", 0.35))
    )
    sides = "".join(
        f'<style:style style:name="{name}-{side}" style:family="paragraph" style:parent-style-name="{name}">'
        f"<style:paragraph-properties {where}/></style:style>"
        for name in (*CELL_STYLES, *(f"{name}-klein" for name in CELL_STYLES))
        for side, where in (("right", RIGHT), ("center", CENTRE))
    )
    return (
        f'{cells}{sides}<style:style style:name="heel" style:family="table-row"><style:table-row-properties '
        'fo:keep-together="always"/></style:style><style:style style:name="beeld" style:family="graphic">'
        '<style:graphic-properties style:vertical-pos="top" style:vertical-rel="baseline"/></style:style>'
        '<style:style style:name="titelblad" style:family="paragraph" style:parent-style-name="Standard" '
        f'style:master-page-name="{TITLE_PAGE}"/>'
    )
