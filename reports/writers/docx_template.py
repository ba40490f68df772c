"""The Word document around the text: language, styles, pages, header, footer and properties."""

from datetime import UTC

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.section import Section as WordSection
from docx.shared import Mm, Pt, RGBColor

from reports.document import Document
from reports.writers.docx_xml import add_simple_field, add_table_style, add_watermark, shade
from reports.writers.looks import ACCENT, INK, QUIET

MAX_PROPERTY = 255

# name: (based on, size in points, bold, colour, space before, space after, keep with next)
_PARAGRAPH_STYLES = {
    "Normal": (None, 10.5, False, INK, 0, 7, False),
    "Title": ("Normal", 26, True, ACCENT, 6, 8, True),
    "Subtitle": ("Normal", 14, False, QUIET, 0, 12, False),
    "Heading 1": ("Normal", 17, True, ACCENT, 22, 9, True),
    "Heading 2": ("Normal", 13, True, ACCENT, 16, 6, True),
    "Heading 3": ("Normal", 11, True, ACCENT, 12, 5, True),
    "List Bullet": ("Normal", 10.5, False, INK, 0, 4, False),
    "Caption": ("Normal", 10.5, True, ACCENT, 10, 5, True),
    "Figuurbijschrift": ("Caption", 9.5, False, QUIET, 2, 8, False),
    "Header": ("Normal", 8.5, False, QUIET, 0, 2, False),
    "Footer": ("Normal", 8.5, False, QUIET, 0, 0, False),
    "Titelregel": ("Normal", 10.5, False, INK, 0, 3, False),
    "Opmerking": ("Normal", 10.5, True, INK, 6, 10, False),
    "Markering": ("Normal", 10, True, INK, 0, 3, False),
    "Tabeltekst": ("Normal", 8.5, False, INK, 2, 2, False),
    "Tabelkop": ("Tabeltekst", 8.5, True, QUIET, 2, 2, True),
    "Tabelrij": ("Tabeltekst", 8.5, True, INK, 2, 2, False),
    "Tabeltekst klein": ("Tabeltekst", 7.5, False, INK, 0.25, 0.25, False),
    "Tabelkop klein": ("Tabelkop", 7.5, True, QUIET, 0.25, 0.25, True),
    "Tabelrij klein": ("Tabelrij", 7.5, True, INK, 0.25, 0.25, False),
    "Inhoud": ("Normal", 17, True, ACCENT, 0, 9, True),
    "toc 1": ("Normal", 10.5, True, INK, 5, 2, False),
    "toc 2": ("Normal", 10.5, False, INK, 0, 2, False),
    "Tabelnoot": ("Normal", 8.5, False, QUIET, 3, 0, False),
}


def new_document(document: Document) -> WordDocument:
    """Return a Word document without text: only styles, page, header, footer and properties."""
    word = docx.Document()
    language = "nl-NL" if document.language == "nl" else document.language
    _drop_unused_parts(word)
    _set_language(word, language)
    _set_styles(word)
    set_page(word.sections[0], landscape=False)
    _set_header_and_footer(word.sections[0], document)
    _set_properties(word, document, language)
    return word


def set_page(section: WordSection, *, landscape: bool) -> None:
    """Set A4 pages of this orientation, with their margins."""
    short, long = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin = section.right_margin = Mm(20 if landscape else 26)
    section.top_margin, section.bottom_margin = Mm(30), Mm(24)
    section.header_distance = section.footer_distance = Mm(12)


def _drop_unused_parts(word: WordDocument) -> None:
    """Remove unused parts of the template of python-docx: a copy of its styles for Word 2007, a thumbnail, styles.

    python-docx searches all styles each time it sets one, so removing styles also saves most of its time.
    """
    for relations in (word.part.rels, word.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail")):
                del relations[key]
    defaults = [word.styles.default(kind) for kind in WD_STYLE_TYPE]
    for style in list(word.styles):
        if style.name not in _PARAGRAPH_STYLES and style not in defaults:
            style.delete()


def _set_language(word: WordDocument, language: str) -> None:
    """Set the language for spelling and for screen readers."""
    for lang in word.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)
    settings = word.settings.element
    for name, value in (("themeFontLang", language), ("decimalSymbol", ","), ("listSeparator", ";")):
        settings.find(qn(f"w:{name}")).set(qn("w:val"), value)


def _set_styles(word: WordDocument) -> None:
    present = {style.name for style in word.styles}
    for name, (base, size, bold, colour, before, after, keep) in _PARAGRAPH_STYLES.items():
        style = word.styles[name] if name in present else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if base and name not in present:
            style.base_style = word.styles[base]
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour.upper())
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = keep
        if name.endswith(" klein"):
            style.paragraph_format.line_spacing = 1.0  # an overview fits on one page
    word.styles["Figuurbijschrift"].font.italic = True  # distinguishes it from the caption of a table
    word.styles["Titelregel"].paragraph_format.tab_stops.add_tab_stop(Mm(38))
    word.styles["Inhoud"].paragraph_format.page_break_before = True
    for name in ("toc 1", "toc 2"):
        word.styles[name].paragraph_format.tab_stops.add_tab_stop(Mm(158), WD_TAB_ALIGNMENT.RIGHT)
    word.styles["toc 2"].paragraph_format.left_indent = Mm(6)
    title = word.styles["Title"].element.pPr
    title.remove(title.find(qn("w:pBdr")))
    add_table_style(word.styles)


def _set_header_and_footer(section: WordSection, document: Document) -> None:
    """Set the header (title and marks) and footer ("pagina x van y"), which later sections inherit."""
    header, footer = section.header, section.footer.paragraphs[0]
    header.paragraphs[0].text = document.title
    for mark in document.marks:
        paragraph = header.add_paragraph(mark, style="Markering")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shade(paragraph)
    if document.draft:
        add_watermark(header.paragraphs[0].add_run(), document.marks[0])
    footer.text = f"{document.organisation} – pagina "
    add_simple_field(footer, "PAGE", "1")
    footer.add_run(" van ")
    add_simple_field(footer, "NUMPAGES", "1")
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _set_properties(word: WordDocument, document: Document, language: str) -> None:
    """Set title, author and dates from the document, overwriting those of the template."""
    properties = word.core_properties
    properties.title = document.title[:MAX_PROPERTY]
    properties.subject = document.subject[:MAX_PROPERTY]
    properties.keywords = ", ".join(document.keywords)[:MAX_PROPERTY]
    properties.language = language
    properties.author = properties.last_modified_by = (document.author or document.organisation)[:MAX_PROPERTY]
    properties.created = properties.modified = document.created.astimezone(UTC).replace(tzinfo=None)
    properties.comments, properties.revision = "", 1
