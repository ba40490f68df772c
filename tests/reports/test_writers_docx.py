"""DOCX, read back with python-docx and, where that does not look, as XML."""

import io
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from reports.document import Cell, Figure, List, Notice, Paragraph, Section, Table
from reports.writers.docx import write
from reports.writers.typeset import CannotTypeset
from tests.reports.writers_sample import HOSTILE, SVG, sample

pytestmark = pytest.mark.engine_free


def raw(document) -> bytes:
    stream = io.BytesIO()
    write(document, stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def plain() -> bytes:
    return raw(sample())


@pytest.fixture(scope="module")
def marked() -> bytes:
    return raw(sample(draft=True, practice=True))


@pytest.fixture(scope="module")
def word(plain):
    return docx.Document(io.BytesIO(plain))


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def tables() -> list[Table]:
    return [block for section in sample().sections for block in section.blocks if isinstance(block, Table)]


def expected(cell: Cell) -> str:
    return f"{cell.symbol}\u00a0{cell.text}" if cell.status else cell.text


def test_every_cell_comes_back(word):
    assert len(word.tables) == len(tables()) == 4
    for written, table in zip(word.tables, tables(), strict=True):
        rows = [[cell.text for cell in row.cells] for row in written.rows]
        assert rows[0] == [column.heading for column in table.columns]
        assert rows[1:] == [[expected(cell) for cell in row] for row in table.rows]


def test_every_other_text_comes_back_in_order(word):
    texts = []
    for section in sample().sections:
        texts.append((f"Heading {section.level}", section.title))
        for block in section.blocks:
            match block:
                case Paragraph(text):
                    texts.append(("Normal", text))
                case Notice(text):
                    texts.append(("Opmerking", text))
                case List(items):
                    texts += [("List Bullet", item) for item in items]
                case Figure():
                    texts.append(("Figuurbijschrift", block.caption))
                case Table():
                    texts.append(("Caption", block.caption))
                    texts += [("Tabelnoot", note) for note in block.footnotes]
    paragraphs = [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs if paragraph.text]
    start = next(index for index, (style, _) in enumerate(paragraphs) if style == "Heading 1")
    assert paragraphs[start:] == texts
    assert ("Title", sample().title) in paragraphs[:start]
    assert ("Titelregel", "Editie\t2021-1") in paragraphs[:start]


def test_language_title_and_dates_come_from_the_document(word, plain):
    properties = word.core_properties
    assert (properties.title, properties.author) == (sample().title, sample().author)
    assert properties.created == properties.modified == sample().created
    assert (properties.language, properties.comments) == ("nl-NL", "")
    languages = {lang.get(qn("w:val")) for lang in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"nl-NL"}
    assert "thumbnail" not in " ".join(zipfile.ZipFile(io.BytesIO(plain)).namelist())


def test_tables_repeat_their_heading_row_and_name_their_rows(word):
    for written, table in zip(word.tables, tables(), strict=True):
        repeated = [row for row in written._tbl.tr_lst if row.find(f".//{qn('w:tblHeader')}") is not None]
        assert repeated == [written._tbl.tr_lst[0]]
        look = written._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstColumn")) == "1") == (table.columns[0].kind == "heading")
        assert written._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == table.caption
        assert written.style.name == "Bijlagetabel"


def test_wide_tables_lie_on_their_side_and_fit(word):
    # The title page, and then one section for each run of pages.
    ways = [section.orientation for section in word.sections]
    upright, side = WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE
    assert ways == [upright, upright, side, upright, side, upright]
    for section in word.sections:
        assert (section.page_width > section.page_height) == (section.orientation == side)
    wide = word.tables[1]
    room = word.sections[2].page_width - word.sections[2].left_margin - word.sections[2].right_margin
    assert room * 0.99 < sum(column.width for column in wide.columns) <= room


def test_the_picture_has_its_alternative(word, plain):
    figure = next(b for s in sample().sections for b in s.blocks if isinstance(b, Figure))
    assert [shape._inline.docPr.get("descr") for shape in word.inline_shapes] == [figure.alt]
    images = [name for name in zipfile.ZipFile(io.BytesIO(plain)).namelist() if name.startswith("word/media")]
    bitmap, drawing = sorted(images, key=lambda name: name.endswith("svg"))
    assert zipfile.ZipFile(io.BytesIO(plain)).read(bitmap).startswith(b"\x89PNG")
    svg = ET.fromstring(zipfile.ZipFile(io.BytesIO(plain)).read(drawing))
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    (extension,) = word.element.body.iter("{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip")
    assert word.part.related_parts[extension.get(qn("r:embed"))].partname == f"/{drawing}"


def test_the_contents_list_names_each_heading_and_can_be_made_anew(word):
    listed = [section for section in sample().sections if section.level <= 2]
    lines = [p for p in word.paragraphs if p.style.name in ("toc 1", "toc 2")]
    assert [p.text for p in lines] == [f"{section.title}\t…" for section in listed]
    assert [p.style.name[-1] for p in lines] == [str(section.level) for section in listed]
    field = lines[0]._p.find(f"{qn('w:r')}/{qn('w:fldChar')}")
    assert (field.get(qn("w:fldCharType")), field.get(qn("w:dirty"))) == ("begin", "true")
    assert 'TOC \\o "1-2"' in lines[0]._p.xml
    places = [link.get(qn("w:anchor")) for p in lines for link in p._p.iter(qn("w:hyperlink"))]
    marked = {mark.get(qn("w:name")) for mark in word.element.body.iter(qn("w:bookmarkStart"))}
    assert len(set(places)) == len(listed) and set(places) <= marked


def test_every_page_says_what_it_is(word, marked):
    assert [p.text for p in word.sections[0].header.paragraphs] == [sample().title]
    assert "watermerk" not in part(raw(sample()), "word/header1.xml").lower()
    draft = docx.Document(io.BytesIO(marked))
    for section in draft.sections:
        texts = [p.text for p in section.header.paragraphs]
        assert texts == [sample().title, "CONCEPT", "OEFENGEMEENTE – verzonnen cijfers"]
    assert 'string="CONCEPT"' in part(marked, "word/header1.xml")
    footer = part(marked, "word/footer1.xml")
    assert 'w:instr="PAGE"' in footer and 'w:instr="NUMPAGES"' in footer


def test_the_marks_of_a_document_are_its_own():
    practice = docx.Document(io.BytesIO(raw(sample(practice=True))))
    texts = [p.text for p in practice.sections[0].header.paragraphs]
    assert texts == [sample().title, "OEFENGEMEENTE – verzonnen cijfers"]


def test_same_document_same_bytes(marked, plain):
    assert raw(sample(draft=True, practice=True)) == marked
    assert marked != plain


def test_a_short_section_of_the_lowest_level_is_kept_on_one_page():
    above = (Section("Een", 1), Section("Twee", 2))
    short = Section("Kort", 3, (Paragraph("eerste"), List(("tweede", "derde")), Paragraph("laatste")))
    long = Section("Lang", 3, tuple(Paragraph(f"alinea {number}") for number in range(60)))
    word = docx.Document(io.BytesIO(raw(sample(sections=(*above, short, long)))))
    bound = {p.text for p in word.paragraphs if p.paragraph_format.keep_with_next and p.paragraph_format.keep_together}
    assert bound == {"eerste", "tweede", "derde"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_place(text):
    document = sample(title=text, subtitle=text, organisation=text, author=text, subject=text, keywords=(text,) * 3)
    document = replace(
        document,
        details=((text, text),),
        sections=(Section(text, 1, (Paragraph(text), List((text,)), Notice(text), Figure(SVG, text, text))),),
    )
    again = docx.Document(io.BytesIO(raw(document)))
    assert again.core_properties.title == document.title[:255]
    for style in ("Heading 1", "List Bullet", "Opmerking", "Figuurbijschrift", "Title"):
        flat = " ".join(text.split("\n"))
        assert flat in [p.text.replace("\n", " ") for p in again.paragraphs if p.style.name == style]


def test_a_broken_picture_is_refused():
    broken = Section("Beeld", 1, (Figure("<svg", "een beeld"),))
    with pytest.raises(CannotTypeset):
        raw(sample(sections=(broken,)))
