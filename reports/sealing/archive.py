"""All sealed files of an edition in one ZIP that can be verified without this application.

It has the chain up to the decision on the edition, a script that recomputes all hashes, and the rules with a script
that judges every figure again. The same code gives the same bytes each time: the ZIP is built from sealed files and
from what decisions fixed, and is not compressed, since most files already are and the output of a compressor differs
between versions.
"""

import csv
import hashlib
import io
import json
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from indicators import domain
from indicators.domain.chain import check_chain, sha256
from indicators.models import Edition, Manifest
from indicators.readmodel.chain_export import export_chain
from indicators.readmodel.proof import first_link_of
from reports.sealing import scripts
from reports.sealing.columns import KEY
from reports.sealing.documents import FIGURES, renderer_digest
from reports.sealing.store import Damaged, SealedFile, bytes_of_all, find_manifest, manifest_text, sealed_files
from reports.writers.csv import as_text

MODIFIED = (1980, 1, 1, 0, 0, 0)  # of every file: the earliest moment that a ZIP can store
CSV_NAME, METADATA_NAME = "cijfers.csv", "cijfers.csv-metadata.json"
CHAIN_NAME, MANIFEST_NAME = "keten.json", "manifest.json"
SCRIPTS = {"controleer.py": "check_archive.py", "oordelen.py": "check_verdicts.py"}
RULES_FOLDER = "domein"
README = """\
{title}
{organisation}, {year}, editie {label}{practice}

Dit archief bevat alle documenten van deze editie, precies zoals zij zijn verzegeld. Zo is jaren later na te gaan wat er
toen lag, en wat er was besloten.

Nagaan of het klopt
-------------------
Pak het archief uit. Nodig is Python (www.python.org), versie 3.9 of nieuwer. Geef in de map het commando
    python3 controleer.py
Het rekent alles na: wat elk besluit vastlegde, of de besluiten op elkaar aansluiten, en elk bestand. Er komt ‘klopt’,
of wat er niet klopt. Iemand kan ook het hele archief hebben vervangen. Dat ziet u door te vergelijken met een
vingerafdruk die eerder is gedrukt: voor op een document, in de feed of op de bladzijde ‘Alle besluiten’.
    python3 controleer.py --expect VINGERAFDRUK
Zo oordeelt u zelf opnieuw over alle cijfers, met de regels in de map domein (Python 3.11 of nieuwer):
    python3 oordelen.py
Beide programma’s zijn kort en te lezen. Zij gebruiken geen internet, en veranderen niets.

Wat erin zit
------------
{files}
{csv:<{width}}  dezelfde cijfers en oordelen als tabel, met komma's ertussen; een lege cel is: geen waarde
{metadata:<{width}}  wat de kolommen betekenen (CSV on the Web)
{rules:<{width}}  de regels waarmee is geoordeeld, versie {version}
{readings:<{width}}  hoe onduidelijke plaatsen in de nota zijn gelezen
{chain:<{width}}  elk besluit tot en met deze editie: wat het vastlegde, en zijn vingerafdruk
{manifest:<{width}}  van elk document: grootte, SHA-256 en waarmee het is gemaakt
{sums:<{width}}  de SHA-256 van elk bestand in deze map; ook na te gaan met sha256sum -c SHA256SUMS
{scripts:<{width}}  rekent de vingerafdrukken na
{verdicts:<{width}}  oordeelt opnieuw
{folder:<{width}}  de regels zoals de monitor ze gebruikt
"""


def archive_tag(manifest: Manifest) -> str:
    """Return the ETag of the archive, without quotes: from what it holds and the code that builds it."""
    return sha256(f"{manifest.sha256} {renderer_digest()}")


def archive_name(files: list[SealedFile]) -> str:
    """Return the name of the ZIP: archief-veiligheid-2020-editie-1.zip."""
    return _figures_of(files).name.replace(FIGURES, "archief", 1).removesuffix(".json") + ".zip"


def _figures_of(files: list[SealedFile]) -> SealedFile:
    return next(file for file in files if file.document == FIGURES)


def make_archive(edition: Edition) -> bytes:
    """Return the bytes of the archive.

    Raises LookupError when not everything is sealed, Damaged when a file, the manifest or the chain was changed.
    """
    manifest, files = find_manifest(edition), sealed_files(edition)
    if manifest is None:
        raise LookupError(f"Van editie {edition} zijn nog niet alle documenten verzegeld.")
    previous = str(json.loads(manifest.content).get("previous", ""))
    if sha256(manifest.content) != manifest.sha256 or manifest.content != manifest_text(
        edition, files, previous=previous
    ):
        raise Damaged(f"De bestanden van editie {edition} zijn niet meer die van het manifest.")
    contents = bytes_of_all(files)
    contents |= {MANIFEST_NAME: manifest.content.encode(), CHAIN_NAME: _json(_intact_chain(edition)), **_programs()}
    figures = _figures_of(files)
    try:
        data = json.loads(contents[figures.name])
        contents |= _tables(data)
        contents["LEESMIJ.txt"] = _readme(data, files)
    except (ValueError, LookupError, TypeError) as error:
        raise Damaged(f"{figures.name} is niet te lezen als verzegelde cijfers.") from error
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(contents.items()))
    contents["SHA256SUMS"] = sums.encode()
    return _zipped(archive_name(files).removesuffix(".zip"), contents)


def _intact_chain(edition: Edition) -> dict[str, Any]:
    """Return the chain up to the decision on the edition. Raises Damaged when the rows no longer give its hashes."""
    kadernota = edition.kadernota
    chain = export_chain(kadernota, sequence=edition.decision.sequence)
    if faults := check_chain(chain["decisions"], first=first_link_of(kadernota), expect=edition.decision.chain_hash):
        raise Damaged(f"Besluit {faults[0].sequence} van {kadernota.slug} is niet meer wat is vastgesteld.")
    return chain


@cache
def _programs() -> dict[str, bytes]:
    """Return the scripts, and the source of the domain as a package that they import from its folder."""
    folder, source = Path(scripts.__path__[0]), Path(domain.__path__[0])
    programs = {name: (folder / script).read_bytes() for name, script in SCRIPTS.items()}
    modules = [source.parent / "__init__.py", *source.rglob("*.py")]
    root = source.parents[1]
    return programs | {
        f"{RULES_FOLDER}/{module.relative_to(root).as_posix()}": module.read_bytes() for module in modules
    }


def _zipped(folder: str, contents: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", MODIFIED)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # the same on every system
            archive.writestr(entry, content)
    return stream.getvalue()


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _tables(data: dict[str, Any]) -> dict[str, bytes]:
    """Return the figures as CSV with the description of the columns, the rules, and the readings of the nota."""
    names = [column["naam"] for column in data["kolommen"]]
    buffer = io.StringIO(newline="")
    rows = csv.writer(buffer, lineterminator="\r\n")
    rows.writerow(names)
    types = [column["type"] for column in data["kolommen"]]
    rows.writerows(
        [_cell(row[name], datatype) for name, datatype in zip(names, types, strict=True)] for row in data["cijfers"]
    )
    return {
        CSV_NAME: buffer.getvalue().encode(),
        METADATA_NAME: _json(_csv_metadata(data)),
        "regels.json": _json(data["regels"]),
        "leeswijzen.json": _json(data["leeswijzen"]),
    }


def _cell(value: Any, datatype: str) -> str:
    """Return a value in the notation of CSV on the Web; text that looks like a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return as_text(value) if datatype == "string" else str(value)


def _csv_metadata(data: dict[str, Any]) -> dict[str, Any]:
    """Return the description of the table in CSV on the Web (W3C, Metadata Vocabulary for Tabular Data)."""
    columns = [
        {
            "name": column["naam"],
            "titles": [column["naam"]],
            "dc:description": column["betekenis"],
            "datatype": column["type"],
        }
        for column in data["kolommen"]
    ]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "url": CSV_NAME,
        "dc:title": f"{data['kadernota']['titel']}: cijfers en oordelen, editie {data['editie']['editie']}",
        "dc:description": data["omschrijving"],
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": columns, "primaryKey": list(KEY)},
    }


def _readme(data: dict[str, Any], files: list[SealedFile]) -> bytes:
    nota, edition = data["kadernota"], data["editie"]
    width = max(len(file.name) for file in files)
    text = README.format(
        title=nota["titel"],
        organisation=nota["organisatie"],
        year=edition["jaar"],
        label=edition["editie"],
        practice="\nOEFENGEMEENTE: de cijfers zijn verzonnen." if nota["om_te_oefenen"] else "",
        files="\n".join(f"{file.name:<{width}}  {file.title}" for file in files),
        width=width,
        csv=CSV_NAME,
        metadata=METADATA_NAME,
        rules="regels.json",
        readings="leeswijzen.json",
        chain=CHAIN_NAME,
        manifest=MANIFEST_NAME,
        sums="SHA256SUMS",
        scripts="controleer.py",
        verdicts="oordelen.py",
        folder=f"{RULES_FOLDER}/",
        version=data["regels"]["versie"],
    )
    return text.encode()
