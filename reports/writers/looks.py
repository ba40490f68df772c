"""The colours of the documents, the same in every format."""

INK = "1d2429"
QUIET = "56616a"
ACCENT = "0b4f63"
HAIRLINE = "c3cacf"
WATERMARK = "eceff0"
BAND = "f6e3b4"
BAND_INK = "4a3500"

# Each has a contrast of at least 4.5:1 on white.
STATUS_COLOURS = {
    "on_track": "1b6437",
    "at_risk": "8a4b00",
    "off_track": "a3211c",
    "uncertain": "5a3f86",
    "no_data": QUIET,
    "not_due": QUIET,
    "no_target": QUIET,
}
