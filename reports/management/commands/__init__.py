"""Management commands: write documents to files; seal, verify and archive editions."""
