"""Convert the styles of an ODS file to the number format codes of XLSX, so that one rule reads both.

Source: OpenDocument 1.3 part 3, 16.29 (data styles) and ECMA-376 part 1, 18.8.31 (number formats).
"""

from collections.abc import Mapping

# Data styles of cells with a type of their own (date, time, boolean).
FIXED = {
    "number:date-style": "yyyy-mm-dd",
    "number:time-style": "hh:mm:ss",
    "number:boolean-style": "BOOLEAN",
    "number:text-style": "@",
}
BUILT = {"number:number-style", "number:percentage-style", "number:currency-style"}
LITERAL = {"number:text", "number:currency-symbol", "number:embedded-text"}
MAX_DIGITS = 30
MAX_PARENTS = 20


class Styles:
    """The cell and table styles of one part; `outer` are those of styles.xml, which content.xml extends.

    `start`, `end` and `text` are handlers for XmlReader; after parsing, use `code` and `hides_table`.
    """

    def __init__(self, outer: "Styles | None" = None) -> None:
        self.outer = outer
        self._codes: dict[str, str] = {}
        self.cell_styles: dict[str, tuple[str | None, str | None]] = {}
        self._hidden_tables: set[str] = set()
        self._table: str | None = None
        self._building: tuple[str, str] | None = None
        self._pieces: list[str] = []
        self._sections: list[str] = []
        self._literal: list[str] | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element of the styles."""
        if name == "style:style":
            self._style(attributes)
        elif name == "style:default-style" and attributes.get("style:family") == "table-cell":
            self.cell_styles[""] = (attributes.get("style:data-style-name"), None)
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            if self._table is not None:
                self._hidden_tables.add(self._table)
        elif name in FIXED:
            self._codes[attributes.get("style:name", "")] = FIXED[name]
        elif name in BUILT:
            self._building = (name, attributes.get("style:name", ""))
            self._pieces, self._sections = [], []
        elif self._building:
            self._piece(name, attributes)

    def end(self, name: str) -> None:
        """Handle the end of an element of the styles."""
        if name == "style:style":
            self._table = None
        elif name in LITERAL and self._literal is not None:
            self._pieces.append(self._sign(name, "".join(self._literal)))
            self._literal = None
        elif self._building and name == self._building[0]:
            self._codes[self._building[1]] = "".join(self._sections + self._pieces) or "General"
            self._building = None

    def text(self, data: str) -> None:
        """Handle text in a style: a unit, a sign or a currency."""
        if self._literal is not None:
            self._literal.append(data)

    def code(self, style: str | None) -> str:
        """Return the format code of a cell style; "General" when neither the style nor its parents have one."""
        owner: Styles | None = self
        name = style or "Default"
        for _ in range(MAX_PARENTS):
            while owner and name not in owner.cell_styles:
                owner = owner.outer
            if owner is None:
                break
            data_style, parent = owner.cell_styles[name]
            if data_style:
                return owner.code_of_data_style(data_style)
            if not name:
                break
            name = parent if parent and parent != name else ""
        return "General"

    def hides_table(self, style: str | None) -> bool:
        """Whether tables of this style are hidden."""
        return style in self._hidden_tables or (self.outer is not None and self.outer.hides_table(style))

    def code_of_data_style(self, data_style: str) -> str:
        """Return the format code of a data style, also one of the styles outside this part."""
        if data_style in self._codes:
            return self._codes[data_style]
        return self.outer.code_of_data_style(data_style) if self.outer else "General"

    def _style(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get("style:name", "")
        if attributes.get("style:family") == "table-cell":
            parent = attributes.get("style:parent-style-name")
            self.cell_styles[name] = (attributes.get("style:data-style-name"), parent)
        elif attributes.get("style:family") == "table":
            self._table = name

    def _piece(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "number:number":
            plain = self._building is not None and self._building[0] == "number:number-style"
            self._pieces.append(_digits(attributes, plain))
        elif name == "number:scientific-number":
            self._pieces.append("0.00E+00")
        elif name == "number:fraction":
            self._pieces.append("# ?/?")
        elif name == "number:text-content":
            self._pieces.append("@")
        elif name in LITERAL:
            self._literal = []
        elif name == "style:map":
            # The style applies when a condition such as value()>=0 holds.
            condition = attributes.get("style:condition", "").removeprefix("value()")
            applied = self.code_of_data_style(attributes.get("style:apply-style-name", ""))
            self._sections.append(f"[{condition}]{applied};")

    def _sign(self, name: str, literal: str) -> str:
        if not literal:
            return ""
        if name == "number:currency-symbol":
            return f"[${literal}]"
        if literal == "%" and self._building and self._building[0] == "number:percentage-style":
            return "%"
        if literal.isspace():
            return literal
        return '"' + literal.replace('"', '"\\""') + '"'


def _digits(attributes: Mapping[str, str], plain: bool) -> str:
    """Return the code of number:number: its digits, grouping and scaling in thousands."""
    grouped = attributes.get("number:grouping") == "true"
    decimals = _digit_count(attributes.get("number:decimal-places"))
    whole = _digit_count(attributes.get("number:min-integer-digits"))
    if plain and decimals is None and not grouped and (whole or 0) <= 1:
        return "General"
    needed = _digit_count(attributes.get("number:min-decimal-places"))
    needed = (decimals or 0) if needed is None else min(needed, decimals or 0)
    code = "0" * (1 if whole is None else whole) or "#"
    if grouped:
        code = "#,##" + code if len(code) == 1 else "#," + code
    if decimals:
        code += "." + "0" * needed + "#" * (decimals - needed)
    factor = attributes.get("number:display-factor", "1")
    return code + "," * ((len(factor) - 1) // 3 if factor.isdigit() and factor[:1] == "1" else 0)


def _digit_count(text: str | None) -> int | None:
    return min(int(text), MAX_DIGITS) if text and text.isdecimal() and len(text) < 10 else None
