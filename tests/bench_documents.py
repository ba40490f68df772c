"""Measure the time of each document format in a warm process, compared with LibreOffice converting the same HTML.

Ours: another document has been written before, bitmaps are not cached, and each format is written several times.
LibreOffice: a command for each document, as on a server, with the same text, tables and pictures; the pictures are
separate files, because LibreOffice does not draw inline SVG. Its profile and files are warm. The report has the medians
of processor time, to which the limits apply, and of elapsed time, and the pages and drawings of each PDF.
Run by `make bench-documents`; other load on the machine slows both down.
"""

import gc
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kadernota.settings")

ROUNDS = 5
# Limits: share of the time of LibreOffice; seconds for all formats; additional memory in MB.
SHARES = {"pdf": 0.20, "docx": 0.50, "xlsx": 0.10}
ALL_SECONDS, MEGABYTES = 3.0, 150
OUTPUT = {"pdf": "pdf", "docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
FILTERS = {"pdf": "HTML (StarWriter)", "docx": "HTML (StarWriter)", "xlsx": "HTML (StarCalc)"}


@dataclass
class Ours:
    """Our measurements: (processor, elapsed) seconds for each format, memory in MB, and two of the files."""

    seconds: dict[str, tuple[float, float]]
    memory: float
    html: bytes
    pdf: bytes


def resident() -> float:
    """Return the resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def children_time() -> float:
    """Return the processor time of the finished child processes in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def clear_caches() -> None:
    """Clear all that the writers may have cached of a document."""
    import typst

    from reports.writers import typeset

    typeset.render_png.cache_clear()
    for number in range(12):  # typst caches its work for ten documents
        typst.Compiler(f"leeg {number}".encode(), font_paths=typeset.fonts(), ignore_system_fonts=True).compile()
    gc.collect()


def measure_ours() -> Ours:
    """Measure the practice appendix of 2022, after writing that of 2021."""
    from reports.appendix.load import load_appendix
    from reports.formats import FORMATS
    from tests.cast import load_practice_kadernota

    kadernota = load_practice_kadernota()
    document = load_appendix(kadernota, 2022).document
    before = resident()  # before the libraries are loaded
    for fmt in FORMATS.values():
        fmt.writer(load_appendix(kadernota, 2021).document, BytesIO())
    files: dict[str, bytes] = {}
    seconds: dict[str, tuple[float, float]] = {}
    for key, fmt in FORMATS.items():
        rounds = []
        for _ in range(ROUNDS):
            clear_caches()
            stream, clock, start = BytesIO(), time.perf_counter(), time.process_time()
            fmt.writer(document, stream)
            rounds.append((time.process_time() - start, time.perf_counter() - clock))
            files[key] = stream.getvalue()
        seconds[key] = median(r[0] for r in rounds), median(r[1] for r in rounds)
    memory = max(0.0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3 - before)
    return Ours(seconds, memory, files["html"], files["pdf"])


def extract_pictures(html: bytes, folder: Path) -> str:
    """Write each inline SVG of the page to a file; return the page with references to the files."""

    def reference(match: re.Match[str]) -> str:
        name = f"beeld{len(list(folder.glob('*.svg')))}.svg"
        (folder / name).write_text(match[0], encoding="utf-8")
        width, height = (re.search(rf'\b{side}="([0-9.]+)"', match[0]) for side in ("width", "height"))
        assert width and height
        return f'<img src="{name}" width="{float(width[1]):.0f}" height="{float(height[1]):.0f}" alt="">'

    return re.sub(r"<svg\b.*?</svg>", reference, html.decode(), flags=re.DOTALL)


def measure_office(program: str, html: bytes) -> tuple[dict[str, tuple[float, float]], bytes]:
    """Return the (processor, elapsed) seconds of LibreOffice for each format, and its PDF."""
    seconds = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "document.html"
        source.write_text(extract_pictures(html, folder), encoding="utf-8")

        def convert(kind: str) -> tuple[float, float]:
            target = folder / f"document.{kind}"
            target.unlink(missing_ok=True)
            start, clock = children_time(), time.perf_counter()
            subprocess.run(
                [
                    program,
                    f"-env:UserInstallation=file://{folder}/profiel",
                    "--headless",
                    f"--infilter={FILTERS[kind]}",
                    "--convert-to",
                    OUTPUT[kind],
                    "--outdir",
                    name,
                    str(source),
                ],
                check=True,
                capture_output=True,
                timeout=300,
            )
            if not target.is_file():
                raise RuntimeError(f"LibreOffice made no {kind}")
            return children_time() - start, time.perf_counter() - clock

        for kind in SHARES:
            convert(kind)  # creates its profile and warms its files
            rounds = [convert(kind) for _ in range(ROUNDS)]
            seconds[kind] = median(r[0] for r in rounds), median(r[1] for r in rounds)
        return seconds, (folder / "document.pdf").read_bytes()


def contents_of(pdf: bytes) -> str:
    """Describe a PDF: its pages, how many of them have a curve (only pictures do), and its size."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as opened:
        drawn = 0
        for page in opened.pages:
            forms = [form for form in page.obj.Resources.get("/XObject", {}).values() if form.Subtype == "/Form"]
            operators = (str(item.operator) for part in (page, *forms) for item in pikepdf.parse_content_stream(part))
            drawn += any(operator in ("c", "v", "y") for operator in operators)
        return f"{len(opened.pages)} bladzijden, {drawn} met een tekening, {len(pdf) // 1000} kB"


def report(ours: Ours, office: dict[str, tuple[float, float]]) -> bool:
    """Print the table; return whether every limit was met."""
    met = True
    print(f"mediaan van {ROUNDS}, in seconden: processortijd (en op de klok)")
    print(f"{'formaat':8} {'ons':>15} {'LibreOffice':>15} {'deel':>7} {'op de klok':>11} {'hoogstens':>10}")
    for key, (own, clock) in ours.seconds.items():
        line = f"{key:8} {own:7.3f} ({clock:.3f})"
        if key in office:
            theirs, their_clock = office[key]
            line += f" {theirs:7.2f} ({their_clock:5.2f}) {own / theirs:7.1%} {clock / their_clock:11.1%} "
            line += f"{SHARES[key]:10.0%}"
            met = met and own <= theirs * SHARES[key]
        print(line)
    whole = sum(own for own, _ in ours.seconds.values())
    print(
        f"alle formaten samen {whole:.2f} s (hoogstens {ALL_SECONDS:.0f} s); "
        f"geheugen erbij {ours.memory:.0f} MB (hoogstens {MEGABYTES} MB)"
    )
    return met and whole <= ALL_SECONDS and ours.memory <= MEGABYTES


def in_own_database(work: Callable[[], Ours]) -> Ours:
    """Call `work` with a temporary database."""
    import django
    from django.test.utils import get_runner, setup_test_environment

    django.setup()
    from django.conf import settings

    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        return work()
    finally:
        runner.teardown_databases(databases)


def main() -> int:
    """Measure and report; return 1 when a limit was exceeded."""
    ours = in_own_database(measure_ours)
    program = shutil.which("soffice")
    office: dict[str, tuple[float, float]] = {}
    if program is None:
        print(
            "soffice (LibreOffice Writer en Calc) staat niet op het pad: daarmee is niet vergeleken.", file=sys.stderr
        )
    else:
        office, pdf = measure_office(program, ours.html)
        print(f"PDF van ons: {contents_of(ours.pdf)}; van LibreOffice: {contents_of(pdf)}")
    return 0 if report(ours, office) else 1


if __name__ == "__main__":
    sys.exit(main())
