"""Colours of the documents, shared by all formats."""

from indicators.domain.statuses import STATUSES

INK = "1d2429"
QUIET = "56616a"
ACCENT = "0b4f63"
HAIRLINE = "c3cacf"
WATERMARK = "eceff0"
BAND = "f6e3b4"
BAND_INK = "4a3500"

STATUS_COLOURS = {status.value: text.colour for status, text in STATUSES.items()}
