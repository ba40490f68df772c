"""Taking back a draft of a figure or of a line of the programme."""
