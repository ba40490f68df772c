"""The styles of an ODS, each made once: of cells with their number formats, of columns, and of pages."""

import re
from typing import Any
from xml.sax.saxutils import escape

from reports.document import Document
from reports.writers.looks import ACCENT, HAIRLINE, INK, QUIET, STATUS_COLOURS
from reports.writers.opendocument import HEAD, SPACES, inline

_FORMAT = re.compile(r'(?P<whole>#,##0|0)(?:\.(?P<places>0+))?(?P<rest>(?:"[^"]*"|%)*)')
ALIGN = {"left": "start", "center": "center", "right": "end"}


class Styles:
    """The automatic styles of the content, by what they look like."""

    def __init__(self) -> None:
        self._cells: dict[tuple, str] = {}
        self._columns: dict[int, str] = {}
        self._formats: dict[tuple[str, str], str] = {}
        self._xml: list[str] = [
            f'<style:style style:name="{name}" style:family="table" style:master-page-name="{name}">'
            '<style:table-properties table:display="true"/></style:style>'
            for name in ("staand", "liggend")
        ]

    def xml(self) -> str:
        """All styles that were asked for."""
        return "".join(self._xml)

    def column(self, width: int) -> str:
        """The name of the style of a column of so many millimetres."""
        if width not in self._columns:
            name = self._columns[width] = f"k{len(self._columns)}"
            self._xml.append(
                f'<style:style style:name="{name}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{width}mm"/></style:style>'
            )
        return self._columns[width]

    def cell(self, **look: Any) -> str:
        """The name of the style of a cell that looks like this."""
        key = tuple(sorted(look.items()))
        if key not in self._cells:
            self._cells[key] = f"c{len(self._cells)}"
            self._xml.append(self._cell_xml(self._cells[key], look))
        return self._cells[key]

    def _cell_xml(self, name: str, look: dict[str, Any]) -> str:
        data = self._data_style(look.get("number_format", ""), look.get("symbol", ""))
        named = f' style:data-style-name="{data}"' if data else ""
        border = ""
        if look.get("ruled"):
            border = f' fo:border-top="0.75pt solid #{ACCENT}" fo:border-bottom="0.75pt solid #{ACCENT}"'
        elif look.get("hairline"):
            border = f' fo:border-bottom="0.5pt dotted #{HAIRLINE}"'
        wrap = ' fo:wrap-option="wrap"' if look.get("wrap") else ""
        if border:
            border += ' fo:padding="0.7mm"'  # else the line under the headings touches the letters
        apart = ' fo:margin-left="2mm"' if look.get("apart") else ""  # a status from the figure before it
        colour = ACCENT if look.get("accent") else QUIET if look.get("quiet") else INK
        weight = ' fo:font-weight="bold"' if look.get("bold") else ""
        return (
            f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default"{named}>'
            f'<style:table-cell-properties style:vertical-align="top" style:text-align-source="fix"{border}{wrap}/>'
            f'<style:paragraph-properties fo:text-align="{ALIGN[look.get("align", "left")]}"{apart}/>'
            f'<style:text-properties fo:color="#{STATUS_COLOURS.get(look.get("status", ""), colour)}" '
            f'fo:font-size="{look.get("size", 10)}pt"{weight}/></style:style>'
        )

    def _data_style(self, form: str, symbol: str) -> str:
        """The name of the number style that shows a figure as `form` does, or a status with its sign."""
        if not form and not symbol:
            return ""
        if (form, symbol) not in self._formats:
            name = self._formats[form, symbol] = f"n{len(self._formats)}"
            self._xml.append(number_style(name, form) if form else _signed_text(name, symbol))
        return self._formats[form, symbol]


def _signed_text(name: str, symbol: str) -> str:
    """The sign is in the format: the cell's own value stays the word, for filters and formulas."""
    return (
        f'<number:text-style style:name="{name}"><number:text>{escape(symbol)} </number:text>'
        "<number:text-content/></number:text-style>"
    )


def number_style(name: str, form: str) -> str:
    """The number style that says the same as this format of a workbook: `#,##0.00"*"`, `0%`. Refuses others."""
    parts = _FORMAT.fullmatch(form)
    if parts is None:
        raise ValueError(f"no number style for {form!r}")
    places, rest = len(parts["places"] or ""), parts["rest"].replace('"', "")
    kind = "percentage-style" if "%" in rest else "number-style"
    grouped = ' number:grouping="true"' if parts["whole"] == "#,##0" else ""
    tail = f"<number:text>{escape(rest)}</number:text>" if rest else ""
    return (
        f'<number:{kind} style:name="{name}" number:language="nl" number:country="NL">'
        f'<number:number number:decimal-places="{places}" number:min-decimal-places="{places}" '
        f'number:min-integer-digits="1"{grouped}/>'
        f"{tail}</number:{kind}>"
    )


def styles_xml(document: Document) -> str:
    """The styles of the document: Dutch, and A4 pages that bear its title and its marks."""
    title = " · ".join((*document.marks, document.title))
    layouts, masters = [], []
    for name, width, height, way in (("staand", 210, 297, "portrait"), ("liggend", 297, 210, "landscape")):
        layouts.append(
            f'<style:page-layout style:name="blad-{name}"><style:page-layout-properties fo:page-width="{width}mm" '
            f'fo:page-height="{height}mm" style:print-orientation="{way}" fo:margin="15mm" style:scale-to-X="1" '
            'style:scale-to-Y="0"/><style:header-style><style:header-footer-properties fo:min-height="8mm"/>'
            "</style:header-style></style:page-layout>"
        )
        masters.append(
            f'<style:master-page style:name="{name}" style:page-layout-name="blad-{name}"><style:header>'
            f"<text:p>{inline(title)}</text:p></style:header></style:master-page>"
        )
    return (
        f'{HEAD}<office:document-styles {SPACES} office:version="1.3"><office:styles>'
        '<style:default-style style:family="table-cell"><style:text-properties fo:font-family="Calibri, Carlito" '
        'fo:language="nl" fo:country="NL"/></style:default-style>'
        '<style:style style:name="Default" style:family="table-cell"/></office:styles>'
        f"<office:automatic-styles>{''.join(layouts)}</office:automatic-styles>"
        f"<office:master-styles>{''.join(masters)}</office:master-styles></office:document-styles>"
    )
