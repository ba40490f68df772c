"""HTML: one self-contained file for screen, screen reader and printer.

It has no scripts and no external style sheets or images; figures are inline SVG.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import BinaryIO

from reports.document import Block, Cell, Column, Document, Figure, List, Notice, Paragraph, Section, Table
from reports.writers import looks

STYLE_SHEET = Path(__file__).with_name("page.css")
CONTENTS_DEPTH = 2


def write(document: Document, stream: BinaryIO) -> None:
    """Write `document` as one HTML page."""
    stream.write("\n".join(_page(document)).encode())


def _page(document: Document) -> Iterator[str]:
    language = "nl-NL" if document.language == "nl" else document.language
    yield f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    subtitle = f" – {document.subtitle}" if document.subtitle else ""
    yield f"<title>{escape(document.title + subtitle)}</title>"
    metadata = {
        "author": document.author or document.organisation,
        "description": document.subject,
        "keywords": ", ".join(document.keywords),
    }
    for name, value in metadata.items():
        if value:
            yield f'<meta name="{name}" content="{escape(value)}">'
    yield f'<meta name="dcterms.created" content="{document.created.isoformat()}">'
    yield f"<style>\n{_style_sheet()}</style>\n</head>\n<body>"
    yield '<a class="skip" href="#inhoud">Naar de inhoud</a>'
    if document.draft:
        yield f'<p class="across" aria-hidden="true">{document.marks[0]}</p>'
    for mark in document.marks:
        yield f'<p class="mark">{escape(mark)}</p>'
    yield from _header(document)
    yield '<main id="inhoud">'
    for number, section in enumerate(document.sections, start=1):
        yield from _section(section, number)
    yield "</main>\n</body>\n</html>\n"


def _style_sheet() -> str:
    """Return page.css after the colours of `looks` as custom properties."""
    colours = {name: value for name, value in vars(looks).items() if isinstance(value, str) and name.isupper()}
    names = {name.lower().replace("_", "-"): value for name, value in colours.items()} | {
        status.replace("_", "-"): colour for status, colour in looks.STATUS_COLOURS.items()
    }
    root = "".join(f"--{name}:#{colour};" for name, colour in sorted(names.items()))
    return f":root{{{root}}}\n{STYLE_SHEET.read_text('utf-8')}"


def _header(document: Document) -> Iterator[str]:
    yield f'<header>\n<p class="quiet">{escape(document.organisation)}</p>\n<h1>{escape(document.title)}</h1>'
    if document.subtitle:
        yield f'<p class="subtitle">{escape(document.subtitle)}</p>'
    if document.details:
        details = "".join(
            f"<div><dt>{escape(term)}</dt><dd>{escape(value)}</dd></div>" for term, value in document.details
        )
        yield f"<dl>{details}</dl>"
    yield "</header>"
    numbered = enumerate(document.sections, start=1)
    contents = [(number, section) for number, section in numbered if section.level <= CONTENTS_DEPTH]
    if contents:
        yield '<nav aria-labelledby="inhoudsopgave">\n<h2 id="inhoudsopgave">Inhoud</h2>\n<ul>'
        for number, section in contents:
            yield f'<li class="level-{section.level}"><a href="#deel-{number}">{escape(section.title)}</a></li>'
        yield "</ul>\n</nav>"


def _section(section: Section, number: int) -> Iterator[str]:
    """Yield a section. Its heading is one level lower than in the document: the title is the only h1."""
    classes = [name for name, is_set in (("new-page", section.new_page), ("landscape", section.landscape)) if is_set]
    level = section.level + 1
    yield f'<section aria-labelledby="deel-{number}"' + (f' class="{" ".join(classes)}"' if classes else "") + ">"
    yield f'<h{level} id="deel-{number}">{escape(section.title)}</h{level}>'
    for place, block in enumerate(section.blocks, start=1):
        yield from _block(block, f"deel-{number}-{place}")
    yield "</section>"


def _text(text: str) -> str:
    """Escape text for HTML; line ends become line breaks."""
    return escape(text).replace("\n", "<br>")


def _block(block: Block, identity: str) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield f"<p>{_text(text)}</p>"
        case Notice(text):
            yield f'<p class="notice">{_text(text)}</p>'
        case List(items):
            yield f"<ul>{''.join(f'<li>{_text(item)}</li>' for item in items)}</ul>"
        case Figure():
            caption = f"<figcaption>{_text(block.caption)}</figcaption>" if block.caption else ""
            # Safe: charts are drawn by this application, which escapes their texts. The SVG has its own title and desc.
            yield f'<figure class="w{-(-block.width // 10)}">{block.svg}{caption}</figure>'
        case Table():
            yield from _table(block, identity)


def _table(table: Table, identity: str) -> Iterator[str]:
    region = f'role="region" aria-labelledby="{identity}" tabindex="0"' if table.caption else ""
    style = "compact" if table.compact else "wide" if table.wide else "plain"
    yield f'<div class="scroll" {region}>\n<table class="{style}">'
    if table.caption:
        yield f'<caption id="{identity}">{_text(table.caption)}</caption>'
    heads = "".join(f'<th scope="col"{_side(column)}>{_text(column.heading)}</th>' for column in table.columns)
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>"
    for row in table.rows:
        cells = "".join(_cell(cell, column) for cell, column in zip(row, table.columns, strict=True))
        yield f"<tr>{cells}</tr>"
    yield "</tbody>\n</table>\n</div>"
    for note in table.footnotes:
        yield f'<p class="note">{_text(note)}</p>'


def _side(column: Column) -> str:
    return "" if column.alignment == "left" else f' class="{column.alignment}"'


def _cell(cell: Cell, column: Column) -> str:
    content = _text(cell.text)
    if cell.status:
        sign = f'<span aria-hidden="true">{cell.symbol}</span> '
        content = f'<span class="status {cell.status.replace("_", "-")}">{sign}{content}</span>'
    if column.kind == "heading":
        return f'<th scope="row"{_side(column)}>{content}</th>'
    return f"<td{_side(column)}>{content}</td>"
