"""Tests of the repository: docs, lock files, templates, names, vendored files."""
