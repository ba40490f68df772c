"""Tests of the project folder: settings, headers, static files, and the tests' own flush."""
