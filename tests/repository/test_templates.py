"""Templates: nothing inline that the content security policy refuses, nothing from another host."""

import re
from pathlib import Path

import pytest

from tests.repository.tree import files, text_of

pytestmark = pytest.mark.engine_free

TEMPLATE_LIMIT = 150
TEMPLATES = list(files(".html", ".svg", under="templates"))
STYLES = [path for path in files(".css", ".js", under="static") if "vendor" not in path.parts]

INLINE = re.compile(
    r"""<style\b | \sstyle\s*= | \son[a-z]+\s*= | javascript:
    | <script\b(?![^>]*\bsrc=)(?![^>]*\btype="application/json") """,
    re.IGNORECASE | re.VERBOSE,
)
# A link that a reader follows may leave the site; what the page loads by itself may not.
LOADED_ELSEWHERE = re.compile(
    r"""<(?:script|img|link|iframe|source|use|image|form)\b[^>]*\b(?:src|href|action|srcset)\s*=\s*["']?(?:https?:)?//""",
    re.IGNORECASE,
)
# The name spaces of SVG are names, not addresses.
ADDRESS = re.compile(r"""(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}/""", re.IGNORECASE)


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_nothing_inline(path: Path) -> None:
    assert not INLINE.findall(text_of(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_nothing_from_another_host(path: Path) -> None:
    assert not LOADED_ELSEWHERE.findall(text_of(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_template_is_not_too_long(path: Path) -> None:
    assert len(text_of(path).splitlines()) <= TEMPLATE_LIMIT


@pytest.mark.parametrize("path", STYLES, ids=str)
def test_styles_and_scripts_load_nothing_from_another_host(path: Path) -> None:
    assert not ADDRESS.findall(text_of(path))


@pytest.mark.parametrize(
    "fault",
    [
        "<p style='color: red'>",
        "<style>p {}</style>",
        "<a onclick='go()'>",
        "<script>go()</script>",
        "<a href='javascript:go()'>",
    ],
)
def test_each_inline_fault_is_seen(fault: str) -> None:
    assert INLINE.search(fault)


def test_what_is_allowed_is_let_through() -> None:
    assert not INLINE.search('<script src="/static/js/chart.js" defer></script><p class="style">one = two</p>')
    assert not LOADED_ELSEWHERE.search('<a href="https://example.org/">elders</a><img src="/static/a.svg">')
    assert LOADED_ELSEWHERE.search('<img alt="" src="https://example.org/a.png">')
    assert LOADED_ELSEWHERE.search('<script src="//example.org/a.js"></script>')
    assert ADDRESS.search("@import url(https://example.org/a.css)")
    assert not ADDRESS.search("// een opmerking / en nog een")
