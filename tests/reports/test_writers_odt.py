"""ODT, read back with odfdo and as XML: every text, named styles, a table of contents that can be updated."""

import io
import xml.etree.ElementTree as ET
import zipfile

import odfdo
import pytest

from reports.document import Figure, List, Notice, Paragraph, Section, Table
from reports.formats import get_format
from reports.writers.odt import write
from tests.reports.appendix_reading import OFFICE, TABLE, TEXT, bare, odt_body, odt_tables
from tests.reports.writers_sample import BROKEN, BROKEN_CLEANED, HOSTILE, SVG, sample

pytestmark = pytest.mark.engine_free

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
HREF = "{http://www.w3.org/1999/xlink}href"


def raw(document) -> bytes:
    stream = io.BytesIO()
    write(document, stream)
    return stream.getvalue()


def part(content: bytes, name: str) -> ET.Element:
    return ET.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def words(element: ET.Element) -> str:
    return bare("".join(element.itertext()))


def test_every_cell_comes_back():
    tables = [block for section in sample().sections for block in section.blocks if isinstance(block, Table)]
    tables_read = odt_tables(raw(sample()))
    assert len(tables_read) == len(tables) == 4
    for rows, table in zip(tables_read, tables, strict=True):
        head = [bare(table.caption)] if rows[0] == [bare(table.caption)] else []
        assert rows[len(head)] == [bare(column.heading) for column in table.columns]
        assert rows[len(head) + 1 :] == [[bare(cell.symbol + cell.text) for cell in row] for row in table.rows]


def test_headings_have_their_level_style_and_place():
    content = raw(sample())
    headings = list(odt_body(content).iter(f"{TEXT}h"))
    assert [(words(h), int(h.get(f"{TEXT}outline-level"))) for h in headings] == [
        (bare(section.title), section.level) for section in sample().sections
    ]
    parents = {
        s.get(f"{STYLE}name"): s.get(f"{STYLE}parent-style-name")
        for s in part(content, "content.xml").iter(f"{STYLE}style")
    }
    for heading, section in zip(headings, sample().sections, strict=True):
        style = heading.get(f"{TEXT}style-name")
        assert parents.get(style, style) == f"Heading_20_{section.level}"


def test_the_contents_list_points_to_each_heading_and_its_page():
    content = raw(sample())
    (listed,) = odt_body(content).iter(f"{TEXT}table-of-content")
    assert listed.find(f"{TEXT}table-of-content-source").get(f"{TEXT}outline-level") == "2"
    marks = {m.get(f"{TEXT}name") for m in odt_body(content).iter(f"{TEXT}bookmark-start")}
    links = [link.get(HREF) for link in listed.iter("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}a")]
    assert {link.removeprefix("#") for link in links} <= marks and len(links) == len(sample().sections)
    pages = [ref.get(f"{TEXT}ref-name") for ref in listed.iter(f"{TEXT}bookmark-ref")]
    assert pages == [link.removeprefix("#") for link in links]


def test_tables_repeat_their_heading_and_wide_ones_lie_on_their_side():
    content = raw(sample())
    for table in odt_body(content).iter(f"{TABLE}table"):
        assert len(list(table.find(f"{TABLE}table-header-rows"))) == 1
    layouts = {
        m.get(f"{STYLE}name"): m.get(f"{STYLE}page-layout-name")
        for m in part(content, "styles.xml").iter(f"{STYLE}master-page")
    }
    masters = [
        s.get(f"{STYLE}master-page-name")
        for s in part(content, "content.xml").iter(f"{STYLE}style")
        if s.get(f"{STYLE}master-page-name")
    ]
    assert masters == ["Titelblad", "Staand", "Liggend", "Staand", "Liggend", "Staand"]
    assert set(masters) == set(layouts)


def test_the_picture_is_a_vector_with_a_bitmap_and_words():
    content = raw(sample())
    figure = next(b for s in sample().sections for b in s.blocks if isinstance(b, Figure))
    (frame,) = odt_body(content).iter(f"{DRAW}frame")
    vector, bitmap = (image.get(HREF) for image in frame.findall(f"{DRAW}image"))
    package = zipfile.ZipFile(io.BytesIO(content))
    assert package.read(vector).startswith(b"<svg") and package.read(bitmap).startswith(b"\x89PNG")
    assert frame.findtext(f"{SVG_SPACE}desc") == figure.alt and frame.findtext(f"{SVG_SPACE}title") == figure.caption


def test_language_title_and_dates_come_from_the_document():
    content = raw(sample())
    meta = odfdo.Document(io.BytesIO(content)).meta
    assert (meta.title, meta.language) == (sample().title, "nl-NL")
    default = part(content, "styles.xml").find(f".//{STYLE}default-style/{STYLE}text-properties")
    assert (default.get(f"{FO}language"), default.get(f"{FO}country")) == ("nl", "NL")
    first = zipfile.ZipFile(io.BytesIO(content)).infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", 0)
    assert zipfile.ZipFile(io.BytesIO(content)).read("mimetype").decode() == get_format("odt").media_type


def test_every_page_says_what_it_is_and_counts():
    for master in part(raw(sample(draft=True, practice=True)), "styles.xml").iter(f"{STYLE}master-page"):
        header, footer = master.find(f"{STYLE}header"), master.find(f"{STYLE}footer")
        assert "CONCEPT" in words(header) and "OEFENGEMEENTE" in words(header)
        assert header.find(f".//{DRAW}custom-shape/{DRAW}enhanced-geometry") is not None
        assert footer.find(f".//{TEXT}page-number") is not None and footer.find(f".//{TEXT}page-count") is not None
    plain = zipfile.ZipFile(io.BytesIO(raw(sample()))).read("styles.xml").decode()
    assert "CONCEPT" not in plain and "OEFENGEMEENTE" not in plain


def test_every_style_that_is_named_is_there():
    content = raw(sample(draft=True))
    styles, body = part(content, "styles.xml"), part(content, "content.xml")
    defined = {s.get(f"{STYLE}name") for root in (styles, body) for s in root.iter() if s.get(f"{STYLE}name")}
    kinds = (f"{TEXT}style-name", f"{TABLE}style-name", f"{DRAW}style-name", f"{STYLE}parent-style-name")
    used = {e.get(kind) for root in (styles, body) for e in root.iter() for kind in kinds if e.get(kind)}
    assert used <= defined and "Heading_20_1" in used


@pytest.mark.parametrize("text", [*HOSTILE, BROKEN, "  twee  blanks ", "a\tb"])
def test_hostile_text_in_every_place(text):
    clean = BROKEN_CLEANED if text == BROKEN else text
    blocks = (Paragraph(text), List((text,)), Notice(text), Figure(SVG, text, text))
    content = raw(
        sample(
            title=text,
            subtitle=text,
            organisation=text,
            details=((text, text),),
            sections=(Section(text, 1, blocks),),
            data=None,
        )
    )
    texts = [words(e) for e in odt_body(content).iter() if e.tag in (f"{TEXT}p", f"{TEXT}h")]
    assert texts.count(bare(clean)) >= 7
    assert b"table:formula" not in zipfile.ZipFile(io.BytesIO(content)).read("content.xml")
    assert odt_body(content).tag == f"{OFFICE}text"


def test_same_document_same_bytes():
    assert raw(sample(draft=True)) == raw(sample(draft=True)) != raw(sample())
