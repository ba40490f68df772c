"""Offering, sending back, adopting and throwing away a draft."""
