"""Tests. They mirror the code; `repository/` checks docs, locks and templates."""
