"""Page models: the drafts of the workshop, and what a draft holds and lacks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from indicators.actions.version_checks import with_newest_origins
from indicators.domain.dutch import counted, listed
from indicators.domain.nota import Finding, TopicKind, differences, find_questions
from indicators.domain.nota.facts import topic_label
from indicators.models import Proposal, VersionEdit
from indicators.models.drafts import OFFERED, OPEN
from indicators.pages.workshop.drafts import Draft
from priorities.models import Kadernota, Version


@dataclass(frozen=True, kw_only=True)
class DraftRow:
    """A draft in the list of the workshop."""

    draft: Draft
    url: str
    editors: str


@dataclass(frozen=True, kw_only=True)
class KadernotaRow:
    """A kadernota in the list of the workshop, with its newest adopted version, None without one.

    `proposal_count` counts the corrections and judgements again that wait for a decision.
    """

    kadernota: Kadernota
    version: Version | None
    drafts: tuple[DraftRow, ...]
    proposal_count: int

    @property
    def title(self) -> str:
        """Its title, of the draft while nothing is adopted."""
        version = self.version or (self.drafts[0].draft.version if self.drafts else None)
        return version.title if version else self.kadernota.slug

    @property
    def organisation(self) -> str:
        """Its organisation as printed."""
        version = self.version or (self.drafts[0].draft.version if self.drafts else None)
        return version.printed_organisation if version else ""


def find_kadernotas(query: str) -> QuerySet[Kadernota]:
    """Return the kadernota's with every word of the query: with an open draft first, then real before practice."""
    rows = Kadernota.objects.select_related("organisation").annotate(
        has_draft=Exists(Proposal.objects.filter(kadernota=OuterRef("pk"), state__in=OPEN, version__isnull=False))
    )
    for word in query.split():
        own = Version.objects.filter(kadernota=OuterRef("pk"))
        matches = own.filter(Q(title__icontains=word) | Q(printed_organisation__icontains=word))
        rows = rows.filter(Exists(matches) | Q(organisation__name__icontains=word))
    return rows.order_by("-has_draft", "is_practice", "-pk")


def newest_adopted() -> Version | None:
    """Return the newest version of the kadernota with the latest period, a real one before one for practice."""
    adopted = Version.objects.filter(decision__isnull=False).select_related("kadernota")
    return adopted.order_by("kadernota__is_practice", "-last_year", "-decision__sequence").first()


def build_rows(kadernotas: Sequence[Kadernota]) -> list[KadernotaRow]:
    """Return kadernota's with their newest versions, drafts and proposals. Four queries."""
    adopted = Version.objects.filter(kadernota__in=kadernotas, decision__isnull=False).order_by("decision__sequence")
    newest = {version.kadernota_id: version for version in adopted.select_related("kadernota")}
    related = ("version__kadernota__organisation", "version__based_on__decision", "proposed_by")
    proposals = Proposal.objects.filter(kadernota__in=kadernotas, state__in=OPEN, version__isnull=False)
    drafts: dict[int, list[Draft]] = {}
    for proposal in proposals.select_related(*related).order_by("-kind"):
        assert proposal.version is not None
        draft = Draft(proposal.version.kadernota, proposal.version, proposal)
        drafts.setdefault(proposal.kadernota_id, []).append(draft)
    waiting = Proposal.objects.filter(kadernota__in=kadernotas, state=OFFERED, version__isnull=True)
    counts = dict(waiting.values_list("kadernota").annotate(count=Count("pk")))
    editors = _editors([draft.version for own in drafts.values() for draft in own])
    return [
        KadernotaRow(
            kadernota=kadernota,
            version=newest.get(kadernota.pk),
            drafts=tuple(
                DraftRow(draft=draft, url=draft.url(), editors=editors.get(draft.version.pk, ""))
                for draft in drafts.get(kadernota.pk, [])
            ),
            proposal_count=counts.get(kadernota.pk, 0),
        )
        for kadernota in kadernotas
    ]


def editors_of(version: Version) -> str:
    """Return the names of who edited a draft, first editor first: Dirk en Els."""
    return _editors([version]).get(version.pk, "")


def _editors(versions: Iterable[Version]) -> dict[int, str]:
    """Return the names of the editors of drafts by version. One query."""
    names: dict[int, dict[str, None]] = {}
    rows = VersionEdit.objects.filter(version__in=list(versions)).values(
        "version", "edited_by__username", "edited_by__first_name", "edited_by__last_name"
    )
    for row in rows.annotate(first=Min("pk")).order_by("first"):
        full = f"{row['edited_by__first_name']} {row['edited_by__last_name']}".strip()
        names.setdefault(row["version"], {})[full or row["edited_by__username"]] = None
    return {version: listed(list(own)) for version, own in names.items()}


@dataclass(frozen=True)
class Lack:
    """Something that is not there yet, with the page to add it."""

    text: str
    url: str


@dataclass(frozen=True)
class Stock:
    """A part of the draft with what it holds: Indicatoren, 21, page."""

    name: str
    count: str
    note: str
    url: str


@dataclass(frozen=True, kw_only=True)
class OverviewPage:
    """What is in a draft, what is missing, and what will be asked."""

    stocks: tuple[Stock, ...]
    lacks: tuple[Lack, ...]
    questions: tuple[Finding, ...]
    editors: str
    edits: tuple[VersionEdit, ...]
    change_count: int | None


LAST_EDITS = 8


def build_overview(draft: Draft) -> OverviewPage:
    """Return the overview of a draft."""
    nota = draft.nota
    edits = VersionEdit.objects.filter(version=draft.version).select_related("edited_by").order_by("-pk")
    return OverviewPage(
        stocks=tuple(_stocks(draft)),
        lacks=tuple(_lacks(draft)),
        questions=tuple(find_questions(nota)),
        editors=editors_of(draft.version),
        edits=tuple(edits[:LAST_EDITS]),
        change_count=None if draft.base is None else len(differences(draft.base, nota)),
    )


def _stocks(draft: Draft) -> Iterator[Stock]:
    nota = draft.nota
    kinds = [topic.kind for topic in nota.topics]
    indicators, components = list(nota.indicators), list(nota.components)
    topics = [counted(kinds.count(TopicKind.THEME), "thema", "thema’s")] if TopicKind.THEME in kinds else []
    topics += ["VTH"] if TopicKind.VTH in kinds else []
    yield Stock(
        "Periode",
        f"{nota.first_year}–{nota.last_year}",
        f"nulmeting {nota.baseline_year}, streefwaarden vanaf {nota.first_target_year}",
        draft.url("werkplaats-nota"),
    )
    yield Stock(
        "Prioriteiten",
        str(kinds.count(TopicKind.PRIORITY)),
        f"en {listed(topics)}" if topics else "",
        draft.url("werkplaats-onderwerpen"),
    )
    more = f"met {len(components)} onderdelen" if len(components) != len(indicators) else ""
    yield Stock("Indicatoren", str(len(indicators)), more, draft.url("werkplaats-indicatoren"))
    targets = sum(len(component.targets) for component in components)
    baselines = sum(component.baseline is not None for component in components)
    if not draft.is_editorial:
        note = f"en {counted(baselines, 'nulmeting', 'nulmetingen')}"
        yield Stock("Streefwaarden", str(targets), note, draft.url("werkplaats-cijfers"))
    yield Stock("Leeswijzen", str(len(nota.readings)), "", draft.url("werkplaats-leeswijzen"))


def _lacks(draft: Draft) -> Iterator[Lack]:
    """Yield what an editor probably still wants to add; none of it stops an offer but the reason."""
    nota = draft.nota
    if draft.base is not None and not draft.version.reason:
        yield Lack("wat er verandert en waarom", f"{draft.url('werkplaats-aanbieden')}#reason")
    if not any(topic.kind is TopicKind.PRIORITY for topic in nota.topics):
        yield Lack("een eerste prioriteit", draft.url("werkplaats-nieuw-onderwerp"))
    elif not any(True for _ in nota.indicators):
        yield Lack("een eerste indicator", draft.url("werkplaats-nieuwe-indicator"))
    empty = [topic_label(topic) for topic in nota.topics if topic.kind is TopicKind.PRIORITY and not topic.indicators]
    if empty and any(True for _ in nota.indicators):
        yield Lack(f"indicatoren bij {listed(empty)}", draft.url("werkplaats-nieuwe-indicator"))
    if not nota.summary:
        yield Lack("een samenvatting van de kadernota", f"{draft.url('werkplaats-nota')}#field-summary")
    grid = draft.url("werkplaats-cijfers")
    codes = [
        indicator.code for indicator in nota.indicators if any(part.baseline is None for part in indicator.components)
    ]
    if codes and not draft.is_editorial:
        yield Lack(f"een nulmeting bij {_some(codes)}", grid)
    for change in differences(nota, with_newest_origins(nota)) if nota.predecessor else ():
        yield Lack(f"{change.label} verouderd: {change.old}, nu {change.new}", grid)
    codes = [indicator.code for indicator in nota.indicators if not any(part.targets for part in indicator.components)]
    if codes and not draft.is_editorial:
        yield Lack(f"streefwaarden bij {_some(codes)}", grid)
    codes = [indicator.code for indicator in nota.indicators if not indicator.definition]
    if codes:
        yield Lack(f"een definitie bij {_some(codes)}", draft.url("werkplaats-indicator", codes[0]))


def _some(codes: list[str]) -> str:
    """Return at most six codes: V1, V2 en nog 12."""
    return listed(codes) if len(codes) <= 6 else f"{', '.join(codes[:5])} en nog {len(codes) - 5}"
