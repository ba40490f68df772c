"""Versions and proposals in each state, for tests of all pages; and the pages that show them, by user.

The practice kadernota gets a draft and an offered editorial draft; the real one an outdated draft and a second version,
with proposals to judge a year again and to correct a decision; a new kadernota gets a draft that was sent back.
"""

from dataclasses import replace

from django.contrib.auth.models import User

from indicators.actions.practice import ADOPTER, KEEPER, OFFICER
from indicators.actions.proposals import propose_correction, propose_rejudging
from indicators.actions.versions import offer, questions_about, save_draft, send_back, start_draft
from indicators.domain.nota import Nota
from indicators.models import Decision, Proposal
from indicators.readmodel.nota import nota_of
from priorities.models import Kadernota, Version
from tests.actions.versions import small_nota
from tests.cast import NOW, PRACTICE, REAL, adopt_version_of, with_component, with_indicator

P, R, NEW = f"/werkplaats/{PRACTICE}", f"/werkplaats/{REAL}", "/werkplaats/voorbeeld-2023-2026"
DRAFT, EDITORIAL = f"{P}/versie", f"{P}/redactie"
PUBLIC = (
    "/kadernotas/", "/kadernotas/?q=oefen", "/kadernotas/?q=bestaatniet", f"/{PRACTICE}/besluiten/",
    f"/{REAL}/besluiten/", f"/{REAL}/indicator/V3/?jaar=2022", f"/{REAL}/indicator/V3/?jaar=2020",
    f"/{REAL}/?jaar=2022",
)  # fmt: skip
OFFICERS = (f"{R}/voorstellen/", f"{R}/voorstellen/{{rejudging}}/", f"{R}/voorstellen/{{correction}}/")
KEEPERS = (
    "/werkplaats/", "/werkplaats/nieuw/", "/werkplaats/uit-blad/", f"{P}/", f"{P}/termijnen/", f"{R}/",
    f"{R}/redactie/", f"{R}/redactie/bijwerken/", f"{P}/voorstellen/", f"{DRAFT}/", f"{DRAFT}/nota/",
    f"{DRAFT}/onderwerpen/", f"{DRAFT}/nieuw-onderwerp/", f"{DRAFT}/onderwerp/prioriteit-1/", f"{DRAFT}/indicatoren/",
    f"{DRAFT}/nieuwe-indicator/", f"{DRAFT}/indicator/V3/", f"{DRAFT}/indicator/V14/", f"{DRAFT}/cijfers/",
    f"{DRAFT}/leeswijzen/", f"{DRAFT}/verschil/", f"{DRAFT}/voorbeeld/", f"{DRAFT}/voorbeeld/indicator/V3/",
    f"{DRAFT}/uit-blad/", f"{DRAFT}/aanbieden/", f"{DRAFT}/weggooien/", f"{EDITORIAL}/",
    f"{EDITORIAL}/indicator/V3/", f"{EDITORIAL}/verschil/", f"{EDITORIAL}/leeswijzen/",
    f"{NEW}/", f"{NEW}/versie/", f"{NEW}/versie/cijfers/", f"{NEW}/versie/voorbeeld/", f"{NEW}/versie/verschil/",
)  # fmt: skip
ADOPTERS = (
    "/werkplaats/", f"{DRAFT}/", f"{EDITORIAL}/vaststellen/", f"{EDITORIAL}/nota/",
    f"{R}/voorstellen/{{rejudging}}/", f"{R}/voorstellen/{{correction}}/", f"{DRAFT}/cijfers/",
)  # fmt: skip


def prepare_versions() -> None:
    """Create the drafts, the second version and the proposals. Needs both kadernotas and the practice accounts."""
    officer, keeper, adopter = (User.objects.get(username=name) for name in (OFFICER, KEEPER, ADOPTER))
    real, practice = (Kadernota.objects.get(slug=slug) for slug in (REAL, PRACTICE))
    explain(real, "Alle meldingen.", by=keeper)  # is outdated when the next version is adopted
    adopt_version_of(
        real, lambda nota: explained(stricter(nota, "<4.000"), "Meldingen op straat."), by=adopter, editor=keeper
    )
    propose_rejudging(kadernota=real, year=2020, version=2, by=officer, now=NOW)
    propose_correction(
        decision=Decision.objects.of(real).get(sequence=1), remark="Verkeerd nummer.", by=officer, now=NOW
    )
    draft = start_draft(kadernota=practice, by=keeper, now=NOW, reason="De raad wil meer.")
    save_draft(version=draft, nota=stricter(nota_of(draft), "9.000"), by=keeper, now=NOW)
    texts = explain(practice, "Alle meldingen over de openbare ruimte.", by=keeper)
    offer(version=texts, by=keeper, now=NOW)
    new = start_draft(nota=small_nota(), by=keeper, now=NOW)
    offer(version=new, by=keeper, now=NOW, confirm=[question.code for question in questions_about(nota_of(new))])
    send_back(version=new, by=adopter, now=NOW, reason="Het jaar 2024 ontbreekt.")


def explain(kadernota: Kadernota, definition: str, *, by: User) -> Version:
    """Start an editorial draft with this definition of V3."""
    version = start_draft(kadernota=kadernota, kind="editorial", by=by, now=NOW, reason="Een betere uitleg.")
    save_draft(version=version, nota=explained(nota_of(version), definition), by=by, now=NOW)
    return version


def explained(nota: Nota, definition: str) -> Nota:
    """Return the nota with this definition of V3."""
    return with_indicator(nota, "V3", lambda indicator: replace(indicator, definition=definition))


def stricter(nota: Nota, target: str) -> Nota:
    """Return the nota with this target of V3 in 2022."""
    return with_component(nota, "V3", targets={2022: target})


def with_numbers(paths: tuple[str, ...]) -> list[str]:
    """Return the paths with the numbers of the open proposals in them."""
    numbers = dict(Proposal.objects.filter(kadernota__slug=REAL, state="offered").values_list("kind", "pk"))
    return [path.format(**numbers) for path in paths]
