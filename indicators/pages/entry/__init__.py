"""The form with every figure of a year: rendering, reading, judging and saving."""
