"""The exception that every action raises when it cannot be done."""


class ActionRefused(Exception):
    """The action cannot be done; the message, in Dutch, says why and what is possible."""
