"""All sealed files of an edition in one ZIP that can be verified without this application.

The ZIP has the same bytes each time: it is built from sealed files only and is not compressed, since most files already
are and the output of a compressor differs between versions.
"""

import csv
import hashlib
import io
import json
import zipfile
from typing import Any

from indicators.models import Edition
from reports.sealing.columns import KEY
from reports.sealing.documents import FIGURES
from reports.sealing.store import Damaged, SealedFile, bytes_of, sealed_files
from reports.writers.csv import as_text

LAYOUT = 1  # increase it when an archive of the same files gets other contents
MODIFIED = (1980, 1, 1, 0, 0, 0)  # of every file: the earliest moment that a ZIP can store
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
    """Return the ETag of the archive, without quotes, from the hashes of its files."""
    lines = "\n".join(f"{file.sha256} {file.name} {file.sealed_at.isoformat()}" for file in files)
    return hashlib.sha256(f"{LAYOUT}\n{lines}".encode()).hexdigest()


def has_archive(files: list[SealedFile]) -> bool:
    """Whether an archive can be built: the figures, which are sealed last, are there."""
    return any(file.document == FIGURES for file in files)


def archive_name(files: list[SealedFile]) -> str:
    """Return the name of the ZIP: archief-veiligheid-2020-editie-1.zip."""
    return _figures_of(files).name.replace(FIGURES, "archief", 1).removesuffix(".json") + ".zip"


def _figures_of(files: list[SealedFile]) -> SealedFile:
    return next(file for file in files if file.document == FIGURES)


def make_archive(edition: Edition) -> bytes:
    """Return the bytes of the archive. Raises LookupError when nothing is sealed, Damaged when a file was changed."""
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
