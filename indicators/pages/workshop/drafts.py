"""The draft of a page of the workshop, and who may open it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from indicators.actions.audit import denied_404
from indicators.actions.version_checks import newest_version
from indicators.domain.chain import content_hash
from indicators.domain.nota import Nota, write_nota
from indicators.models import Proposal
from indicators.models.drafts import EDITORIAL, OFFERED, OPEN, SENT_BACK, SUBSTANTIVE
from indicators.pages.form_recovery import (
    NOTE_FIELD,
    STORED,
    TOO_LARGE,
    form_note,
    posted_texts,
    read_note,
    store_texts,
)
from indicators.pages.guards import PAGE_METHODS, Permission, View
from indicators.readmodel.nota import nota_of, version_content
from priorities.models import Kadernota, Version
from priorities.permissions import may_adopt, may_prepare, may_see_versions_in_preparation

# The word for a kind of version in URLs.
KIND_WORDS = {"versie": SUBSTANTIVE, "redactie": EDITORIAL}
WORDS = {kind: word for word, kind in KIND_WORDS.items()}


class VersionKindConverter:
    """Path converter for the kind of a version: versie, redactie."""

    regex = "|".join(KIND_WORDS)

    def to_python(self, value: str) -> str:
        """Return the stored code of the kind."""
        return KIND_WORDS[value]

    def to_url(self, value: str) -> str:
        """Return the word in the URL."""
        return WORDS[value]


@dataclass(frozen=True)
class Draft:
    """The open draft of one kind of a kadernota, with its content when the page was opened."""

    kadernota: Kadernota
    version: Version
    proposal: Proposal

    @cached_property
    def nota(self) -> Nota:
        """What the draft says."""
        return nota_of(self.version)

    @cached_property
    def base(self) -> Nota | None:
        """What the version says that the draft is based on; None for the first one."""
        return nota_of(self.version.based_on) if self.version.based_on else None

    @cached_property
    def hash(self) -> str:
        """The hash of its content (`version_hash`)."""
        return content_hash(version_content(self.version, self.nota))

    def data(self) -> dict[str, Any]:
        """Return its content as data of format 1, which a form may change."""
        return write_nota(self.nota)

    @property
    def is_editorial(self) -> bool:
        """Whether only texts may change."""
        return self.version.kind == EDITORIAL

    @property
    def is_offered(self) -> bool:
        """Whether it waits for an adopter, and is closed."""
        return self.proposal.state == OFFERED

    @property
    def is_sent_back(self) -> bool:
        """Whether an adopter sent it back."""
        return self.proposal.state == SENT_BACK

    @cached_property
    def is_outdated(self) -> bool:
        """Whether a newer version was adopted since it was based on one."""
        newest = newest_version(self.kadernota)
        return (newest.pk if newest else None) != self.version.based_on_id

    @property
    def state_words(self) -> str:
        """Its state in words: in bewerking."""
        return str(self.proposal.get_state_display())

    @property
    def kind_words(self) -> str:
        """Its kind in words: inhoudelijke versie."""
        return "nieuwe kadernota" if self.version.based_on_id is None else str(self.proposal.get_kind_display())

    def url(self, name: str = "werkplaats-concept", *args: str | int) -> str:
        """Return the URL of a page of this draft."""
        return reverse(name, args=[self.kadernota.slug, self.version.kind, *args])


def find_draft(kadernota: Kadernota, kind: str) -> Draft | None:
    """Return the open draft of this kind, or None."""
    related = ("version__kadernota__organisation", "version__kadernota__predecessor", "version__based_on__decision")
    rows = Proposal.objects.filter(kadernota=kadernota, kind=kind, state__in=OPEN)
    proposal = rows.select_related("proposed_by", *related).first()
    if proposal is None or proposal.version is None:
        return None
    return Draft(proposal.version.kadernota, proposal.version, proposal)


def workshop_page(
    *, may: Permission = may_see_versions_in_preparation, post: Permission | None = may_prepare
) -> Callable[[View], View]:
    """Decorate a view of the workshop: log-in, method, permission; 404 for who may not, logged.

    `post` is who may send its form; None for a page without one.
    """

    def decorate(view: View) -> View:
        @require_http_methods(PAGE_METHODS if post else PAGE_METHODS[:2])
        def permitted(request: HttpRequest, **arguments: object) -> HttpResponse:
            needed = post if post and request.method == "POST" else may
            if not needed(request.user):
                raise denied_404(request, request.path)
            return view(request, **arguments)

        @wraps(view)
        def respond(request: HttpRequest, **arguments: object) -> HttpResponse:
            if not request.user.is_authenticated:
                _store_typed(request)
                return redirect_to_login(request.get_full_path())
            return permitted(request, **arguments)

        return respond

    return decorate


def _store_typed(request: HttpRequest) -> None:
    """Store the texts of a form that is sent after the log-in has ended, until its writer logs in again."""
    writer = read_note(request.POST.get(NOTE_FIELD, ""), request.path) if request.method == "POST" else None
    if writer is not None:
        is_stored = store_texts(request, writer, posted_texts(request, "", 0))
        messages.warning(request, STORED if is_stored else TOO_LARGE)


def kadernota_page(
    *, may: Permission = may_see_versions_in_preparation, post: Permission | None = may_prepare
) -> Callable[[View], View]:
    """Decorate a view as `workshop_page` does; it gets the kadernota, which may have no decision yet."""

    def decorate(view: View) -> View:
        @workshop_page(may=may, post=post)
        @wraps(view)
        def respond(request: HttpRequest, slug: str, **arguments: object) -> HttpResponse:
            kadernota = get_object_or_404(Kadernota.objects.select_related("organisation", "predecessor"), slug=slug)
            return view(request, kadernota, **arguments)

        return respond

    return decorate


def draft_page(
    *, may: Permission = may_see_versions_in_preparation, post: Permission | None = may_prepare
) -> Callable[[View], View]:
    """Decorate a view as `workshop_page` does; it gets the open draft instead of slug and kind, else 404."""

    def decorate(view: View) -> View:
        @kadernota_page(may=may, post=post)
        @wraps(view)
        def respond(request: HttpRequest, kadernota: Kadernota, version_kind: str, **arguments: object) -> HttpResponse:
            draft = find_draft(kadernota, version_kind)
            if draft is None:
                raise Http404("Dit concept is er niet.")
            return view(request, draft, **arguments)

        return respond

    return decorate


def render_draft(
    request: HttpRequest, draft: Draft, template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Render a page of a draft, with the links to its other pages."""
    extra = {
        "draft": draft,
        "tabs": tabs(request, draft),
        "may_prepare": may_prepare(request.user),
        "may_adopt": may_adopt(request.user),
        "can_edit": may_prepare(request.user) and not draft.is_offered,
        "note": form_note(request),
    }
    return render(request, template, extra | dict(context), status=status)


@dataclass(frozen=True)
class Tab:
    """A link to a page of the draft; `current` for the one that is shown."""

    text: str
    url: str
    current: bool


# The pages of a draft, with the other views that belong to each.
TABS = (
    ("Overzicht", "werkplaats-concept", ("werkplaats-bijwerken", "werkplaats-weggooien")),
    ("Kadernota", "werkplaats-nota", ()),
    ("Onderwerpen", "werkplaats-onderwerpen", ("werkplaats-onderwerp", "werkplaats-nieuw-onderwerp")),
    ("Indicatoren", "werkplaats-indicatoren", ("werkplaats-indicator", "werkplaats-nieuwe-indicator")),
    ("Cijfers", "werkplaats-cijfers", ()),
    ("Leeswijzen", "werkplaats-leeswijzen", ()),
    ("Verschil", "werkplaats-verschil", ()),
    ("Voorbeeld", "werkplaats-voorbeeld", ()),
)


def tabs(request: HttpRequest, draft: Draft) -> tuple[Tab, ...]:
    """Return the links to the pages of the draft."""
    match = request.resolver_match
    here = match.view_name if match else ""
    last = ("Vaststellen", "werkplaats-vaststellen", ()) if draft.is_offered else None
    last = last or ("Aanbieden", "werkplaats-aanbieden", ())
    return tuple(
        Tab(text, draft.url(name), here == name or here in others)
        for text, name, others in (*TABS, last)
        if not (draft.is_editorial and name == "werkplaats-cijfers")
    )
