"""Files of another format, damaged, locked or hostile: each is refused with a sentence, in little time and memory."""

import io
import random
import resource
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from odfdo import Document

from indicators.intake.sheets import SheetRefused, read_sheet
from tests.intake.sheet_files import (
    CONTENT_TYPES,
    HEAD,
    HEAD_ROW,
    MAIN,
    ODS_HEAD,
    ODS_NAMES,
    STRINGS,
    WORKBOOK,
    ods_row,
    raw_ods,
    raw_xlsx,
    refusal,
    replaced,
    xlsx,
    zipped,
)

pytestmark = pytest.mark.engine_free

GOOD_XLSX = xlsx([HEAD, ["V1", 2022, 6.2]])
GOOD_ODS = raw_ods(ODS_HEAD + ods_row("V1", "2022", "6,2"))
GOOD_CSV = b"indicator;jaar;meting\nV1;2022;6,2\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
ENCRYPTED = f"<manifest:manifest {ODS_NAMES}><manifest:encryption-data/></manifest:manifest>"


def odfdo_bytes(kind):
    buffer = io.BytesIO()
    Document(kind).save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"%PDF-1.7\n", "lijkt op een PDF"),
        ("a.csv", b"%PDF-1.7\n", "lijkt op een PDF"),
        ("a.xlsx", b"\xff\xd8\xff\xe0\0\x10JFIF", "lijkt op een foto (JPG)"),
        ("a.xlsx", b"<html><table><tr><td>1</td></tr></table>", "webpagina"),
        ("a.ods", b"\xef\xbb\xbf<?xml version='1.0'?><office:document/>", "XML-bestand"),
        ("a.csv", GOOD_XLSX, "Excel-werkmap (.xlsx), maar de naam eindigt op .csv"),
        ("a.ods", GOOD_XLSX, "Excel-werkmap (.xlsx), maar de naam eindigt op .ods"),
        ("a.xlsx", GOOD_ODS, "ODS-werkblad (.ods), maar de naam eindigt op .xlsx"),
        ("a.xlsx", GOOD_CSV, "tekstbestand (CSV), maar de naam eindigt op .xlsx"),
        ("cijfers", GOOD_CSV, "de naam heeft geen uitgang"),
        ("a.ods", odfdo_bytes("spreadsheet"), "Er staat niets"),
        ("a.ods", odfdo_bytes("text"), "een tekstdocument, geen werkblad"),
        ("a.ods", odfdo_bytes("presentation"), "een ander soort OpenDocument"),
        ("a.xlsx", zipped({"[Content_Types].xml": "<Types>wordprocessingml</Types>"}), "een Word-document"),
        ("a.xlsb", zipped({"[Content_Types].xml": "<Types>sheet.binary.macroEnabled</Types>"}), "binaire"),
        ("a.xlsx", zipped({"foto.jpg": b"\xff\xd8"}), "ingepakt bestand (ZIP)"),
        ("a.xlsm", GOOD_XLSX, "macro"),
        ("a.xlsx", replaced(GOOD_XLSX, xl__x=b""), "kan niet worden gelezen"),
        ("a.xlsx", zipped({"[Content_Types].xml": CONTENT_TYPES, "xl/vbaProject.bin": b""}), "macro"),
        ("a.xlsx", zipped({"[Content_Types].xml": "<Types>macroEnabled.main+xml</Types>"}), "macro"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "met een wachtwoord beveiligd"),
        ("a.xls", OLE + "Workbook\0".encode("utf-16-le"), "oude versie van Excel"),
        ("a.xlsx", OLE + "WordDocument\0".encode("utf-16-le"), "oud Office-bestand"),
        ("a.ods", replaced(GOOD_ODS, **{"META-INF__manifest": ENCRYPTED}), "met een wachtwoord beveiligd"),
        ("a.ods", zipped({"mimetype": "", "encrypted-package": b"x"}), "met een wachtwoord beveiligd"),
        ("a.xlsx", GOOD_XLSX[: len(GOOD_XLSX) // 2], "niet helemaal overgekomen"),
        ("a.xlsx", bytes(range(256)), "kan niet worden gelezen"),
        ("a.xlsx", replaced(GOOD_XLSX, xl__workbook=b"<workbook"), "kan niet worden gelezen"),
        (
            "a.xlsx",
            replaced(GOOD_XLSX, xl__styles=f'<styleSheet {MAIN}><cellXfs><xf numFmtId="x"/></cellXfs></styleSheet>'),
            "kan niet worden gelezen",
        ),
        (
            "a.xlsx",
            replaced(GOOD_XLSX, xl__workbook=b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'),
            "Strict Open XML",
        ),
        ("a.ods", replaced(GOOD_ODS, content=b"<a>"), "kan niet worden gelezen"),
        ("a.ods", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "kan niet worden gelezen"),
        ("a.csv", b"x" * 5_000_001, "groter dan 5 MB"),
    ],
)
def test_file_that_is_something_else_says_what_it_looks_like(name, content, sentence):
    assert sentence in refusal(name, content)


def patched(content, changes):
    """Return the ZIP with fields of every directory entry overwritten: offset in the entry, format, value."""
    changed = bytearray(content)
    at = 0
    while (at := changed.find(b"PK\x01\x02", at)) >= 0:
        for offset, form, value in changes:
            struct.pack_into(form, changed, at + offset, value)
        at += 4
    return bytes(changed)


def with_entries(count):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for number in range(count):
            package.writestr(f"{number:x}", "")
    return buffer.getvalue()


def twice():
    with pytest.warns(UserWarning, match="Duplicate name"):
        buffer = io.BytesIO(GOOD_XLSX)
        with zipfile.ZipFile(buffer, "a") as package:
            package.writestr("xl/workbook.xml", "<workbook/>")
    return buffer.getvalue()


def incompressible(inside):
    """Return a part that stays below the ratio: hexadecimal digits in comments."""
    noise = "".join(f"<!--{random.Random(number).getrandbits(256):x}-->" for number in range(4_000))
    return inside + noise


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
TWO_SHEETS = WORKBOOK.replace("</sheets>", '<sheet name="Blad2" sheetId="2" r:id="r1"/></sheets>')


def test_zip_directory_is_weighed_and_not_believed():
    assert "te veel onderdelen" in refusal("a.xlsx", with_entries(201))
    assert "wachtwoord" in refusal("a.xlsx", patched(GOOD_XLSX, [(8, "<H", 1)]))
    assert "na uitpakken te groot" in refusal("a.xlsx", patched(GOOD_XLSX, [(24, "<I", 60_000_000)]))
    assert "kan niet worden gelezen" in refusal("a.xlsx", patched(GOOD_XLSX, [(24, "<I", 10)]))
    assert "kan niet worden gelezen" in refusal("a.xlsx", patched(GOOD_XLSX, [(10, "<H", 12)]))
    assert "kan niet worden gelezen" in refusal("a.xlsx", twice())


def test_doctype_and_entities_are_refused_in_every_part():
    assert "DOCTYPE" in refusal("a.xlsx", raw_xlsx(HEAD_ROW, strings=LAUGHS + STRINGS.replace("jaar", "&b;")))
    assert "DOCTYPE" in refusal("a.xlsx", replaced(GOOD_XLSX, xl__styles=lambda part: LAUGHS.encode() + part))
    assert "DOCTYPE" in refusal("a.ods", replaced(GOOD_ODS, content=lambda part: LAUGHS.encode() + part))
    assert "kan niet worden gelezen" in refusal("a.ods", replaced(GOOD_ODS, content=lambda p: p.replace(b"V1", b"&b;")))


def test_one_text_of_countless_pieces_is_refused():
    assert "wisselende opmaak" in refusal(
        "a.xlsx", raw_xlsx(HEAD_ROW, strings=f"<sst {MAIN}><si>{RUN * 600}</si></sst>")
    )


def test_one_part_for_several_sheets_is_refused():
    assert "kan niet worden gelezen" in refusal("a.xlsx", replaced(raw_xlsx(HEAD_ROW), xl__workbook=TWO_SHEETS))


RUN = "<r><rPr><b/></rPr><t>x</t></r>"
XF = '<xf numFmtId="9"/>'
# Each just inside the limits that come before it, so that the last one is what stops it, or nothing has to.
BOMBS = {
    "zeros.xlsx": lambda: raw_xlsx("\0" * 59_000_000),
    "empty rows.xlsx": lambda: raw_xlsx(HEAD_ROW + "<row/>" * 690_000),
    "empty rows, below the ratio.xlsx": lambda: raw_xlsx(incompressible(HEAD_ROW + "<row/>" * 690_000)),
    "text in place.xlsx": lambda: raw_xlsx(
        HEAD_ROW + ("<row>" + '<c t="inlineStr"><is><t>x</t></is></c>' * 40 + "</row>") * 5700
    ),
    "runs in cells.xlsx": lambda: raw_xlsx(
        HEAD_ROW + ('<row><c t="inlineStr"><is>' + RUN * 490 + "</is></c></row>") * 350
    ),
    "runs in texts.xlsx": lambda: raw_xlsx(
        HEAD_ROW, strings=STRINGS.replace("</sst>", f"<si>{RUN * 490}</si>" * 99 + "</sst>")
    ),
    "styles.xlsx": lambda: raw_xlsx(
        HEAD_ROW, styles=f"<styleSheet {MAIN}><cellXfs>{XF * 49_000}</cellXfs></styleSheet>"
    ),
    "full.xlsx": lambda: raw_xlsx(HEAD_ROW + ("<row>" + "<c><v>123.25</v></c>" * 60 + "</row>") * 5000),
    "far row.xlsx": lambda: raw_xlsx(
        HEAD_ROW + '<row r="199000"><c r="A199000"><v>1</v></c></row>', before='<dimension ref="A1:XFD1048576"/>'
    ),
    "wide texts.xlsx": lambda: raw_xlsx(
        HEAD_ROW, strings=STRINGS.replace("</sst>", f"<si><t>\U0001f600{'abcdefghi ' * 9_900}</t></si>" * 99 + "</sst>")
    ),
    "white space.xlsx": lambda: raw_xlsx(incompressible(HEAD_ROW + ("\n" * 90_000 + "<row/>") * 105)),
    "long attribute.xlsx": lambda: raw_xlsx(incompressible(HEAD_ROW + '<row a="' + "x" * 50_000_000 + '"/>')),
    "deep.xlsx": lambda: raw_xlsx(incompressible("<a>" * 300_000 + "</a>" * 300_000)),
    "entries.xlsx": lambda: with_entries(55_000),
    "full.ods": lambda: raw_ods(
        ODS_HEAD
        + ods_row(
            *['<table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell>']
            * 60
        )
        * 5000
    ),
    "covered.ods": lambda: raw_ods(
        ODS_HEAD + ("<table:table-row>" + "<table:covered-table-cell/>" * 680 + "</table:table-row>") * 1000
    ),
    "rows of rows.ods": lambda: raw_ods(
        ODS_HEAD
        + '<table:table-row table:number-rows-repeated="999999999999"><table:table-cell/></table:table-row>' * 90_000
    ),
    "lines.csv": lambda: b"indicator;jaar;meting\n" + b"\n" * 4_900_000,
    "columns.csv": lambda: b";" * 4_900_000,
    "quotes.csv": lambda: b"indicator;jaar;meting\n" + b'"' * 4_900_000,
}
READ_ALONE = """
import sys
from indicators.intake.sheets import SheetRefused, read_sheet
try:
    read_sheet(sys.argv[1], open(sys.argv[2], "rb").read())
except SheetRefused as refused:
    print(refused)
# Not ru_maxrss: a child inherits that of the process that started it.
print(next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_stays_within_twenty_seconds_and_300_megabytes(name, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(BOMBS[name]())
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(
        [sys.executable, "-c", READ_ALONE, name, str(path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert run.returncode == 0, run.stderr
    *sentence, megabytes = run.stdout.splitlines()
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name}: {path.stat().st_size} bytes, {seconds:.1f} s, {megabytes} MB, {sentence}")
    assert seconds < 20
    assert int(megabytes) < 300


def test_without_our_limits_entities_do_bite_in_openpyxl():
    """Negative control: the parser that openpyxl uses for sheets expands entities, so refusing them matters."""
    cell = '<c t="inlineStr"><is><t>&b;</t></is></c>'
    part = f'<!DOCTYPE x [<!ENTITY b "V1">]><worksheet {MAIN}><sheetData><row>{cell}</row></sheetData></worksheet>'
    content = replaced(raw_xlsx(""), xl__worksheets__sheet1=part)
    with pytest.warns(UserWarning, match="style"):
        book = openpyxl.load_workbook(io.BytesIO(replaced(content, xl__styles=f"<styleSheet {MAIN}/>")), read_only=True)
    assert next(book.worksheets[0].iter_rows(values_only=True)) == ("V1",)


def attempt(name, content):
    try:
        return read_sheet(name, content)
    except SheetRefused as refused:
        assert refused.why and refused.advice
        return None


NAMES = st.sampled_from(["a.csv", "a.xlsx", "a.ods"])
BEGINNINGS = st.sampled_from([b"", b"PK\x03\x04", OLE, b"\xff\xfe", b"\xef\xbb\xbf", b"indicator;jaar;meting\n"])


@given(NAMES, BEGINNINGS, st.binary(max_size=2000))
@example("a.xlsx", b"PK\x05\x06", b"\0" * 18)
def test_any_bytes_are_read_or_refused(name, beginning, content):
    attempt(name, beginning + content)


@given(st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_damage_inside_a_package_is_read_or_refused(data):
    name, good = data.draw(
        st.sampled_from([("a.xlsx", GOOD_XLSX), ("a.ods", GOOD_ODS), ("a.xlsx", raw_xlsx(HEAD_ROW))])
    )
    with zipfile.ZipFile(io.BytesIO(good)) as package:
        parts = {entry: package.read(entry) for entry in package.namelist()}
    part = data.draw(st.sampled_from(sorted(parts)))
    if data.draw(st.booleans()):
        tokens = parts[part].replace(b"<", b"\0<").replace(b' "', b'\0"').replace(b'"', b'\0"').split(b"\0")
        at = data.draw(st.integers(0, len(tokens) - 1))
        tokens[at] = data.draw(
            st.sampled_from([b"", b'"', b'"-1', b'"99999999999', tokens[at] * 2, b"<x>", b"<x/>", b'"x'])
        )
        parts[part] = b"".join(tokens)
    else:
        at, length = data.draw(st.integers(0, len(parts[part]))), data.draw(st.integers(0, 20))
        parts[part] = parts[part][:at] + data.draw(st.binary(max_size=10)) + parts[part][at + length :]
    attempt(name, zipped(parts))


@given(st.integers(0, len(GOOD_XLSX) - 1), st.integers(0, 255))
def test_any_changed_byte_of_a_package_is_read_or_refused(at, byte):
    attempt("a.xlsx", GOOD_XLSX[:at] + bytes([byte]) + GOOD_XLSX[at + 1 :])
