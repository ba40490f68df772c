"""Tests. They mirror the code; `house/` holds the ground rules of the tree itself."""
