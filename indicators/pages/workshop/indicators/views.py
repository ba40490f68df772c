"""The indicators of a draft: list, order, edit, add, remove."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from indicators.domain.nota.findings import Path
from indicators.pages.workshop.drafts import Draft, draft_page, render_draft
from indicators.pages.workshop.editing import Editor, edit, index_of
from indicators.pages.workshop.indicators.forms import blank_indicator, indicator_spec, source_names
from indicators.pages.workshop.pieces import Data
from indicators.pages.workshop.texts.views import try_save


@draft_page()
def indicator_list(request: HttpRequest, draft: Draft) -> HttpResponse:
    """List the indicators by topic; by POST, move one up or down."""
    if request.method == "POST":
        return _move(request, draft)
    topics = [topic for topic in draft.nota.topics if topic.kind.value != "theme"]
    return render_draft(request, draft, "workshop/indicators.html", {"topics": topics})


def _move(request: HttpRequest, draft: Draft) -> HttpResponse:
    move, _, code = request.POST.get("move", "").partition(":")
    data = draft.data()
    topic, indicator = _find(data, code)
    items = topic["indicators"]
    place = index_of(items, indicator)
    other = place - 1 if move == "up" else place + 1
    if 0 <= other < len(items):
        items[place], items[other] = items[other], items[place]
        try_save(request, draft, data)
    return HttpResponseRedirect(draft.url("werkplaats-indicatoren"), status=303)


def _find(data: Data, code: str) -> tuple[Data, Data]:
    """Return the topic and the indicator with this code. Http404 when there is none."""
    for topic in data["topics"]:
        for indicator in topic["indicators"]:
            if indicator["code"] == code:
                return topic, indicator
    raise Http404("Deze indicator is er niet.")


@draft_page()
def edit_indicator(request: HttpRequest, draft: Draft, code: str) -> HttpResponse:
    """Edit an indicator; by POST with `remove`, take it out."""
    topic, indicator = _find(draft.data(), code)
    if request.method == "POST" and "remove" in request.POST:
        return _remove(request, draft, code)

    def piece_of(data: Data) -> Data:
        own_topic, piece = _find(data, code)
        piece["topic"] = own_topic["key"]  # a field of the form, no key of the format
        return piece

    codes = [other.code for other in draft.nota.indicators]
    place = codes.index(code)
    editor = Editor(
        piece_of=piece_of,
        spec=lambda piece: indicator_spec(draft),
        template="workshop/indicator.html",
        context={
            "heading": indicator["name"],
            "over": f"Indicator {code}",
            "sources": source_names(draft),
            "previous": codes[place - 1] if place else "",
            "next": codes[place + 1] if place + 1 < len(codes) else "",
        },
        path_of=_path_of,
        after=lambda fresh, piece: fresh.url("werkplaats-indicator", piece["code"].strip()),
        prepare=_prepare,
    )
    return edit(request, draft, editor)


def _prepare(data: Data, piece: Data, post: dict[str, str]) -> None:
    """Put the indicator in the topic that was chosen."""
    chosen = piece.pop("topic")
    own, _ = next((topic, item) for topic in data["topics"] for item in topic["indicators"] if item is piece)
    target = next((topic for topic in data["topics"] if topic["key"] == chosen), own)
    if target is not own:
        own["indicators"] = [item for item in own["indicators"] if item is not piece]
        target["indicators"].append(piece)
    codes = {item["code"] for topic in data["topics"] for item in topic["indicators"]}
    for reading in data["readings"]:
        if reading["indicator"] is not None and reading["indicator"] not in codes:
            reading["indicator"] = piece["code"]  # it follows the indicator under its new code
    _keep_printed(piece)


def _keep_printed(piece: Data) -> None:
    """Drop the printed cells when the number of components changed: they can no longer be split."""
    names = [component["name"] for component in piece["components"]]
    if piece["printed"] and any(not component["key"] for component in piece["components"]) and len(names) > 1:
        piece["printed"] = {}


def _path_of(data: Data, piece: Data) -> Path:
    for number, topic in enumerate(data["topics"]):
        for index, indicator in enumerate(topic["indicators"]):
            if indicator is piece:
                piece["topic"] = topic["key"]
                return ("topics", number, "indicators", index)
    return ("topics",)


def _remove(request: HttpRequest, draft: Draft, code: str) -> HttpResponse:
    data = draft.data()
    topic, indicator = _find(data, code)
    topic["indicators"].remove(indicator)
    data["readings"] = [reading for reading in data["readings"] if reading["indicator"] != code]
    if try_save(request, draft, data):
        messages.success(request, f"{code} {indicator['name']} is eruit.")
        return HttpResponseRedirect(draft.url("werkplaats-indicatoren"), status=303)
    return HttpResponseRedirect(draft.url("werkplaats-indicator", code), status=303)


@draft_page()
def new_indicator(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Add an indicator."""
    if draft.is_editorial:
        raise Http404("Een redactionele versie heeft geen nieuwe indicatoren.")
    keys = [topic.key for topic in draft.nota.topics if topic.kind.value != "theme"]
    if not keys:
        messages.info(request, "Voeg eerst een prioriteit toe; een indicator hoort bij een prioriteit.")
        return HttpResponseRedirect(draft.url("werkplaats-nieuw-onderwerp"), status=303)
    asked = request.GET.get("onderwerp", keys[0])

    def add(data: Data) -> Data:
        piece = blank_indicator(draft.nota, asked if asked in keys else keys[0])
        next(topic for topic in data["topics"] if topic["key"] == piece["topic"])["indicators"].append(piece)
        return piece

    def after(fresh: Draft, piece: Data) -> str:
        if "another" in request.POST:
            chosen = request.POST.get("topic", "")
            return f"{fresh.url('werkplaats-nieuwe-indicator')}?{urlencode({'onderwerp': chosen})}"
        return fresh.url("werkplaats-indicatoren")

    editor = Editor(
        piece_of=add,
        spec=lambda piece: indicator_spec(draft),
        template="workshop/indicator.html",
        context={"heading": "Nieuwe indicator", "is_new": True, "sources": source_names(draft)},
        path_of=_path_of,
        after=after,
        prepare=_prepare,
    )
    return edit(request, draft, editor)
