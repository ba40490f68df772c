"""Sealing an edition with progress, and serving sealed files."""
