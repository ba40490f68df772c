"""What a draft changes, and what that does to the verdicts."""
