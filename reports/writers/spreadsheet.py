"""OpenDocument spreadsheets: sheets of cells, with each style written once. Used for documents and fill-in sheets."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, repeat
from typing import BinaryIO

from reports.writers.looks import INK
from reports.writers.opendocument import (
    Properties,
    Xml,
    element,
    escaped,
    fill_template,
    inline,
    paragraph,
    style,
    write_package,
)

LONGEST_SHEET_NAME = 31
TEXT_FORMAT = "@"
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_NUMBER_FORMAT = re.compile(r'(?P<whole>#,##0|0)(?:\.(?P<places>0+))?(?P<rest>(?:"[^"]*"|%)*)')
_ALIGNMENTS = {"left": "start", "center": "center", "right": "end"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CellStyle:
    """The style of a spreadsheet cell.

    `number_format` is that of a workbook (see `number_style`; "@" for text); a `symbol` precedes the text without being
    part of the value, for filters and formulas. `borders` are pairs of an edge and a line ("0.5pt dotted #c3cacf").
    """

    number_format: str = ""
    symbol: str = ""
    align: str | None = None
    colour: str = INK
    size: int = 10
    bold: bool = False
    wrap: bool = False
    indented: bool = False
    borders: tuple[tuple[str, str], ...] = ()


class Spreadsheet:
    """A spreadsheet under construction: its sheets, and each style that they use once."""

    def __init__(self, properties: Properties, header: str) -> None:
        """Create an empty spreadsheet; `header` is printed at the top of every page."""
        self.properties, self.header = properties, header
        self._sheets: list[Xml] = []
        self._filters: list[Xml] = []
        self._choices: dict[tuple[str, ...], str] = {}
        self._frozen: dict[str, tuple[int, int]] = {}
        self._sheet_names: set[str] = set()
        self._style_names: dict[CellStyle | int | tuple[str, str], str] = {}
        visible = {"table:display": "true"}
        self._styles = [
            style(page, "table", {"style:master-page-name": page}, element("style:table-properties", visible))
            for page in ("staand", "liggend")
        ]

    def unused_name(self, wanted: str) -> str:
        """Return and reserve a unique sheet name that spreadsheet programs allow."""
        plain = _NOT_IN_A_SHEET_NAME.sub(" ", wanted)[:LONGEST_SHEET_NAME].strip("' ") or "Tabel"
        name, number = plain, 2
        while name.casefold() in self._sheet_names:
            suffix = f" ({number})"
            name, number = plain[: LONGEST_SHEET_NAME - len(suffix)].strip("' ") + suffix, number + 1
        self._sheet_names.add(name.casefold())
        return name

    def cell(
        self,
        text: str,
        look: CellStyle,
        *,
        number: Decimal | None = None,
        formula: str | None = None,
        choices: Sequence[str] = (),
    ) -> Xml:
        """Return a cell that shows `text`. Without `number` its type is text.

        `number` is in the unit of the text (22 for "22%"). `formula` is OpenFormula; text and number are its result.
        Programs offer the `choices` as a list, and refuse other words.
        """
        attributes = {
            "table:style-name": self._cell_style(look),
            "table:content-validation-name": self._validation(choices) if choices else None,
            "table:formula": formula,
        }
        if number is not None:
            is_percentage = "%" in look.number_format
            attributes["office:value-type"] = "percentage" if is_percentage else "float"
            attributes["office:value"] = f"{number / 100 if is_percentage else number:f}"
        elif text:
            attributes["office:value-type"] = "string"
        lines = text.split("\n") if text else ()
        return element("table:table-cell", attributes, *(paragraph(None, inline(line)) for line in lines))

    def add_sheet(
        self,
        name: str,
        widths: Sequence[int],
        rows: Iterable[Iterable[Xml]],
        *,
        head: Iterable[Iterable[Xml]] = (),
        landscape: bool = True,
        looks: Sequence[CellStyle] = (),
        heights: Iterable[float] = (),
        blank: Sequence[Xml] = (),
        blank_rows: int = 0,
        frozen: tuple[int, int] | None = None,
    ) -> None:
        """Add a sheet of cells; `widths` are in mm, `head` is repeated on every page.

        `looks` are the styles of the columns, for cells below the last row. `heights` are those of the rows in points,
        `head` included; without one, or with 0, the program that opens the sheet decides. `blank` is the row that comes
        `blank_rows` times after the others. The first columns and rows of `frozen` stay in view.
        """
        columns = (
            element(
                "table:table-column",
                {
                    "table:style-name": self._column_style(width),
                    "table:default-cell-style-name": self._cell_style(looks[number]) if looks else None,
                },
            )
            for number, width in enumerate(widths)
        )
        styles = map(self._row_style, chain(heights, repeat(0)))
        head_rows, body_rows = (
            [element("table:table-row", {"table:style-name": next(styles)}, *cells) for cells in part]
            for part in (head, rows)
        )
        content = [
            *columns,
            *([element("table:table-header-rows", {}, *head_rows)] if head_rows else ()),
            *body_rows,
            *([element("table:table-row", {"table:number-rows-repeated": blank_rows}, *blank)] if blank_rows else ()),
        ]
        if frozen:
            self._frozen[name] = frozen
        attributes = {"table:name": name, "table:style-name": "liggend" if landscape else "staand"}
        self._sheets.append(element("table:table", attributes, *content))

    def add_filter(self, name: str, sheet: str, first: str, last: str) -> None:
        """Add filter buttons to a range of a sheet, headings included."""
        attributes = {
            "table:name": name,
            "table:target-range-address": f"'{sheet}'.{first}:'{sheet}'.{last}",
            "table:display-filter-buttons": "true",
        }
        self._filters.append(element("table:database-range", attributes))

    def write(self, stream: BinaryIO) -> None:
        """Write the file."""
        filters = [element("table:database-ranges", {}, *self._filters)] if self._filters else []
        validations = [_validation_xml(name, choices) for choices, name in self._choices.items()]
        before = [element("table:content-validations", {}, *validations)] if validations else []
        write_package(
            stream,
            "spreadsheet",
            properties=self.properties,
            styles=fill_template("ods_styles.xml", header=inline(self.header)),
            automatic_styles=self._styles,
            body=[*before, *self._sheets, *filters],
            settings=_view_settings(self._frozen) if self._frozen else None,
        )

    def _validation(self, choices: Sequence[str]) -> str:
        return self._choices.setdefault(tuple(choices), f"keuze{len(self._choices) + 1}")

    def _column_style(self, width: int) -> str:
        if width not in self._style_names:
            name = self._style_names[width] = f"k{len(self._style_names)}"
            column = element("style:table-column-properties", {"style:column-width": f"{width}mm"})
            self._styles.append(style(name, "table-column", {}, column))
        return self._style_names[width]

    def _row_style(self, height: float) -> str | None:
        key = "row", f"{height:g}pt"
        if height and key not in self._style_names:
            name = self._style_names[key] = f"r{len(self._style_names)}"
            size = {"style:row-height": key[1], "style:use-optimal-row-height": "false"}
            self._styles.append(style(name, "table-row", {}, element("style:table-row-properties", size)))
        return self._style_names[key] if height else None

    def _cell_style(self, look: CellStyle) -> str:
        if look not in self._style_names:
            name = self._style_names[look] = f"c{len(self._style_names)}"
            self._styles.append(_cell_style_xml(name, look, self._data_style(look.number_format, look.symbol)))
        return self._style_names[look]

    def _data_style(self, number_format: str, symbol: str) -> str | None:
        key = number_format, symbol
        if not number_format and not symbol:
            return None
        if key not in self._style_names:
            name = self._style_names[key] = f"n{len(self._style_names)}"
            is_text = number_format in ("", TEXT_FORMAT)
            self._styles.append(_text_style(name, symbol) if is_text else number_style(name, number_format))
        return self._style_names[key]


def _cell_style_xml(name: str, look: CellStyle, data_style: str | None) -> Xml:
    cell = {
        "style:vertical-align": "top",
        "style:text-align-source": "fix" if look.align else None,
        **{f"fo:border-{edge}": line for edge, line in look.borders},
        "fo:padding": "0.7mm" if look.borders else None,  # otherwise the line under the headings touches the letters
        "fo:wrap-option": "wrap" if look.wrap else None,
    }
    lines = {
        "fo:text-align": _ALIGNMENTS[look.align] if look.align else None,
        "fo:margin-left": "2mm" if look.indented else None,
    }
    letters = {
        "fo:color": f"#{look.colour}",
        "fo:font-size": f"{look.size}pt",
        "fo:font-weight": "bold" if look.bold else None,
    }
    return style(
        name,
        "table-cell",
        {"style:parent-style-name": "Default", "style:data-style-name": data_style},
        element("style:table-cell-properties", cell),
        element("style:paragraph-properties", lines),
        element("style:text-properties", letters),
    )


def _validation_xml(name: str, choices: Sequence[str]) -> Xml:
    words = ";".join(f'"{word}"' for word in choices)
    message = {"table:title": "Kies een woord uit de lijst", "table:message-type": "stop", "table:display": "true"}
    return element(
        "table:content-validation",
        {
            "table:name": name,
            "table:condition": f"of:cell-content-is-in-list({words})",
            "table:allow-empty-cell": "true",
            "table:display-list": "unsorted",
        },
        element("table:error-message", message, paragraph(None, escaped(", ".join(choices)))),
    )


def _view_settings(frozen: Mapping[str, tuple[int, int]]) -> Xml:
    """Return the settings that keep the first columns and rows of sheets in view, as LibreOffice writes them."""
    tables = [
        element(
            "config:config-item-map-entry",
            {"config:name": name},
            *(
                element("config:config-item", {"config:name": item, "config:type": kind}, escaped(str(value)))
                for item, kind, value in (
                    ("HorizontalSplitMode", "short", 2 if columns else 0),
                    ("VerticalSplitMode", "short", 2 if rows else 0),
                    ("HorizontalSplitPosition", "int", columns),
                    ("VerticalSplitPosition", "int", rows),
                    ("ActiveSplitRange", "short", 3),
                    ("PositionRight", "int", columns),
                    ("PositionBottom", "int", rows),
                )
            ),
        )
        for name, (columns, rows) in frozen.items()
    ]
    return element(
        "office:settings",
        {
            "xmlns:config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
            "xmlns:ooo": "http://openoffice.org/2004/office",
        },
        element(
            "config:config-item-set",
            {"config:name": "ooo:view-settings"},
            element(
                "config:config-item-map-indexed",
                {"config:name": "Views"},
                element(
                    "config:config-item-map-entry",
                    {},
                    element("config:config-item", {"config:name": "ViewId", "config:type": "string"}, escaped("view1")),
                    element("config:config-item-map-named", {"config:name": "Tables"}, *tables),
                ),
            ),
        ),
    )


def _text_style(name: str, symbol: str) -> Xml:
    prefix = [element("number:text", {}, escaped(f"{symbol} "))] if symbol else []
    return element("number:text-style", {"style:name": name}, *prefix, element("number:text-content", {}))


def number_style(name: str, number_format: str) -> Xml:
    """Return the number style for a number format of a workbook: `#,##0.00"*"`, `0%`.

    Raises ValueError for other formats.
    """
    parts = _NUMBER_FORMAT.fullmatch(number_format)
    if parts is None:
        raise ValueError(f"no number style for {number_format!r}")
    places, rest = len(parts["places"] or ""), parts["rest"].replace('"', "")
    digits = {
        "number:decimal-places": places,
        "number:min-decimal-places": places,
        "number:min-integer-digits": 1,
        "number:grouping": "true" if parts["whole"] == "#,##0" else None,
    }
    return element(
        "number:percentage-style" if "%" in rest else "number:number-style",
        {"style:name": name, "number:language": "nl", "number:country": "NL"},
        element("number:number", digits),
        *([element("number:text", {}, escaped(rest))] if rest else ()),
    )
