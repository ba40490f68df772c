"""All kadernota's of this site, with search."""
