"""What PDF and pictures share: typst with its embedded fonts, and the text that these fonts can display."""

import json
import re
import unicodedata
from functools import cache, lru_cache

import typst

from reports.document import Document, Figure

BITMAP_WIDTH, PIXELS_PER_INCH = 158, 110  # mm; bitmaps are the fallback of programs without SVG

# The characters for which the embedded fonts have a glyph, within the blocks that a Dutch document may use; a test sets
# each of them. PDF/A forbids characters without a glyph, so the others become U+FFFD.
DISPLAYABLE = (
    "\n\t\u0020-\u007e\u00a0-\u036f\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff"
    "\u05d0-\u05ea\u0621-\u063a\u0640-\u064a\u1e00-\u1eff\u2000-\u200d\u2010-\u2027\u202f-\u2040\u2044-\u2052"
    "\u2060\u2070\u2071\u2074-\u208e\u20a0-\u20c0\u2100-\u211e\u2120\u2122\u2126-\u2151\u2153-\u2184\u2190-\u23ff"
    "\u2460-\u2606\u2609-\u262f\u2701-\u2704\u2706-\u2709\u270c-\u2714\u2717-\u2726\ufb00-\ufb06\ufffd"
)
_NOT_DISPLAYABLE = re.compile(f"[^{DISPLAYABLE}]")
_HALO = re.compile(' stroke="[^"]*" stroke-width="[^"]*" stroke-linejoin="[^"]*" paint-order="stroke"')
_INVISIBLE = re.compile("[\u180b-\u180f\u200e\u200f\ufe00-\ufe0f]")


class CannotTypeset(Exception):
    """Typst refused a document or picture, or warned about it. The message is that of typst."""


def typeset_error(error: typst.TypstError) -> CannotTypeset:
    """Convert an error of typst, with its hints."""
    return CannotTypeset("; ".join([error.message, *error.hints]))


@cache
def fonts() -> typst.Fonts:
    """Return the fonts inside the typst package, without those of the system."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def displayable(text: str) -> str:
    """Return `text` as the embedded fonts can display it; a character without a glyph becomes U+FFFD."""
    return _NOT_DISPLAYABLE.sub("\ufffd", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))


def bitmaps(document: Document) -> dict[str, bytes]:
    """Return the figures of a document as PNG, by their SVG, for programs that cannot show SVG.

    Raises CannotTypeset when a figure is not valid SVG.
    """
    figures = (block for section in document.sections for block in section.blocks if isinstance(block, Figure))
    drawings = tuple(dict.fromkeys(figure.svg for figure in figures))
    return dict(zip(drawings, render_png(drawings), strict=True))


@lru_cache(maxsize=4)  # DOCX and ODT need the same pictures
def render_png(drawings: tuple[str, ...]) -> list[bytes]:
    """Return SVG drawings as PNG, in the same order. Raises CannotTypeset."""
    if not drawings:
        return []
    source = f"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#set text(font: "Libertinus Serif")
#for drawing in json(bytes(sys.inputs.drawings)) {{
  page(image(bytes(drawing), format: "svg", width: {BITMAP_WIDTH}mm))
}}"""
    compiler = typst.Compiler(source.encode(), font_paths=fonts(), ignore_system_fonts=True)
    inputs = {"drawings": json.dumps([displayable(drawing) for drawing in drawings])}
    try:
        pages = compiler.compile(format="png", ppi=PIXELS_PER_INCH, sys_inputs=inputs)
    except typst.TypstError as error:
        raise typeset_error(error) from error
    if isinstance(pages, list):
        return pages
    assert pages is not None  # typst returns bytes or a list unless it writes to a file
    return [pages]


def as_svg(figure: Figure) -> str:
    """Return the SVG for office programs: in a font with the widths for which the charts were drawn.

    The halo around letters is removed, since these programs paint it over the letters instead of under them.
    """
    drawing = figure.svg.replace('font-family="sans-serif"', 'font-family="Arial, Liberation Sans, sans-serif"')
    return _HALO.sub("", drawing)
