"""The writes to the database: keyword-only, atomic functions, with user `by` and time `now`."""
