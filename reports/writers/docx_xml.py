"""WordprocessingML for the parts of a Word document that python-docx has no API for.

The XML elements are those of the public format proxies: `paragraph_format.element` is that of the paragraph,
`font.element` that of the run.
"""

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles.styles import Styles
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from reports.writers.looks import ACCENT, BAND, HAIRLINE

TABLE_STYLE = "Bijlagetabel"
SVG_BLIP = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """Return a new element `w:tag` with attributes in the same namespace."""
    new = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        new.set(qn(f"w:{name}"), value)
    return new


def set_style(paragraph: Paragraph, style_id: str) -> None:
    """Set the style of a paragraph by its id, for the many cells of tables.

    `Paragraph.style` searches all styles of the document each time, which doubles the time to write a document.
    """
    paragraph.paragraph_format.element.style = style_id


def add_bookmark(paragraph: Paragraph, number: int, name: str) -> None:
    """Set a bookmark around the text of a paragraph that has a style."""
    p = paragraph.paragraph_format.element
    p.pPr.addnext(element("bookmarkStart", id=str(number), name=name))
    p.append(element("bookmarkEnd", id=str(number)))


def begin_field(paragraph: Paragraph, instruction: str, *, dirty: bool = False) -> None:
    """Begin a field; content added up to `end_field` is its result. Word updates a dirty field on opening."""
    begin = element("fldChar", fldCharType="begin", **({"dirty": "true"} if dirty else {}))
    code = element("instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    for part in (begin, code, element("fldChar", fldCharType="separate")):
        paragraph.add_run().font.element.append(part)


def end_field(paragraph: Paragraph) -> None:
    """End the innermost open field."""
    paragraph.add_run().font.element.append(element("fldChar", fldCharType="end"))


def add_simple_field(paragraph: Paragraph, instruction: str, result: str) -> None:
    """Add a field with its result, such as a page number."""
    field = element("fldSimple", instr=instruction)
    field.append(paragraph.add_run(result).font.element)
    paragraph.paragraph_format.element.append(field)


def add_contents_entry(paragraph: Paragraph, title: str, bookmark: str) -> None:
    """Add a line of the contents list: a link to the heading, with its page number as a field."""
    p = paragraph.paragraph_format.element
    start = len(p)
    paragraph.add_run(f"{title}\t")
    begin_field(paragraph, f"PAGEREF {bookmark} \\h")
    paragraph.add_run("…")
    end_field(paragraph)
    link = element("hyperlink", anchor=bookmark, history="1")
    link.extend(p[start:])
    p.append(link)


def shade(paragraph: Paragraph) -> None:
    """Give a paragraph a background."""
    shading = element("shd", val="clear", color="auto", fill=BAND)
    properties = paragraph.paragraph_format.element.get_or_add_pPr()
    properties.insert_element_before(shading, "w:tabs", "w:spacing", "w:ind", "w:jc")


def set_picture_sources(paragraph: Paragraph, alt: str, drawing: str) -> None:
    """Give the picture in a paragraph its text alternative, and the relation id of the same picture as SVG.

    Word since 2016 shows the SVG; other programs show the bitmap.
    """
    p = paragraph.paragraph_format.element
    for tag in ("wp:docPr", "pic:cNvPr"):
        next(p.iter(qn(tag))).set("descr", alt)
    next(p.iter(qn("a:blip"))).append(
        parse_xml(
            f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
            f'<asvg:svgBlip xmlns:asvg="{SVG_BLIP}" r:embed="{drawing}"/></a:ext></a:extLst>'
        )
    )


def set_table_structure(table: Table, caption: str, *, names_rows: bool) -> None:
    """Give a table its caption for screen readers, a repeated row of headings, and rows that do not break across pages.

    With `names_rows` the first column holds the headings of the rows.
    """
    first_cell = table.rows[0].cells[0].paragraphs[0].paragraph_format.element.getparent()
    tbl = first_cell.getparent().getparent()
    look = tbl.tblPr.find(qn("w:tblLook"))
    look.set(qn("w:val"), "06A0" if names_rows else "0620")
    look.set(qn("w:firstColumn"), f"{names_rows:d}")
    look.set(qn("w:noVBand"), "1")
    look.set(qn("w:noHBand"), "1")
    if caption:
        tbl.tblPr.append(element("tblCaption", val=caption))
    for row in tbl.tr_lst:
        row.get_or_add_trPr().append(element("cantSplit"))
    tbl.tr_lst[0].trPr.append(element("tblHeader"))


def add_table_style(styles: Styles) -> None:
    """Add the style of the tables: thin rules above, below and between the rows; none at the sides."""
    edge = 'w:val="single" w:space="0"'
    styles.element.append(
        parse_xml(
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
    )


def add_watermark(run: Run, word: str) -> None:
    """Set a word diagonally behind the text, with the markup of Word's own watermark."""
    place = "mso-position-{0}:center;mso-position-{0}-relative:margin"
    run.font.element.append(
        parse_xml(
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
            'stroked="f"><v:fill opacity=".5"/>'
            f'<v:textpath style="font-family:Cambria;font-size:1pt" string="{word}"/></v:shape></w:pict>'
        )
    )
