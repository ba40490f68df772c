"""The documents of a year on screen, and as files."""
