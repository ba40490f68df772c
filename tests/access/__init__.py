"""Security tests: access for each role, leaks of drafts, changes of adopted figures."""
