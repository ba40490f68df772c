"""The policy document: kadernota, priorities and what hangs under them; start page and priority page."""
