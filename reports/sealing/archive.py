"""All that was sealed of an edition in one ZIP that can be checked without this program: the same bytes each time.

Made of sealed files only; nothing is rendered. Files are stored as they are, not compressed: most are so already, and
what a compressor makes differs with its version.
"""

import csv
import hashlib
import io
import json
import zipfile
from typing import Any

from indicators.models import Edition
from reports.sealing.columns import KEY
from reports.sealing.store import Damaged, SealedFile, bytes_of, sealed_files
from reports.writers.csv import as_text

LAYOUT = 1  # raise it when an archive of the same files comes out otherwise
WHEN = (1980, 1, 1, 0, 0, 0)  # of every file in it: the earliest that a ZIP can say
CSV_NAME, METADATA_NAME = "cijfers.csv", "cijfers.csv-metadata.json"
README = """\
{title}
{organisation}, {year}, editie {label}{practice}

Dit archief bevat alle documenten van deze editie, precies zoals zij zijn verzegeld. Zo is jaren later na te gaan wat er
toen lag.

Wat erin zit
------------
{files}
{csv:<{width}}  dezelfde cijfers en oordelen als tabel, met komma's ertussen
{metadata:<{width}}  wat de kolommen betekenen (CSV on the Web)
{rules:<{width}}  de regels waarmee is geoordeeld, versie {version}
{readings:<{width}}  hoe onduidelijke plaatsen in de nota zijn gelezen
{manifest:<{width}}  van elk document: grootte, hash en waarmee het is gemaakt
{sums:<{width}}  de SHA-256 van elk bestand in deze map

Nagaan of het klopt
-------------------
Pak het archief uit en geef in de map het commando
    sha256sum -c SHA256SUMS
Op Windows geeft
    certutil -hashfile BESTAND SHA256
van een bestand de hash. Die hoort dezelfde te zijn als in SHA256SUMS.

Bewaar SHA256SUMS ook op een andere plaats, bijvoorbeeld bij het besluit: dan is te zien of iemand het hele archief
heeft vervangen. In de tabel staat een decimale punt; een lege cel betekent: geen waarde.
"""


def archive_tag(files: list[SealedFile]) -> str:
    """The hash of what the archive is made of, known without making it."""
    told = "\n".join(f"{file.sha256} {file.name} {file.sealed_at.isoformat()}" for file in files)
    return hashlib.sha256(f"{LAYOUT}\n{told}".encode()).hexdigest()


def has_archive(files: list[SealedFile]) -> bool:
    """Whether there is an archive to give: the figures are sealed last."""
    return any(file.document == "cijfers" for file in files)


def archive_name(files: list[SealedFile]) -> str:
    """The name of the ZIP: archief-veiligheid-2020-editie-1.zip."""
    return _figures_of(files).name.replace("cijfers", "archief", 1).removesuffix(".json") + ".zip"


def _figures_of(files: list[SealedFile]) -> SealedFile:
    return next(file for file in files if file.document == "cijfers")


def make_archive(edition: Edition) -> bytes:
    """The bytes of the archive. Raises LookupError when it is not sealed, Damaged when a stored file was changed."""
    files = sealed_files(edition)
    if not has_archive(files):
        raise LookupError(f"Van editie {edition} zijn nog niet alle documenten verzegeld.")
    contents = {file.name: bytes_of(file) for file in files}
    figures = _figures_of(files)
    try:
        data = json.loads(contents[figures.name])
        contents |= _tables(data) | {"manifest.json": _json(_manifest(data, files))}
        contents["LEESMIJ.txt"] = _readme(data, files)
    except (ValueError, LookupError, TypeError) as error:
        raise Damaged(f"{figures.name} is niet te lezen als verzegelde cijfers.") from error
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(contents.items()))
    contents["SHA256SUMS"] = sums.encode()
    return _zipped(archive_name(files).removesuffix(".zip"), contents)


def _zipped(folder: str, contents: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", WHEN)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # the same on every system
            archive.writestr(entry, content)
    return stream.getvalue()


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _tables(data: dict[str, Any]) -> dict[str, bytes]:
    """The figures as CSV, the description of its columns, the rules and the readings, from the sealed figures."""
    names = [column["naam"] for column in data["kolommen"]]
    buffer = io.StringIO(newline="")
    rows = csv.writer(buffer, lineterminator="\r\n")
    rows.writerow(names)
    types = [column["type"] for column in data["kolommen"]]
    rows.writerows([_cell(row[name], one) for name, one in zip(names, types, strict=True)] for row in data["cijfers"])
    return {
        CSV_NAME: buffer.getvalue().encode(),
        METADATA_NAME: _json(_csv_metadata(data)),
        "regels.json": _json(data["regels"]),
        "leeswijzen.json": _json(data["leeswijzen"]),
    }


def _cell(value: Any, datatype: str) -> str:
    """A value as CSV on the Web has it; text that a spreadsheet would take for a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return as_text(value) if datatype == "string" else str(value)


def _csv_metadata(data: dict[str, Any]) -> dict[str, Any]:
    """A description of the table as CSV on the Web has it (W3C, tabular metadata)."""
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


def _manifest(data: dict[str, Any], files: list[SealedFile]) -> dict[str, Any]:
    return {
        "kadernota": data["kadernota"],
        "editie": data["editie"],
        "indeling": LAYOUT,
        "bestanden": [
            {
                "naam": file.name,
                "document": file.document,
                "formaat": file.format,
                "mediatype": file.media_type,
                "bytes": file.size,
                "sha256": file.sha256,
                "versie_regels": file.rules,
                "versie_opmaak": file.renderer,
                "vingerafdruk_inhoud": file.source,
                "verzegeld_op": file.sealed_at.isoformat(),
            }
            for file in files
        ],
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
        manifest="manifest.json",
        sums="SHA256SUMS",
        version=data["regels"]["versie"],
    )
    return text.encode()
