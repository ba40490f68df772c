"""Permissions. `may_x` returns whether a user may do x; `check_x` raises NotAllowed with a sentence if not.

Permissions belong to groups (created by a migration of `indicators`): a beleidsmedewerker records figures, a
vaststeller adopts, a beheerder prepares versions of the kadernota. Adopted figures are public. That nobody adopts what
they recorded or prepared themselves is checked in `indicators.actions`, and by the database.
"""

from django.contrib.auth.models import AnonymousUser, User

AnyUser = User | AnonymousUser


class NotAllowed(Exception):
    """The user may not do this; the message says who may."""


def may_record(user: AnyUser) -> bool:
    """Return whether `user` may record figures."""
    return user.is_active and user.has_perm("indicators.add_measurement")


def may_adopt(user: AnyUser) -> bool:
    """Return whether `user` may adopt what another user recorded or prepared."""
    return user.is_active and user.has_perm("indicators.adopt")


def may_see_drafts(user: AnyUser) -> bool:
    """Return whether `user` may see and export drafts of figures and lines."""
    return user.is_active and user.has_perm("indicators.export_drafts")


def may_seal(user: AnyUser) -> bool:
    """Return whether `user` may seal the documents of a decision: anyone who records or adopts."""
    return may_record(user) or may_adopt(user)


def may_prepare(user: AnyUser) -> bool:
    """Return whether `user` may prepare a version of a kadernota."""
    return user.is_active and user.has_perm("priorities.prepare_version")


def may_propose(user: AnyUser) -> bool:
    """Return whether `user` may propose a correction of a decision, or to judge a year again: anyone with a task."""
    return may_record(user) or may_prepare(user) or may_adopt(user)


def may_see_versions_in_preparation(user: AnyUser) -> bool:
    """Return whether `user` may see drafts of versions: anyone who prepares or adopts them."""
    return may_prepare(user) or may_adopt(user)


def check_record(user: AnyUser) -> None:
    """Raise NotAllowed unless `user` may record figures."""
    if not may_record(user):
        raise NotAllowed(f"{user.get_username()} mag geen cijfers vastleggen; dat doet een beleidsmedewerker.")


def check_adopt(user: AnyUser) -> None:
    """Raise NotAllowed unless `user` may adopt."""
    if not may_adopt(user):
        raise NotAllowed(f"{user.get_username()} mag geen cijfers vaststellen; dat doet een vaststeller.")


def check_see_drafts(user: AnyUser) -> None:
    """Raise NotAllowed unless `user` may see drafts of figures and lines."""
    if not may_see_drafts(user):
        raise NotAllowed("Concepten zijn alleen te zien voor beleidsmedewerkers en vaststellers.")


def check_seal(user: AnyUser) -> None:
    """Raise NotAllowed unless `user` may seal documents."""
    if not may_seal(user):
        raise NotAllowed(f"{user.get_username()} mag geen documenten verzegelen; dat doet wie vastlegt of vaststelt.")


def check_prepare(user: AnyUser) -> None:
    """Raise NotAllowed unless `user` may prepare a version of a kadernota."""
    if not may_prepare(user):
        raise NotAllowed(f"{user.get_username()} mag geen kadernota voorbereiden; dat doet een beheerder.")


def check_propose(user: AnyUser) -> None:
    """Raise NotAllowed unless `user` may propose a correction, or to judge a year again."""
    if not may_propose(user):
        raise NotAllowed(
            f"{user.get_username()} mag geen voorstel doen; dat doet wie vastlegt, voorbereidt of vaststelt."
        )


def check_see_versions_in_preparation(user: AnyUser) -> None:
    """Raise NotAllowed unless `user` may see drafts of versions."""
    if not may_see_versions_in_preparation(user):
        raise NotAllowed("Een versie in voorbereiding is alleen te zien voor beheerders en vaststellers.")
