"""The deadlines of the sources by year."""
