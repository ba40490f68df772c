"""The clock. No other module reads the current time: functions take `now` or `today` as an argument."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return the current moment, aware, in the time zone of the settings."""
    return timezone.localtime()


def today() -> date:
    """Return the current day in the time zone of the settings."""
    return now().date()
