"""The contents list of a Word document: a field that Word can make anew, filled in with what it will say."""

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from reports.document import Document
from reports.writers.docx_frame import element

DEPTH = 2
TITLE = "Inhoud"


def write_contents(word: WordDocument, document: Document) -> None:
    """A line for each heading that is listed, with a link to it and its page as a field of its own."""
    word.add_paragraph(TITLE, style="Inhoud")
    listed = [(number, s) for number, s in enumerate(document.sections, start=1) if s.level <= DEPTH]
    for place, (number, section) in enumerate(listed):
        line = word.add_paragraph(style=f"toc {section.level}")
        if place == 0:
            _begin(line, f' TOC \\o "1-{DEPTH}" \\h \\z \\u ', dirty=True)
        _entry(line, number, section.title)
        if place == len(listed) - 1:
            line._p.append(_run(element("fldChar", fldCharType="end")))


def mark_heading(heading: Paragraph, number: int) -> None:
    """The place of a heading, to which the contents list points."""
    start = element("bookmarkStart", id=str(number), name=_place(number))
    heading._p.insert(1 if heading._p.pPr is not None else 0, start)
    heading._p.append(element("bookmarkEnd", id=str(number)))


def _place(number: int) -> str:
    return f"_Toc{number:08d}"


def _entry(line: Paragraph, number: int, title: str) -> None:
    link = element("hyperlink", anchor=_place(number), history="1")
    line._p.append(link)
    text = element("t")
    text.text = title
    text.set(qn("xml:space"), "preserve")
    link.append(_run(text))
    link.append(_run(element("tab")))
    link.append(_run(element("fldChar", fldCharType="begin")))
    link.append(_run(_instruction(f" PAGEREF {_place(number)} \\h ")))
    link.append(_run(element("fldChar", fldCharType="separate")))
    unknown = element("t")
    unknown.text = "…"
    link.append(_run(unknown))
    link.append(_run(element("fldChar", fldCharType="end")))


def _begin(line: Paragraph, instruction: str, *, dirty: bool) -> None:
    """A field begins. Word makes a dirty one anew as soon as it opens the document for writing."""
    line._p.append(_run(element("fldChar", fldCharType="begin", dirty="true" if dirty else "false")))
    line._p.append(_run(_instruction(instruction)))
    line._p.append(_run(element("fldChar", fldCharType="separate")))


def _instruction(text: str) -> BaseOxmlElement:
    made = element("instrText")
    made.set(qn("xml:space"), "preserve")
    made.text = text
    return made


def _run(child: BaseOxmlElement) -> BaseOxmlElement:
    run = element("r")
    run.append(child)
    return run
