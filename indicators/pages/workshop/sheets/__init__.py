"""The nota as a sheet: empty, filled, and read back with a preview."""
