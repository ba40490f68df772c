"""The sheets that one fills in: a sheet with a row for each figure, and the sheet that comes back with refusals."""
