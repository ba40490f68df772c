"""Permissions. `may_x` returns whether a user may do x; `check_x` raises NotAllowed with a sentence if not.

Permissions belong to groups (created by a migration of `indicators`): a beleidsmedewerker records, a vaststeller
adopts, a beheerder maintains the structure. Adopted figures are public. That nobody adopts what they recorded
themselves is checked in `indicators.actions.adopting`.
"""

from django.contrib.auth.models import AnonymousUser, User

AnyUser = User | AnonymousUser


class NotAllowed(Exception):
    """The user may not do this; the message says who may."""


def may_record(user: AnyUser) -> bool:
    """Return whether `user` may record figures."""
    return user.is_active and user.has_perm("indicators.add_measurement")


def may_adopt(user: AnyUser) -> bool:
    """Return whether `user` may adopt what another user recorded."""
    return user.is_active and user.has_perm("indicators.adopt_edition")


def may_see_drafts(user: AnyUser) -> bool:
    """Return whether `user` may see and export drafts."""
    return user.is_active and user.has_perm("indicators.export_drafts")


def may_seal(user: AnyUser) -> bool:
    """Return whether `user` may seal the documents of an edition: anyone who records or adopts."""
    return may_record(user) or may_adopt(user)


def may_change_target(user: AnyUser) -> bool:
    """Return whether `user` may replace a target by a decision of the council."""
    return user.is_active and user.has_perm("indicators.change_target")


def may_add_break(user: AnyUser) -> bool:
    """Return whether `user` may add a break in method."""
    return user.is_active and user.has_perm("indicators.add_break")


def may_add_indicator(user: AnyUser) -> bool:
    """Return whether `user` may add an indicator."""
    return user.is_active and user.has_perm("indicators.add_indicator")


def may_start_kadernota(user: AnyUser) -> bool:
    """Return whether `user` may start a next kadernota."""
    return user.is_active and user.has_perm("priorities.add_kadernota")


def check_record(user: AnyUser) -> None:
    """Raise NotAllowed unless `user` may record figures."""
    if not may_record(user):
        raise NotAllowed(f"{user.get_username()} mag geen cijfers vastleggen; dat doet een beleidsmedewerker.")


def check_adopt(user: AnyUser) -> None:
    """Raise NotAllowed unless `user` may adopt figures."""
    if not may_adopt(user):
        raise NotAllowed(f"{user.get_username()} mag geen cijfers vaststellen; dat doet een vaststeller.")


def check_see_drafts(user: AnyUser) -> None:
    """Raise NotAllowed unless `user` may see drafts."""
    if not may_see_drafts(user):
        raise NotAllowed("Concepten zijn alleen te zien voor beleidsmedewerkers en vaststellers.")


def check_change_target(user: AnyUser) -> None:
    """Raise NotAllowed unless `user` may change targets."""
    _check_administrator(user, may_change_target(user), "streefwaarden wijzigen")


def check_add_break(user: AnyUser) -> None:
    """Raise NotAllowed unless `user` may add a break in method."""
    _check_administrator(user, may_add_break(user), "methodebreuken vastleggen")


def check_add_indicator(user: AnyUser) -> None:
    """Raise NotAllowed unless `user` may add an indicator."""
    _check_administrator(user, may_add_indicator(user), "indicatoren toevoegen")


def check_start_kadernota(user: AnyUser) -> None:
    """Raise NotAllowed unless `user` may start a next kadernota."""
    _check_administrator(user, may_start_kadernota(user), "een volgende kadernota beginnen")


def _check_administrator(user: AnyUser, allowed: bool, what: str) -> None:
    if not allowed:
        raise NotAllowed(f"{user.get_username()} mag dit niet: {what} doet een beheerder.")
