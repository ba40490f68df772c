"""What stands around the text of a Word document: language, styles, pages, header, footer, properties."""

import zipfile
from datetime import UTC
from functools import cache
from io import BytesIO
from typing import BinaryIO

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.packuri import PackURI
from docx.opc.pkgwriter import PackageWriter
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section as WordSection
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml import etree

from reports.document import Document
from reports.writers.looks import ACCENT, BAND, HAIRLINE, INK, QUIET

MAX_PROPERTY = 255
TEXT_TWIPS = {False: 8958, True: 14570}  # what is left of the page between the margins
TABLE_STYLE = "Bijlagetabel"

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


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """A WordprocessingML element with attributes in its own namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def begin(language: str) -> WordDocument:
    """A Word document without text, with our styles in this language."""
    word: WordDocument = docx.Document(BytesIO(_template(language)))
    return word


@cache
def _template(language: str) -> bytes:
    """The same for every document, so it is made once. Only the styles that are used are in it."""
    word = docx.Document()
    relations = word.part.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/stylesWithEffects")]:
        del relations[key]  # a copy of all styles, for Word 2007
    styles = word.styles.element
    for style in [style for style in styles.style_lst if style.get(qn("w:type")) == "table"]:
        if style.get(qn("w:styleId")) != "TableNormal":
            styles.remove(style)
    set_styles(word, language)
    lay_page(word.sections[0])
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def set_styles(word: WordDocument, language: str) -> None:
    """Give the document its language (of spelling and of screen readers) and its styles."""
    tag = "nl-NL" if language == "nl" else language
    root = word.styles.element
    for lang in root.iter(qn("w:lang")):
        lang.set(qn("w:val"), tag)
    settings = word.settings.element
    for name, value in (("themeFontLang", tag), ("decimalSymbol", ","), ("listSeparator", ";")):
        settings.find(qn(f"w:{name}")).set(qn("w:val"), value)
    for name, (base, size, bold, colour, before, after, keep) in _PARAGRAPH_STYLES.items():
        known = {style.name for style in word.styles}
        style = word.styles[name] if name in known else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if base and name not in known:
            style.base_style = word.styles[base]
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour.upper())
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = keep
        if name.endswith(" klein"):
            style.paragraph_format.line_spacing = 1.0  # an overview stays on one page
    word.styles["Figuurbijschrift"].font.italic = True  # else it reads as the title of a table that follows
    word.styles["Titelregel"].paragraph_format.tab_stops.add_tab_stop(Mm(38))
    word.styles["Inhoud"].paragraph_format.page_break_before = True
    for name in ("toc 1", "toc 2"):
        word.styles[name].paragraph_format.tab_stops.add_tab_stop(Mm(158), WD_TAB_ALIGNMENT.RIGHT)
    word.styles["toc 2"].paragraph_format.left_indent = Mm(6)
    title_borders = word.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if title_borders is not None:
        word.styles["Title"].element.pPr.remove(title_borders)
    root.append(_table_style())


def _table_style() -> BaseOxmlElement:
    """Thin rules above, below and between; none at the sides."""
    edge = 'w:val="single" w:space="0"'
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}">'
        f'<w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:tblPr>'
        f'<w:tblBorders><w:top {edge} w:sz="6" w:color="{ACCENT}"/>'
        f'<w:bottom {edge} w:sz="6" w:color="{ACCENT}"/>'
        f'<w:insideH {edge} w:sz="2" w:color="{HAIRLINE}"/></w:tblBorders>'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
        f'<w:bottom {edge} w:sz="4" w:color="{ACCENT}"/></w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>'
        "</w:tblStylePr></w:style>"
    )


def lay_page(section: WordSection) -> None:
    """A4 upright, with its margins."""
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(26)
    section.top_margin, section.bottom_margin = Mm(30), Mm(24)
    section.header_distance = section.footer_distance = Mm(12)


def first_page(word: WordDocument) -> str:
    """The pages before the text, which bring the header and the footer; as XML."""
    written: str = etree.tostring(word.sections[0]._sectPr, encoding="unicode")
    return written


def page(landscape: bool) -> str:
    """A4, upright or on its side, with the margins that belong to it; as XML."""
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
    side = 1134 if landscape else 1474
    return (
        f'<w:sectPr><w:pgSz {size}/><w:pgMar w:top="1701" w:right="{side}" w:bottom="1361" w:left="{side}" '
        'w:header="680" w:footer="680" w:gutter="0"/><w:cols w:space="720"/><w:docGrid w:linePitch="360"/></w:sectPr>'
    )


def set_body(word: WordDocument, content: str) -> None:
    """Put the text, as XML, in the place of the text that there was."""
    root = word.element
    spaces = nsdecls("w", "wp", "r")
    root.replace(root.body, parse_xml(f"<w:body {spaces}>{content}</w:body>"))


def set_header_and_footer(section: WordSection, document: Document) -> None:
    """The title and the marks above every page, "Pagina x van y" below. Later sections take them over."""
    header = section.header
    header.paragraphs[0].text = document.title
    for mark in document.marks:
        marked = header.add_paragraph(mark, style="Markering")
        shade = element("shd", val="clear", color="auto", fill=BAND)
        marked._p.get_or_add_pPr().insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc")
        marked.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if document.draft:
        header.paragraphs[0].add_run()._r.append(_watermark(document.marks[0]))
    footer = section.footer.paragraphs[0]
    footer.text = f"{document.organisation} – pagina "
    _add_field(footer, "PAGE")
    footer.add_run(" van ")
    _add_field(footer, "NUMPAGES")
    footer.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    field = element("fldSimple", instr=instruction)
    run = element("r")
    text = element("t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _watermark(word: str) -> BaseOxmlElement:
    """The word diagonally behind the text, as Word's own watermark does it."""
    place = "mso-position-{0}:center;mso-position-{0}-relative:margin"
    return parse_xml(
        f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="Watermerk" o:spid="_x0000_s2049" type="#_x0000_t136" alt="" style="position:absolute;'
        "margin-left:0;margin-top:0;width:440pt;height:110pt;rotation:315;z-index:-251658752;"
        f'{place.format("horizontal")};{place.format("vertical")}" o:allowincell="f" fillcolor="#d5dadd" '
        'stroked="f">'
        f'<v:fill opacity=".5"/><v:textpath style="font-family:Cambria;font-size:1pt" string="{word}"/>'
        "</v:shape></w:pict>"
    )


def set_properties(word: WordDocument, document: Document) -> None:
    """Title, maker and dates; all of them from the document, and nothing of the template."""
    made = document.created.astimezone(UTC).replace(tzinfo=None)
    author = (document.author or document.organisation)[:MAX_PROPERTY]
    properties = word.core_properties
    properties.title = document.title[:MAX_PROPERTY]
    properties.subject = document.subject[:MAX_PROPERTY]
    properties.keywords = ", ".join(document.keywords)[:MAX_PROPERTY]
    properties.language = "nl-NL" if document.language == "nl" else document.language
    properties.author = properties.last_modified_by = author
    properties.created = properties.modified = made
    properties.comments, properties.revision = "", 1
    relations = word.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def save(word: WordDocument, stream: BinaryIO) -> None:
    """Write the file with one fixed date on its parts, so that the same document gives the same bytes."""
    package = word.part.package
    for part in package.parts:
        part.before_marshal()
    parts, writer = package.parts, _Writer(stream)
    PackageWriter._write_content_types_stream(writer, parts)
    PackageWriter._write_pkg_rels(writer, package.rels)
    PackageWriter._write_parts(writer, parts)
    writer.zip.close()


class _Writer:
    """What python-docx writes a package with, but on a fixed date, and without packing what is packed."""

    def __init__(self, stream: BinaryIO) -> None:
        self.zip = zipfile.ZipFile(stream, "w")

    def write(self, name: PackURI, content: bytes) -> None:
        """Put one part in the file."""
        part = zipfile.ZipInfo(name.membername, date_time=(1980, 1, 1, 0, 0, 0))
        packed = zipfile.ZIP_STORED if name.ext == "png" else zipfile.ZIP_DEFLATED
        self.zip.writestr(part, content, packed)
