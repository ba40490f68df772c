"""The appendix to the annual programme, as a document and as files."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Bijlagen"
