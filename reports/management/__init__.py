"""What the management commands of documents share."""
