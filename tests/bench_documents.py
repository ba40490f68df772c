"""How much time each format of a document takes in a warm process, beside LibreOffice making the same of HTML.

The document that is measured is another one than that which warmed up, and LibreOffice makes
several copies in one run. Shown is its time as a command, which the limits are of, and once it has started. All in
processor time: what else the machine does is no matter.
Run by `make bench-documents`.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kadernota.settings")

COPIES = 6
# Of LibreOffice's time, at most this share; the whole in seconds; above what the process had, in MB.
SHARES = {"pdf": 0.10, "docx": 0.25, "xlsx": 0.03}
ALL_SECONDS, MEGABYTES = 3.0, 150
OUTPUT = {"pdf": "pdf", "docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
FILTERS = {"pdf": "HTML (StarWriter)", "docx": "HTML (StarWriter)", "xlsx": "HTML (StarCalc)"}


def resident() -> float:
    """The memory that this process has now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def children() -> float:
    """The processor time of the programs that this process started, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure_ours() -> tuple[dict[str, float], float, bytes]:
    """Seconds for each format, MB above what there was, and the document as HTML."""
    from reports.appendix.load import load_appendix
    from reports.formats import FORMATS
    from tests.cast import load_practice_kadernota

    kadernota = load_practice_kadernota()
    # As a server has it: every format of another document has been made before.
    for fmt in FORMATS.values():
        fmt.writer(load_appendix(kadernota, 2021).document, BytesIO())
    before, seconds, html = resident(), {}, b""
    document = load_appendix(kadernota, 2022).document
    for key, fmt in FORMATS.items():
        stream, start = BytesIO(), time.process_time()
        fmt.writer(document, stream)
        seconds[key] = time.process_time() - start
        html = stream.getvalue() if key == "html" else html
    return seconds, max(0.0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3 - before), html


def measure_office(program: str, html: bytes) -> dict[str, tuple[float, float]]:
    """Seconds that LibreOffice takes for one document as a command, and for one more once it runs."""
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        names = [Path(folder) / f"document{number}.html" for number in range(COPIES)]
        for name in names:
            name.write_bytes(html)

        def convert(files: list[Path], kind: str) -> float:
            start = children()
            subprocess.run(
                [program, f"-env:UserInstallation=file://{folder}/profiel", "--headless", f"--infilter={FILTERS[kind]}",
                 "--convert-to", OUTPUT[kind], "--outdir", folder, *map(str, files)],
                check=True, capture_output=True, timeout=300,
            )  # fmt: skip
            if len(list(Path(folder).glob(f"*.{kind}"))) < len(files):
                raise RuntimeError(f"LibreOffice made no {kind}")
            return children() - start

        convert(names[:1], "pdf")  # makes its profile
        for kind in SHARES:
            alone = convert(names[:1], kind)
            seconds[kind] = alone, (convert(names, kind) - alone) / (COPIES - 1)
    return seconds


def report(seconds: dict[str, float], memory: float, office: dict[str, tuple[float, float]]) -> bool:
    """Print the table; tells whether every limit was kept."""
    kept = True
    print(f"{'formaat':8} {'ons (s)':>9} {'LibreOffice (s)':>16} {'deel':>7} "
          f"{'al gestart (s)':>15} {'deel':>7} {'hoogstens':>10}")  # fmt: skip
    for key, own in seconds.items():
        other, limit = office.get(key), SHARES.get(key)
        line = f"{key:8} {own:9.3f}"
        if other and limit:
            alone, warm = other
            line += f" {alone:16.3f} {own / alone:7.1%} {warm:15.3f} {own / warm:7.1%} {limit:10.0%}"
            kept = kept and own <= alone * limit
        print(line)
    whole = sum(seconds.values())
    print(f"alle formaten samen {whole:.2f} s (hoogstens {ALL_SECONDS:.0f} s); "
          f"geheugen erbij {memory:.0f} MB (hoogstens {MEGABYTES} MB)")  # fmt: skip
    return kept and whole <= ALL_SECONDS and memory <= MEGABYTES


def in_own_database(work: Callable[[], tuple[dict[str, float], float, bytes]]) -> tuple[dict[str, float], float, bytes]:
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
    seconds, memory, html = in_own_database(measure_ours)
    program = shutil.which("soffice")
    if program is None:
        print(
            "soffice (LibreOffice Writer en Calc) staat niet op het pad: daarmee is niet vergeleken.", file=sys.stderr
        )
    office = measure_office(program, html) if program else {}
    return 0 if report(seconds, memory, office) else 1


if __name__ == "__main__":
    sys.exit(main())
