"""What every verb says when it cannot be done."""


class ActionRefused(Exception):
    """This cannot be done; the sentence says why and what can."""
