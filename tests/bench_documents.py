"""How much time each format of a document takes in a warm process, beside LibreOffice making the same of HTML.

Ours: another document has been made before, no picture is kept, and each format is made several times. LibreOffice: as
a server uses it, a command for each document, with the same text, tables and pictures; these are files beside the
HTML, because it draws no SVG that is inside. Its profile and its files are warm. Shown are the medians, in processor
time, which the limits are of, and on the clock, and how many pages and drawings each PDF has.
Run by `make bench-documents`; other work on the machine makes both slower.
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

TIMES = 5
# Of LibreOffice's time, at most this share; the whole in seconds; above what the process had, in MB.
SHARES = {"pdf": 0.20, "docx": 0.50, "xlsx": 0.10}
ALL_SECONDS, MEGABYTES = 3.0, 150
OUTPUT = {"pdf": "pdf", "docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
FILTERS = {"pdf": "HTML (StarWriter)", "docx": "HTML (StarWriter)", "xlsx": "HTML (StarCalc)"}


@dataclass
class Ours:
    """What was measured of us: (processor, clock) for each format, MB, and two of the files."""

    seconds: dict[str, tuple[float, float]]
    memory: float
    html: bytes
    pdf: bytes


def resident() -> float:
    """The memory that this process has now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def children() -> float:
    """The processor time of the programs that this process started, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def forget() -> None:
    """Let go of all that the writers may have kept of a document."""
    import typst

    from reports.writers import typeset

    typeset._as_png.cache_clear()
    for number in range(12):  # typst keeps its work for ten documents
        typst.Compiler(f"leeg {number}".encode(), font_paths=typeset.fonts(), ignore_system_fonts=True).compile()
    gc.collect()


def measure_ours() -> Ours:
    """The practice appendix of 2022, after that of 2021."""
    from reports.appendix.load import load_appendix
    from reports.formats import FORMATS
    from tests.cast import load_practice_kadernota

    kadernota = load_practice_kadernota()
    document = load_appendix(kadernota, 2022).document
    before = resident()  # a server that has made no document yet, so with no library loaded for it
    # As a server has it: every format of another document has been made before.
    for fmt in FORMATS.values():
        fmt.writer(load_appendix(kadernota, 2021).document, BytesIO())
    made: dict[str, bytes] = {}
    seconds: dict[str, tuple[float, float]] = {}
    for key, fmt in FORMATS.items():
        rounds = []
        for _ in range(TIMES):
            forget()
            stream, clock, start = BytesIO(), time.perf_counter(), time.process_time()
            fmt.writer(document, stream)
            rounds.append((time.process_time() - start, time.perf_counter() - clock))
            made[key] = stream.getvalue()
        seconds[key] = median(r[0] for r in rounds), median(r[1] for r in rounds)
    memory = max(0.0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3 - before)
    return Ours(seconds, memory, made["html"], made["pdf"])


def put_pictures_beside(html: bytes, folder: Path) -> str:
    """The page with each drawing as a file beside it."""

    def outside(found: re.Match[str]) -> str:
        name = f"beeld{len(list(folder.glob('*.svg')))}.svg"
        (folder / name).write_text(found[0], encoding="utf-8")
        wide, high = (re.search(rf'\b{side}="([0-9.]+)"', found[0]) for side in ("width", "height"))
        assert wide and high
        return f'<img src="{name}" width="{float(wide[1]):.0f}" height="{float(high[1]):.0f}" alt="">'

    return re.sub(r"<svg\b.*?</svg>", outside, html.decode(), flags=re.DOTALL)


def measure_office(program: str, html: bytes) -> tuple[dict[str, tuple[float, float]], bytes]:
    """Seconds (processor, clock) that LibreOffice takes for a document, and the PDF that it makes."""
    seconds = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "document.html"
        source.write_text(put_pictures_beside(html, folder), encoding="utf-8")

        def convert(kind: str) -> tuple[float, float]:
            target = folder / f"document.{kind}"
            target.unlink(missing_ok=True)
            start, clock = children(), time.perf_counter()
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
            return children() - start, time.perf_counter() - clock

        for kind in SHARES:
            convert(kind)  # makes its profile, and has its files in memory
            rounds = [convert(kind) for _ in range(TIMES)]
            seconds[kind] = median(r[0] for r in rounds), median(r[1] for r in rounds)
        return seconds, (folder / "document.pdf").read_bytes()


def contents_of(pdf: bytes) -> str:
    """How many pages a PDF has, and on how many there is a curve: pictures have those, tables do not."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as opened:
        drawn = 0
        for page in opened.pages:
            forms = [form for form in page.obj.Resources.get("/XObject", {}).values() if form.Subtype == "/Form"]
            operators = (str(item.operator) for part in (page, *forms) for item in pikepdf.parse_content_stream(part))
            drawn += any(operator in ("c", "v", "y") for operator in operators)
        return f"{len(opened.pages)} bladzijden, {drawn} met een tekening, {len(pdf) // 1000} kB"


def report(ours: Ours, office: dict[str, tuple[float, float]]) -> bool:
    """Print the table; tells whether every limit was kept."""
    kept = True
    print(f"mediaan van {TIMES}, in seconden: processortijd (en op de klok)")
    print(f"{'formaat':8} {'ons':>15} {'LibreOffice':>15} {'deel':>7} {'op de klok':>11} {'hoogstens':>10}")
    for key, (own, clock) in ours.seconds.items():
        line = f"{key:8} {own:7.3f} ({clock:.3f})"
        if key in office:
            other, other_clock = office[key]
            line += f" {other:7.2f} ({other_clock:5.2f}) {own / other:7.1%} {clock / other_clock:11.1%} "
            line += f"{SHARES[key]:10.0%}"
            kept = kept and own <= other * SHARES[key]
        print(line)
    whole = sum(own for own, _ in ours.seconds.values())
    print(
        f"alle formaten samen {whole:.2f} s (hoogstens {ALL_SECONDS:.0f} s); "
        f"geheugen erbij {ours.memory:.0f} MB (hoogstens {MEGABYTES} MB)"
    )
    return kept and whole <= ALL_SECONDS and ours.memory <= MEGABYTES


def in_own_database(work: Callable[[], Ours]) -> Ours:
    """Do the work in a database of its own, that is gone afterwards."""
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
    """Measure, print, and say with the exit code whether the limits were kept."""
    ours = in_own_database(measure_ours)
    program = shutil.which("soffice")
    office: dict[str, tuple[float, float]] = {}
    if program is None:
        print(
            "soffice (LibreOffice Writer en Calc) staat niet op het pad: daarmee is niet vergeleken.", file=sys.stderr
        )
    else:
        office, made = measure_office(program, ours.html)
        print(f"PDF van ons: {contents_of(ours.pdf)}; van LibreOffice: {contents_of(made)}")
    return 0 if report(ours, office) else 1


if __name__ == "__main__":
    sys.exit(main())
