"""The texts of the kadernota, its topics, and the readings."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from indicators.actions.errors import ActionRefused
from indicators.domain.nota import NotaRefused
from indicators.pages.guards import user_of
from indicators.pages.workshop.drafts import Draft, draft_page, render_draft
from indicators.pages.workshop.editing import Editor, edit, index_of
from indicators.pages.workshop.pieces import Data, save, sentence
from indicators.pages.workshop.texts.forms import KINDS, blank_topic, nota_spec, readings_spec, topic_spec

KIND_TITLES = (("priority", "Prioriteiten"), ("theme", "Andere thema’s"), ("vth", "VTH-cyclus"))


@draft_page()
def edit_nota(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Edit the texts and years of the kadernota itself."""
    editor = Editor(
        piece_of=lambda data: data,
        spec=lambda piece: nota_spec(draft),
        template="workshop/piece.html",
        context={"heading": "De kadernota zelf", "lead": "De titel, de periode en de teksten vooraan."},
        path_of=lambda data, piece: (),
        after=lambda fresh, piece: fresh.url("werkplaats-nota"),
    )
    return edit(request, draft, editor)


@draft_page()
def edit_readings(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Edit the readings: unclear places in the kadernota, and how this monitor reads them."""
    lead = "Staat iets niet duidelijk in de kadernota? Schrijf hoe u het leest, en wie dat besloot."
    editor = Editor(
        piece_of=lambda data: data,
        spec=lambda piece: readings_spec(draft),
        template="workshop/piece.html",
        context={"heading": "Leeswijzen", "lead": lead, "closed": draft.is_editorial},
        path_of=lambda data, piece: (),
        after=lambda fresh, piece: fresh.url("werkplaats-leeswijzen"),
    )
    if draft.is_editorial and request.method == "POST":
        raise Http404("Leeswijzen horen in een inhoudelijke versie.")
    return edit(request, draft, editor)


@draft_page()
def topic_list(request: HttpRequest, draft: Draft) -> HttpResponse:
    """List the topics; by POST, move one up or down."""
    if request.method == "POST":
        return _move(request, draft)
    groups = [
        (title, [topic for topic in draft.nota.topics if topic.kind.value == kind]) for kind, title in KIND_TITLES
    ]
    return render_draft(request, draft, "workshop/topics.html", {"groups": [group for group in groups if group[1]]})


def _move(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Change the numbers of a topic and its neighbour of the same kind."""
    move, _, key = request.POST.get("move", "").partition(":")
    data = draft.data()
    topic = topic_of(data, key)
    same = [other for other in data["topics"] if other["kind"] == topic["kind"]]
    place = index_of(same, topic)
    other = place - 1 if move == "up" else place + 1
    if 0 <= other < len(same):
        topic["number"], same[other]["number"] = same[other]["number"], topic["number"]
        try_save(request, draft, data)
    return HttpResponseRedirect(draft.url("werkplaats-onderwerpen"), status=303)


def try_save(request: HttpRequest, draft: Draft, data: Data) -> bool:
    """Save the data; say why when they are refused. Return whether they were saved."""
    try:
        save(draft, data, by=user_of(request))
    except NotaRefused as refused:
        messages.error(request, " ".join(map(sentence, refused.findings)))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        return True
    return False


def topic_of(data: Data, key: str) -> Data:
    """Return the topic with this key. Http404 when there is none."""
    topic: Data | None = next((topic for topic in data["topics"] if topic["key"] == key), None)
    if topic is None:
        raise Http404("Dit onderwerp is er niet.")
    return topic


@draft_page()
def edit_topic(request: HttpRequest, draft: Draft, topic: str) -> HttpResponse:
    """Edit the texts of a topic; by POST with `remove`, take it out."""
    key, data = topic, topic_of(draft.data(), topic)
    if request.method == "POST" and "remove" in request.POST:
        return _remove(request, draft, key)
    kind = dict(KINDS)[data["kind"]].partition(",")[0]
    editor = Editor(
        piece_of=lambda own: topic_of(own, key),
        spec=lambda piece: topic_spec(draft, piece["kind"]),
        template="workshop/topic.html",
        context={"heading": data["name"], "over": kind if data["kind"] == "vth" else f"{kind} {data['number']}"},
        path_of=lambda own, piece: ("topics", index_of(own["topics"], piece)),
        after=lambda fresh, piece: fresh.url("werkplaats-onderwerpen"),
    )
    return edit(request, draft, editor)


def _remove(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    data = draft.data()
    topic = topic_of(data, key)
    if topic["indicators"]:
        messages.error(request, "Verplaats of verwijder eerst de indicatoren van dit onderwerp.")
    else:
        data["topics"].remove(topic)
        if try_save(request, draft, data):
            messages.success(request, f"‘{topic['name']}’ is eruit.")
            return HttpResponseRedirect(draft.url("werkplaats-onderwerpen"), status=303)
    return HttpResponseRedirect(draft.url("werkplaats-onderwerp", key), status=303)


@draft_page()
def new_topic(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Add a topic."""
    if draft.is_editorial:
        raise Http404("Een redactionele versie heeft geen nieuwe onderwerpen.")
    asked = request.GET.get("soort", "priority")
    kind = asked if asked in dict(KINDS) else "priority"

    def add(data: Data) -> Data:
        topic = blank_topic(data, kind)
        data["topics"].append(topic)
        return topic

    editor = Editor(
        piece_of=add,
        spec=lambda piece: topic_spec(draft, piece["kind"] if piece["kind"] in dict(KINDS) else kind, is_new=True),
        template="workshop/topic.html",
        context={"heading": "Nieuw onderwerp", "is_new": True},
        prepare=_renumber,
        path_of=lambda data, piece: ("topics", index_of(data["topics"], piece)),
        after=lambda fresh, piece: fresh.url("werkplaats-onderwerpen"),
    )
    return edit(request, draft, editor)


def _renumber(data: Data, piece: Data, post: dict[str, str]) -> None:
    """Give a new topic the next number of its kind when another has the number that was proposed."""
    taken = {topic["number"] for topic in data["topics"] if topic is not piece and topic["kind"] == piece["kind"]}
    if piece["number"] in taken:
        piece["number"] = max(taken) + 1
