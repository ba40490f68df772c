"""The list of the workshop, the page of a kadernota, and the overview of a draft."""
