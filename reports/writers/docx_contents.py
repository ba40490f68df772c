"""The contents list of a Word document: a field that Word can make anew, filled in with what it will say."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from reports.document import Document
from reports.writers.docx_text import paragraph, run

DEPTH = 2
TITLE = "Inhoud"
_SEPARATE, _END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("separate", "end"))


def contents(document: Document) -> Iterator[str]:
    """A line for each heading that is listed, with a link to it and its page as a field of its own."""
    yield paragraph("Inhoud", run(TITLE))
    listed = [(number, s) for number, s in enumerate(document.sections, start=1) if s.level <= DEPTH]
    for place, (number, section) in enumerate(listed):
        # Word makes a dirty field anew as soon as it opens the document for writing.
        start = _begin(f' TOC \\o "1-{DEPTH}" \\h \\z \\u ', ' w:dirty="true"') if place == 0 else ""
        end = _END if place == len(listed) - 1 else ""
        yield paragraph(f"toc{section.level}", start + _entry(number, section.title) + end)


def marked(number: int, heading: str) -> str:
    """A heading with the place to which the contents list points."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{_place(number)}"/>{heading}<w:bookmarkEnd w:id="{number}"/>'


def _place(number: int) -> str:
    return f"_Toc{number:08d}"


def _entry(number: int, title: str) -> str:
    page = _begin(f" PAGEREF {_place(number)} \\h ")
    return (
        f'<w:hyperlink w:anchor="{_place(number)}" w:history="1"><w:r><w:t xml:space="preserve">{escape(title)}</w:t>'
        f"</w:r><w:r><w:tab/></w:r>{page}<w:r><w:t>…</w:t></w:r>{_END}"
        "</w:hyperlink>"
    )


def _begin(instruction: str, dirty: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{dirty}/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r>{_SEPARATE}'
    )
