"""Which years of a kadernota are settled: whether an indicator counts in one of those does not change any more."""

from indicators.actions.errors import ActionRefused
from indicators.domain.dutch import plural
from indicators.domain.followed import Followed, followed
from indicators.models import Edition, EditionEntry, Indicator
from priorities.models import Kadernota


def check_followed_years(
    indicator: Indicator | None, kadernota: Kadernota, first_year: int | None, last_year: int | None
) -> None:
    """Raise ActionRefused when these years change whether the indicator counts in a year that is settled.

    Settled are the years of which figures were adopted by a decision, and those of which this indicator has a figure
    in an edition. `indicator` is it as it stands, None for a new one. Call it inside the transaction that makes the
    change: it keeps anyone from adopting meanwhile.
    """
    list(Kadernota.objects.select_for_update().filter(pk=kadernota.pk))
    settled = set(Edition.objects.of(kadernota).filter(kind="adopted").values_list("year", flat=True))
    if indicator is not None:
        entries = EditionEntry.objects.filter(measurement__component__indicator=indicator)
        settled |= set(entries.values_list("measurement__year", flat=True))
    changed = sorted(
        year
        for year in settled
        if (indicator is not None and followed(year, indicator.first_year, indicator.last_year) is Followed.YES)
        != (followed(year, first_year, last_year) is Followed.YES)
    )
    if changed:
        years = ", ".join(map(str, changed))
        raise ActionRefused(
            f"Over {years} zijn al cijfers vastgesteld of overgenomen. Of een indicator in {_such(changed)} meetelt, "
            f"verandert niet meer. Dat kan pas vanaf {max(settled) + 1}."
        )


def _such(years: list[int]) -> str:
    return plural(len(years), "dat jaar", "die jaren")
