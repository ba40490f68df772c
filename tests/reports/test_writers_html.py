"""HTML: one self-contained file with headings, captions and scopes, without scripts or external resources."""

import io
import re

import lxml.html
import pytest

from reports.document import Figure, List, Notice, Paragraph, Section, Table
from reports.writers.html import write
from tests.reports.writers_sample import BROKEN, BROKEN_CLEANED, HOSTILE, SVG, sample

pytestmark = pytest.mark.engine_free


def raw(document) -> bytes:
    stream = io.BytesIO()
    write(document, stream)
    return stream.getvalue()


def page(document):
    return lxml.html.document_fromstring(raw(document).decode())


def test_language_title_and_headings():
    html = page(sample())
    assert html.get("lang") == "nl-NL"
    assert html.findtext("head/title") == f"{sample().title} – {sample().subtitle}"
    headings = [(int(h.tag[1]), h.text_content()) for h in html.xpath("//main//h2|//main//h3|//main//h4")]
    assert headings == [(section.level + 1, section.title) for section in sample().sections]
    assert [h.text for h in html.iter("h1")] == [sample().title]


def test_the_contents_link_to_what_is_there():
    html = page(sample())
    links = [link.get("href") for link in html.xpath("//nav//a")]
    assert len(links) == len(sample().sections)
    assert all(html.get_element_by_id(link.removeprefix("#")) is not None for link in links)
    identities = html.xpath("//@id")
    assert len(identities) == len(set(identities))


def test_tables_have_captions_and_scopes():
    tables = [block for section in sample().sections for block in section.blocks if isinstance(block, Table)]
    for element, table in zip(page(sample()).iter("table"), tables, strict=True):
        assert element.findtext("caption") == table.caption
        assert {th.get("scope") for th in element.xpath("thead//th")} == {"col"}
        names = any(column.kind == "heading" for column in table.columns)
        assert {th.get("scope") for th in element.xpath("tbody//th")} == ({"row"} if names else set())
        assert len(element.xpath("tbody/tr")) == len(table.rows)


def test_nothing_runs_and_nothing_is_fetched():
    text = raw(sample(draft=True, practice=True)).decode()
    html = page(sample(draft=True, practice=True))
    assert not html.xpath("//script|//link|//iframe|//object|//img|//base|//form")
    assert not [name for name in html.xpath("//@*/..") for name in name.attrib if name.startswith("on")]
    assert "@import" not in text and not re.search(r"url\(", text) and not html.xpath("//@style")
    assert html.xpath("count(//*[local-name()='svg'])") == 1


def test_what_it_is_stands_on_top_and_across():
    html = page(sample(draft=True, practice=True))
    assert [mark.text for mark in html.find_class("mark")] == ["CONCEPT", "OEFENGEMEENTE – verzonnen cijfers"]
    assert html.find_class("across")[0].text == "CONCEPT"
    assert not page(sample()).find_class("across") and not page(sample()).find_class("mark")


@pytest.mark.parametrize("text", [*HOSTILE, BROKEN])
def test_hostile_text_in_every_place(text):
    clean = BROKEN_CLEANED if text == BROKEN else text
    blocks = (Paragraph(text), List((text,)), Notice(text), Figure(SVG, text, text))
    document = sample(
        title=text,
        subtitle=text,
        organisation=text,
        details=((text, text),),
        sections=(Section(text, 1, blocks),),
        data=None,
    )
    html = page(document)
    for line in html.iter("br"):
        line.tail = "\n" + (line.tail or "")
    texts = [element.text_content() for element in html.iter("p", "li", "dd", "dt", "h1", "h2", "figcaption")]
    assert texts.count(clean) + texts.count(" ".join(clean.split("\n"))) >= 7
    assert not html.xpath("//script") and html.findtext("head/title")


def test_same_document_same_bytes():
    assert raw(sample(draft=True)) == raw(sample(draft=True)) != raw(sample())
