"""Who may do what. `may_x` asks, `check_x` refuses with a sentence.

Rights hang on groups (migration 0002): beleidsmedewerker records, vaststeller adopts, beheerder keeps the structure.
Reading what is adopted needs no account.
"""


class NotAllowed(Exception):
    """This person may not do this; the sentence says who may."""


def may_record(user) -> bool:
    """Whether this user may record figures."""
    return user.is_active and user.has_perm("indicators.add_measurement")


def may_adopt(user) -> bool:
    """Whether this user may adopt what another recorded."""
    return user.is_active and user.has_perm("indicators.adopt_edition")


def may_see_drafts(user) -> bool:
    """Whether this user may see and export figures that are not adopted."""
    return user.is_active and user.has_perm("indicators.export_drafts")


def may_seal(user) -> bool:
    """Whether this user may seal the documents of an edition: who records or adopts."""
    return may_record(user) or may_adopt(user)


def may_change_target(user) -> bool:
    """Whether this user may let a decision of the council replace a target."""
    return user.is_active and user.has_perm("indicators.change_target")


def may_add_break(user) -> bool:
    """Whether this user may note a break in method."""
    return user.is_active and user.has_perm("indicators.add_break")


def may_add_indicator(user) -> bool:
    """Whether this user may add an indicator."""
    return user.is_active and user.has_perm("indicators.add_indicator")


def may_start_kadernota(user) -> bool:
    """Whether this user may start a next kadernota."""
    return user.is_active and user.has_perm("priorities.add_kadernota")


def check_record(user) -> None:
    """Raise NotAllowed unless `user` may record figures."""
    if not may_record(user):
        raise NotAllowed(f"{user.get_username()} mag geen cijfers vastleggen; dat doet een beleidsmedewerker.")


def check_adopt(user) -> None:
    """Raise NotAllowed unless `user` may adopt figures."""
    if not may_adopt(user):
        raise NotAllowed(f"{user.get_username()} mag geen cijfers vaststellen; dat doet een vaststeller.")


def check_see_drafts(user) -> None:
    """Raise NotAllowed unless `user` may see drafts."""
    if not may_see_drafts(user):
        raise NotAllowed("Concepten zijn alleen te zien voor beleidsmedewerkers en vaststellers.")


def check_change_target(user) -> None:
    """Raise NotAllowed unless `user` may change targets."""
    _check_keeper(user, may_change_target(user), "streefwaarden wijzigen")


def check_add_break(user) -> None:
    """Raise NotAllowed unless `user` may note a break in method."""
    _check_keeper(user, may_add_break(user), "methodebreuken vastleggen")


def check_add_indicator(user) -> None:
    """Raise NotAllowed unless `user` may add an indicator."""
    _check_keeper(user, may_add_indicator(user), "indicatoren toevoegen")


def check_start_kadernota(user) -> None:
    """Raise NotAllowed unless `user` may start a next kadernota."""
    _check_keeper(user, may_start_kadernota(user), "een volgende kadernota beginnen")


def _check_keeper(user, allowed: bool, what: str) -> None:
    if not allowed:
        raise NotAllowed(f"{user.get_username()} mag dit niet: {what} doet een beheerder.")
