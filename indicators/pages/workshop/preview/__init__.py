"""The public pages as they will be when a draft is adopted."""
