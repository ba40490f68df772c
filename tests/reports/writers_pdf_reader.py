"""Read a tagged PDF as a screen reader does: through the structure tree, not by position on the page."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

import pikepdf

Key = tuple[int, int]  # page number, marked content id


@dataclass
class Node:
    """An element of the structure tree: its tag, its attributes, and the text of its descendants."""

    tag: str
    element: pikepdf.Dictionary | None = None
    children: list["Node"] = field(default_factory=list)
    own_text: str = ""

    @property
    def text(self) -> str:
        return self.own_text + "".join(child.text for child in self.children)

    def find(self, *tags: str) -> list["Node"]:
        """Return all descendants with one of these tags, in reading order."""
        nodes = []
        for child in self.children:
            nodes += [child] if child.tag in tags else []
            nodes += child.find(*tags)
        return nodes


def read_tree(pdf: pikepdf.Pdf) -> Node:
    """Return the structure tree with the text of the pages."""
    texts: dict[Key, str] = {}
    pages = {}
    for number, page in enumerate(pdf.pages):
        pages[page.obj.objgen] = number
        texts |= {(number, mcid): text for mcid, text in page_texts(page).items()}
    root = Node("Root")
    _walk(pdf.Root.StructTreeRoot.K, root, None, pages, texts)
    return root


def artifact_texts(page: pikepdf.Page) -> str:
    """Return the text of a page that is marked as artifact: headers, footers, marks."""
    return page_texts(page).get(-1, "")


def _walk(kid, parent: Node, page: int | None, pages: dict, texts: dict[Key, str]) -> None:
    if isinstance(kid, pikepdf.Array):
        for item in kid:
            _walk(item, parent, page, pages, texts)
    elif isinstance(kid, pikepdf.Dictionary):
        if "/Pg" in kid:
            page = pages[kid.Pg.objgen]
        if "/S" in kid:
            node = Node(str(kid.S)[1:], kid)
            parent.children.append(node)
            _walk(kid.get("/K", pikepdf.Array()), node, page, pages, texts)
        elif str(kid.get("/Type")) == "/MCR":
            parent.children.append(Node("", own_text=texts[page, int(kid.MCID)]))
    else:
        parent.children.append(Node("", own_text=texts[page, int(kid)]))


def page_texts(page: pikepdf.Page) -> dict[int, str]:
    """Return the text by marked content id; -1 for artifacts."""
    fonts = {
        name: _to_unicode(bytes(font.ToUnicode.read_bytes()))
        for name, font in page.obj.Resources.get("/Font", {}).items()
    }
    texts: dict[int, str] = {}
    stack: list[tuple[int | None, str | None]] = []
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf Tj TJ"):
        match str(operator):
            case "BDC" | "BMC":
                properties = operands[1] if len(operands) > 1 else {}
                properties = properties if isinstance(properties, pikepdf.Dictionary) else {}
                outer = stack[-1][0] if stack else None
                mcid = -1 if str(operands[0]) == "/Artifact" else properties.get("/MCID", outer)
                actual = properties.get("/ActualText")
                if actual is not None and mcid is not None:
                    texts[int(mcid)] = texts.get(int(mcid), "") + str(actual)
                replaced = "yes" if actual is not None else (stack[-1][1] if stack else None)
                stack.append((None if mcid is None else int(mcid), replaced))
                if mcid is not None:
                    texts.setdefault(int(mcid), "")
            case "EMC":
                stack.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case "Tj" | "TJ" if stack and stack[-1][0] is not None and not stack[-1][1]:
                pieces = operands[0] if str(operator) == "TJ" else operands
                for piece in pieces:
                    if isinstance(piece, pikepdf.String):
                        texts[stack[-1][0]] += _decode(bytes(piece), font)
    return texts


def _decode(codes: bytes, font: dict[int, str]) -> str:
    return "".join(font[int.from_bytes(codes[i : i + 2])] for i in range(0, len(codes), 2))


@lru_cache(maxsize=20)  # the same fonts are on all pages
def _to_unicode(content: bytes) -> dict[int, str]:
    cmap = content.decode("latin-1")
    table = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            table[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            start = int(text, 16)
            for code in range(int(first, 16), int(last, 16) + 1):
                table[code] = chr(start + code - int(first, 16))
    return table
