"""Configuration of the application that makes documents: the appendix and the annual programme."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The app `reports`."""

    name = "reports"
    verbose_name = "Bijlagen"
