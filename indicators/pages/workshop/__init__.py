"""The workshop: where versions of a kadernota are prepared, offered and adopted."""
