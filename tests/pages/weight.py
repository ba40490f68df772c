"""Measure what a browser loads for a page at first, in bytes as sent by this site."""

import re
from dataclasses import dataclass
from pathlib import Path

import brotli
from django.test import Client

STATIC = Path("static")
LOADED = re.compile(
    r"""<link\b[^>]*\brel="(?:stylesheet|icon|preload|modulepreload)"[^>]*\bhref="([^"]+)"|<(?:script|img|source)\b[^>]*?\bsrc="([^"]+)\""""
)  # fmt: skip


@dataclass(frozen=True)
class Weight:
    """The bytes of each file that is loaded, the page itself first."""

    parts: dict[str, int]

    @property
    def total(self) -> int:
        """Return the sum of all bytes."""
        return sum(self.parts.values())


def weigh(client: Client, address: str) -> Weight:
    """Weigh a page and the files that it names: HTML in gzip as sent, static files in brotli as stored."""
    answer = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert answer.status_code == 200 and answer["Content-Encoding"] == "gzip"
    html = client.get(address).content.decode()
    found = {"page": len(answer.content)}
    for match in LOADED.finditer(html):
        url = match.group(1) or match.group(2)
        if url.startswith("data:"):  # it came with the page
            continue
        assert url.startswith("/static/"), f"{address} loads {url}"
        content = (STATIC / url.removeprefix("/static/")).read_bytes()
        found[url] = min(len(content), len(brotli.compress(content)))
    return Weight(found)
