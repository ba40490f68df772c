"""App configuration."""

from django.apps import AppConfig


class PrioritiesConfig(AppConfig):
    """The app `priorities`."""

    name = "priorities"
    verbose_name = "Kadernota en prioriteiten"
