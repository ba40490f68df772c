"""Entering a year: what stands on the page, what was typed, how it is judged, and how it is kept and saved. No HTML."""
