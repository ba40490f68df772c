"""Ga na of dit archief klopt, zonder de monitor: python3 controleer.py [--expect VINGERAFDRUK]

Rekent elke vingerafdruk in keten.json en de SHA-256 van elk bestand opnieuw uit. Alleen Python 3.9 of nieuwer is nodig.
"""

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Union

HERE = Path(__file__).resolve().parent


def sha256(data: Union[str, bytes]) -> str:
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()


def canonical_hash(data: Any) -> str:
    return sha256(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def chain_faults(chain: dict[str, Any]) -> Iterator[str]:
    number, previous = chain["format"], chain["first"]
    first = {name: chain[name] for name in ("slug", "cbs_code", "is_practice", "predecessor")}
    if canonical_hash({**first, "format": number}) != previous:
        yield "het begin van de keten klopt niet"
    manifests = {item["sha256"]: json.loads(item["content"]) for item in chain["manifests"]}
    if any(sha256(item["content"]) != item["sha256"] for item in chain["manifests"]):
        yield "een manifest in keten.json past niet bij zijn vingerafdruk"
    hashes = [link["chain_hash"] for link in chain["decisions"]]
    for place, link in enumerate(chain["decisions"], start=1):
        if link["sequence"] != place or link["content"]["sequence"] != place or link["previous"] != previous:
            yield f"besluit {place} sluit niet aan op het besluit ervoor"
        if canonical_hash({**link["content"], "format": number}) != link["content_hash"]:
            yield f"besluit {place}: de inhoud past niet bij haar vingerafdruk"
        parts = [link[name] for name in ("sequence", "previous", "content_hash", "witness_hash", "manifest")]
        if canonical_hash([number, *parts]) != link["chain_hash"]:
            yield f"besluit {place}: de vingerafdruk past niet bij het besluit"
        if link["manifest"] and manifests.get(link["manifest"], {}).get("chain_hash") not in hashes[: place - 1]:
            yield f"besluit {place}: het manifest hoort niet bij een eerder besluit"
        previous = link["chain_hash"]


def file_faults(manifest: dict[str, Any], chain: dict[str, Any]) -> Iterator[str]:
    last = chain["decisions"][-1]
    if (manifest["sequence"], manifest["chain_hash"]) != (last["sequence"], last["chain_hash"]):
        yield "manifest.json hoort niet bij het laatste besluit in keten.json"
    digests = {file["name"]: file["sha256"] for file in manifest["files"]}
    lines = (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    for name, digest in [*digests.items(), *sums.items()]:
        if not (HERE / name).is_file() or sha256((HERE / name).read_bytes()) != digest:
            yield f"{name} ontbreekt, of is veranderd"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--expect", action="append", default=[], help="een vingerafdruk die eerder is gedrukt")
    expected: list[str] = parser.parse_args().expect
    faults: list[str] = []
    hashes: set[str] = set()
    try:
        content = (HERE / "manifest.json").read_bytes()
        chain = json.loads((HERE / "keten.json").read_bytes())
        hashes = {sha256(content), *(link["chain_hash"] for link in chain["decisions"])}
        faults += [*chain_faults(chain), *file_faults(json.loads(content), chain)]
        print("Laatste besluit:", chain["decisions"][-1]["chain_hash"], "\nManifest:       ", sha256(content))
    except (OSError, ValueError, LookupError, TypeError) as error:
        faults.append(f"het archief is niet te lezen ({error!r})")
    faults += [f"de verwachte vingerafdruk {digest} is er niet bij" for digest in expected if digest not in hashes]
    print("\n".join(f"KLOPT NIET: {fault}" for fault in dict.fromkeys(faults)) or "klopt")
    return bool(faults)


if __name__ == "__main__":
    raise SystemExit(main())
