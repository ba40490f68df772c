"""The document model: cleaning, validation, and the registry of formats."""

import subprocess
import sys
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from datetime import datetime
from decimal import Decimal

import pytest

from reports.document import (
    STATUS_SYMBOLS,
    Cell,
    Column,
    Document,
    Figure,
    List,
    Notice,
    Paragraph,
    Section,
    Table,
    clean_line,
    clean_text,
)
from reports.formats import FORMATS, get_format
from tests.reports.writers_sample import BROKEN, BROKEN_CLEANED, HOSTILE, SVG, sample, wide_table

pytestmark = pytest.mark.engine_free

ONE = (Column("Kop"),)


def test_text_loses_only_what_no_file_can_hold():
    assert clean_text(BROKEN) == BROKEN_CLEANED
    assert clean_text("a\r\nb\rc\x0bd\x0ce\u2028f") == "a\nb\nc\nd\ne\nf"
    assert clean_text("twee\tkolommen, é, 日本, 😀, \u00a0, \u00ad") == "twee\tkolommen, é, 日本, 😀, \u00a0, \u00ad"
    for text in HOSTILE:
        assert clean_text(text) == text


@pytest.mark.parametrize("codepoint", [0x00, 0x0B, 0x1F, 0x7F, 0x9B, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x202E, 0xE0041])
def test_each_kind_of_invalid_character_goes(codepoint):
    assert clean_text(f"1{chr(codepoint)}2") in ("12", "1\n2")


def test_titles_are_one_line():
    assert clean_line(" Een\r\n\ttitel \x00") == "Een titel"
    assert clean_line("1\u00a0177 inwoners") == "1\u00a0177 inwoners"


def texts_of(value: object) -> list[str]:
    """Return every string in a tree of dataclasses and tuples."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in texts_of(item)]
    if is_dataclass(value):
        return [text for item in fields(value) for text in texts_of(getattr(value, item.name))]
    return []


def test_no_text_field_of_any_object_escapes_cleaning():
    dirty = "x\x00y\ud800\ufffe"
    table = Table(dirty, (Column(dirty),), ((Cell(dirty),),), footnotes=(dirty,), name=dirty)
    blocks = (Paragraph(dirty), List((dirty,)), Notice(dirty), Figure(SVG + dirty, dirty, dirty), table)
    document = sample(
        title=dirty,
        subtitle=dirty,
        organisation=dirty,
        author=dirty,
        subject=dirty,
        keywords=(dirty,),
        details=((dirty, dirty),),
        sections=(Section(dirty, 1, blocks),),
        data=table,
    )
    texts = texts_of(document)
    assert len([text for text in texts if text.endswith("xy")]) == 25
    assert not [text for text in texts if "\x00" in text or "\ud800" in text or "\ufffe" in text]


def test_everything_is_frozen():
    with pytest.raises(FrozenInstanceError):
        sample().title = "anders"
    with pytest.raises(FrozenInstanceError):
        Cell("1").text = "2"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Cell("1", number=1, decimals=0),
        lambda: Cell("0,1", number=0.1, decimals=1),
        lambda: Cell("NaN", number=Decimal("NaN"), decimals=0),
        lambda: Cell("1", number=Decimal(1)),
        lambda: Cell("Op koers", status="green"),
        lambda: Column("Kop", kind="number"),
        lambda: Column("Kop", align="justify"),
        lambda: Column("Kop", width=0),
        lambda: Table("Leeg", (), ()),
        lambda: Table("Scheef", ONE, ((Cell("1"), Cell("2")),)),
        lambda: Table("Twee", (Column("A", kind="heading"), Column("B", kind="heading")), ()),
        lambda: Figure(SVG, ""),
        lambda: Figure(SVG, "\x00"),
        lambda: Section("", 1),
        lambda: Section("Te diep", 4),
        lambda: sample(title=" \n "),
        lambda: sample(created=datetime(2021, 1, 1)),
        lambda: sample(sections=(Section("Eerst", 2),)),
        lambda: sample(sections=(Section("Eerst", 1), Section("Dan", 3))),
    ],
)
def test_what_cannot_be_written_well_is_refused(make):
    with pytest.raises(ValueError):
        make()


def test_an_empty_document_needs_only_its_name():
    created = sample().created
    document = Document(title="Titel", organisation="Gemeente", created=created, sections=())
    assert (document.marks, document.data, list(document.page_runs())) == ((), None, [])


def test_marks_and_page_runs():
    assert sample(draft=True, practice=True).marks == ("CONCEPT", "OEFENGEMEENTE – verzonnen cijfers")
    assert [(landscape, len(run)) for landscape, run in sample().page_runs()] == [
        (False, 2),
        (True, 1),
        (False, 1),
        (True, 1),
        (False, 1),
    ]
    assert not replace(wide_table(), columns=ONE, rows=()).wide


def test_a_cell_knows_how_its_number_is_written():
    assert Cell("6,25", number=Decimal("6.25"), decimals=1).places == 2
    assert Cell("10,0", number=Decimal("1E+1"), decimals=1).places == 1
    assert Cell("pm").places == 0


def test_every_status_has_a_symbol_of_its_own():
    assert len(set(STATUS_SYMBOLS.values())) == len(STATUS_SYMBOLS) == 7
    assert Cell("Op koers", status="on_track").symbol == "✓"
    assert Cell("Op koers").symbol == ""


def test_the_registry_names_formats_and_finds_their_writers():
    assert list(FORMATS) == ["odt", "ods", "pdf", "docx", "xlsx", "csv", "html"]
    for key, fmt in FORMATS.items():
        assert get_format(key) is fmt
        assert fmt.extension and fmt.name and "/" in fmt.media_type
        assert fmt.writer.__module__ == f"reports.writers.{key}"
    with pytest.raises(KeyError):
        get_format("exe")


def test_naming_the_formats_loads_no_library():
    code = (
        "import sys, reports.formats as f; f.get_format('pdf').name; "
        "print([m for m in ('typst', 'docx', 'xlsxwriter', 'lxml', 'django') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
