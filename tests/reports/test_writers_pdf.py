"""PDF, read back through its tags: accessibility for screen readers, and requirements of archives."""

import io
import re
import unicodedata
from dataclasses import replace
from types import SimpleNamespace

import pikepdf
import pytest

from reports.document import Cell, Column, Figure, List, Notice, Paragraph, Section, Table
from reports.writers import pdf as writer
from reports.writers.typeset import DISPLAYABLE, CannotTypeset, displayable
from tests.reports.writers_pdf_reader import artifact_texts, page_texts, read_tree
from tests.reports.writers_sample import BROKEN, HOSTILE, SVG, sample, wide_table

pytestmark = pytest.mark.engine_free

RIGHT_TO_LEFT = re.compile("[\u0590-\u06ff]")


def raw(document) -> bytes:
    stream = io.BytesIO()
    writer.write(document, stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def plain() -> bytes:
    return raw(sample())


@pytest.fixture(scope="module")
def marked() -> bytes:
    return raw(sample(draft=True, practice=True))


@pytest.fixture(scope="module")
def pdf(plain):
    return pikepdf.open(io.BytesIO(plain))


@pytest.fixture(scope="module")
def tree(pdf):
    return read_tree(pdf)


def letters(text: str) -> str:
    """Return text without what line breaking adds or removes; Hebrew and Arabic are in display order."""
    bare = re.sub("[\\s\u200b\u00ad]", "", unicodedata.normalize("NFKC", text))
    return "".join(sorted(bare)) if RIGHT_TO_LEFT.search(bare) else bare


def blocks_of(document, kind) -> list:
    return [block for section in document.sections for block in section.blocks if isinstance(block, kind)]


def test_every_cell_comes_back(tree):
    written, tables = tree.find("Table"), blocks_of(sample(), Table)
    assert len(written) == len(tables) == 4
    for node, table in zip(written, tables, strict=True):
        head, *body = node.find("TR")
        assert [letters(cell.text) for cell in head.find("TH")] == [letters(column.heading) for column in table.columns]
        assert len(body) == len(table.rows)
        for row, cells in zip(body, table.rows, strict=True):
            assert [letters(cell.text) for cell in row.find("TD")] == [letters(displayable(c.text)) for c in cells]


def test_every_other_text_comes_back_in_order(tree):
    headings = [(f"H{section.level}", letters(section.title)) for section in sample().sections]
    assert [(node.tag, letters(node.text)) for node in tree.find("H1", "H2", "H3")] == [
        ("H1", "Inhoud"),
        *headings,
    ]
    paragraphs = [letters(node.text) for node in tree.find("P")]
    for block in blocks_of(sample(), Paragraph | Notice):
        assert letters(block.text) in paragraphs
    for table in blocks_of(sample(), Table):
        assert {letters(note) for note in table.footnotes} <= set(paragraphs)
    items = [letters(node.text) for node in tree.find("LBody")]
    assert items == [letters(item) for block in blocks_of(sample(), List) for item in block.items]
    captions = [letters(block.caption) for block in blocks_of(sample(), Table | Figure)]
    assert [letters(node.text) for node in tree.find("Caption")] == captions
    assert [node.text for node in tree.find("Title")] == [sample().title]


def test_headings_of_columns_have_a_scope(tree):
    for table in tree.find("Table"):
        assert {str(cell.element.A[0].Scope) for cell in table.find("TH")} == {"/Column"}
        assert table.find("THead")[0].find("TR")[0] is table.find("TR")[0]


def test_the_picture_has_its_alternative(tree):
    alternatives = [str(node.element.Alt) for node in tree.find("Figure") if "/Alt" in node.element]
    assert alternatives == [figure.alt for figure in blocks_of(sample(), Figure)]


def test_it_is_tagged_archivable_and_accessible(pdf):
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "nl"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    metadata = pdf.open_metadata()
    assert metadata["dc:title"] == sample().title
    assert metadata["dc:creator"] == [sample().author]
    assert metadata["dc:description"] == sample().subject
    assert metadata["dc:language"] == {"nl"}
    assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
    assert metadata["pdfuaid:part"] == "1"
    assert metadata["xmp:CreateDate"] == "2021-11-23T09:30:00+00:00"
    assert all("/FontFile" in str(font.keys()) for font in descriptors(pdf))
    assert {str(font.FontName).split("+")[1].split("-")[0] for font in descriptors(pdf)} <= {
        "LibertinusSerif",
        "DejaVuSansMono",
        "NewCMMath",
        "NewCM10",
    }


def descriptors(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/FontName" in o]
    assert fonts
    return fonts


def test_the_bookmarks_are_the_headings(pdf):
    with pdf.open_outline() as outline:
        top = [(item.title, [child.title for child in item.children]) for item in outline.root]
    assert ("Prioriteit 1: Veilige woon- en leefomgeving", ["Woninginbraken"]) in top
    assert [title for title, _ in top][-1] == "Verantwoording"


def test_pages_are_a4_and_lie_on_their_side_for_wide_tables(pdf):
    sizes = [tuple(round(float(x)) for x in page.mediabox[2:]) for page in pdf.pages]
    assert set(sizes) == {(595, 842), (842, 595)}
    assert sizes[0] == (595, 842)
    texts = ["".join(page_texts(page).values()) for page in pdf.pages]
    with_table = [size for text, size in zip(texts, sizes, strict=True) if "Toelichting" in text]
    assert with_table and set(with_table) == {(842, 595)}


def test_the_heading_row_and_the_page_numbers_stand_on_every_page(pdf):
    count = len(pdf.pages)
    for number, page in enumerate(pdf.pages, start=1):
        assert f"Pagina {number} van {count}" in artifact_texts(page)
    repeated = [page for page in pdf.pages if "CodeIndicatorBron" in artifact_texts(page)]
    assert len(repeated) >= 2  # of the long table: its first heading row is content, the next are repetitions


def test_every_page_says_what_it_is_and_the_document_says_it_once(pdf, marked, tree):
    draft = pikepdf.open(io.BytesIO(marked))
    for page in draft.pages:
        assert "CONCEPT" in artifact_texts(page)
        assert "OEFENGEMEENTE – verzonnen cijfers" in artifact_texts(page)
    read = [node.text for node in read_tree(draft).find("P")]
    assert read.count("CONCEPT") == read.count("OEFENGEMEENTE – verzonnen cijfers") == 1
    for page in pdf.pages:
        assert "CONCEPT" not in artifact_texts(page) and "OEFENGEMEENTE" not in artifact_texts(page)
    assert "CONCEPT" not in tree.text


def test_a_status_is_a_sign_for_the_eye_and_a_word_for_all(pdf, tree):
    signs = "".join(artifact_texts(page) for page in pdf.pages)
    assert all(sign in signs for sign in "✓▲✗")
    assert not any(sign in tree.text for sign in "✓▲✗")


def test_same_document_same_bytes(plain, marked):
    assert raw(sample()) == plain
    assert raw(sample(draft=True, practice=True)) == marked
    assert raw(sample(title="Andere titel")) != plain


@pytest.mark.parametrize("text", [*HOSTILE, BROKEN, "日本 😀 ☝️ \ue000 \u0378", "1. een", "= kop"])
def test_hostile_text_in_every_place(text):
    table = Table(text, (Column(text, kind="heading"),), ((Cell(text),),), footnotes=(text,))
    blocks = (Paragraph(text), List((text,)), Notice(text), Figure(SVG, text, text), table)
    document = sample(
        title=text, subtitle=text, organisation=text, author=text, subject=text, keywords=(text,), draft=True
    )
    document = replace(document, details=((text, text),), sections=(Section(text, 1, blocks),))
    result = pikepdf.open(io.BytesIO(raw(document)))
    tree = read_tree(result)
    expected = letters(displayable(document.title))
    for tag in ("Title", "H1", "P", "LBody", "Caption", "TH"):
        assert expected in [letters(node.text) for node in tree.find(tag)]
    assert letters(displayable(Cell(text).text)) in [letters(node.text) for node in tree.find("TD")]


def test_what_has_no_glyph_is_seen_to_be_missing():
    assert displayable("日本 é ✓") == "\ufffd\ufffd é ✓"
    assert displayable("e\u0301") == "é"
    assert displayable("😀\ufe0f") == "\ufffd"


def test_the_fonts_show_all_that_is_let_through():
    letters_shown = [chr(code) for code in range(0x20, 0x10000) if re.match(f"[{DISPLAYABLE}]", chr(code))]
    letters_shown = [letter for letter in letters_shown if unicodedata.normalize("NFC", letter) == letter]
    assert len(letters_shown) > 2800
    lines = tuple(" ".join(letters_shown[i : i + 80]) for i in range(0, len(letters_shown), 80))
    marks = "".join(f"a{mark}1{mark}א{mark} " for mark in map(chr, range(0x300, 0x370)))
    assert raw(sample(sections=(Section("Letters", 1, (List(lines), Paragraph(marks))),), data=None))


def test_a_warning_is_a_refusal_and_leaves_nothing_behind(monkeypatch):
    warning = SimpleNamespace(message="unknown font family")
    compiler = SimpleNamespace(compile_with_warnings=lambda **_: (b"%PDF", [warning]))
    monkeypatch.setattr(writer, "_compiler", lambda: compiler)
    stream = io.BytesIO()
    with pytest.raises(CannotTypeset, match="unknown font family"):
        writer.write(sample(), stream)
    assert stream.getvalue() == b""


def test_a_broken_picture_is_refused():
    broken = Section("Beeld", 1, (Figure("<svg", "een beeld"),))
    with pytest.raises(CannotTypeset):
        raw(sample(sections=(broken,)))


def test_a_caption_is_never_left_alone_at_the_foot_of_a_page():
    table = Table("Bijschrift", (Column("Kop"),), tuple((Cell("rij"),) for _ in range(6)))
    for lines in range(36, 44):
        filler = Section("Vulling", 1, (List(("regel",) * lines),))
        written = pikepdf.open(io.BytesIO(raw(sample(sections=(filler, Section("Tabel", 2, (table,)))))))
        for page in written.pages:
            texts = [text for mcid, text in sorted(page_texts(page).items()) if mcid >= 0 and text.strip()]
            assert texts[-1] not in ("Bijschrift", "Tabel", "Kop")


def test_a_table_of_many_pages():
    long = pikepdf.open(io.BytesIO(raw(sample(sections=(Section("Lang", 1, (wide_table(40),)),)))))
    assert len(long.pages) > 20
    assert len(read_tree(long).find("Table")[0].find("TR")) == 1 + 320


def all_kinds_of_tables() -> list[Table]:
    """Return tables of every style that just fit and just do not fit on a page, with every hostile text."""
    texts = [*HOSTILE, "M" * 29, "ii " * 40, "Één regel", "a\nb\nc"]
    columns = (Column("Code", "heading", 4), Column("Wat het is", width=9), Column("Cijfer", "figure", 5))
    cells = [(Cell(text), Cell(f"{text} {text}"), Cell("12", status="at_risk")) for text in texts]
    plain = [(Cell("V1"), Cell("Woninginbraken"), Cell("1.234,5"))]
    rows = [tuple(cells), *(tuple(plain * number) for number in (1, 9, 26, 27, 28, 29, 30, 31, 50, 54))]
    return [Table("Tabel", columns, table_rows, compact=compact) for table_rows in rows for compact in (False, True)]


def test_estimated_heights_of_tables_change_nothing(monkeypatch):
    """The precomputed row heights of a table equal the heights that typst measures."""
    blocks = tuple(all_kinds_of_tables())
    document = sample(sections=(*sample().sections, Section("Alle soorten", 1, blocks), *wide_sections()))
    expected, table_heights = raw(document), writer.table_heights

    def no_estimate(table, size, landscape):
        estimates.append(table_heights(table, size, landscape))
        return None, [None] * (1 + len(table.rows))

    estimates: list = []
    monkeypatch.setattr(writer, "table_heights", no_estimate)
    assert raw(document) == expected
    fits, heights = [fit for fit, _ in estimates], [height for _, rows in estimates for height in rows]
    assert {True, False} <= set(fits) and None in heights and sum(height is not None for height in heights) > 100


def wide_sections() -> tuple[Section, ...]:
    return (Section("Liggend", 1, (wide_table(),)),)


def pages_with(document, *words: str) -> list[set[int]]:
    """Return for each word the pages that have it."""
    texts = ["".join(page_texts(page).values()) for page in pikepdf.open(io.BytesIO(raw(document))).pages]
    return [{number for number, text in enumerate(texts) if word in text} for word in words]


@pytest.mark.parametrize("lines", [24, 30, 36])
def test_a_row_and_a_short_section_stay_on_one_page(lines):
    """The rows and sections start so low on the page that some would break across pages."""
    filler = Section("Vulling", 1, (List(("regel",) * lines),))
    long = "Aaneen " + "woord " * 90 + "Afgelopen"
    some = [Section(f"Deel {number}", 3, (Paragraph(long), Paragraph(f"Slot{number}."))) for number in range(6)]
    document = sample(sections=(filler, Section("Delen", 2), *some))
    begins = pages_with(document, *[f"Deel {number}" for number in range(6)])
    ends = pages_with(document, *[f"Slot{number}." for number in range(6)])
    assert begins == ends and len(set.union(*begins)) > 1

    rows = [(Cell(f"Eerst{n} " + "woord " * 150 + f"Laatst{n}."), Cell("nee")) for n in range(9)]
    table = Section("Tabel", 1, (Table("Rijen", (Column("Wat"), Column("Kort")), tuple(rows)),))
    tops = pages_with(sample(sections=(filler, table)), *[f"Eerst{n} " for n in range(9)])
    feet = pages_with(sample(sections=(filler, table)), *[f"Laatst{n}." for n in range(9)])
    assert tops == feet and len(set.union(*tops)) > 1


def test_a_row_and_a_section_that_are_higher_than_a_page_go_on_over_the_next():
    long = "\n".join(f"regel {number}." for number in range(150))
    table = Section("Tabel", 3, (Table("Rij", (Column("Wat"),), ((Cell(long),),)),))
    section = Section("Tekst", 3, tuple(Paragraph(f"alinea {number}.") for number in range(80)))
    above = (Section("Een", 1), Section("Twee", 2))
    seen = pages_with(sample(sections=(*above, table, section)), "regel 0.", "regel 149.", "alinea 0.", "alinea 79.")
    assert all(seen) and seen[0] != seen[1] and seen[2] != seen[3]
