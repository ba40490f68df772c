"""The monitor: indicators with their targets, measurements, editions and verdicts, and the screens."""
