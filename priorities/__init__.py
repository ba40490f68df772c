"""The policy document: the kadernota and its priorities, and the permissions."""
