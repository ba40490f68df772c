"""Pivot a table: the values of a column become columns, to compare years in a sheet."""

from reports.document import Cell, Column, Pivot, Table


def pivot_table(data: Table, view: Pivot) -> Table:
    """Return `data` as the pivot table `view`, in the order in which rows and values occur first.

    Raises ValueError when two rows of the data fall into one cell.
    """
    # Imported here: it takes 1.8 s, and only spreadsheets need it.
    import pandas

    headings = [column.heading for column in data.columns]
    *labels, value = (headings.index(heading) for heading in (*view.rows, view.column, view.value))
    index = pandas.MultiIndex.from_arrays([[row[number].text for row in data.rows] for number in labels])
    cells = pandas.Series([row[value] for row in data.rows], index, dtype=object)
    pivot = cells.unstack(sort=False, fill_value=Cell(""))
    names = zip(*(map(Cell, pivot.index.get_level_values(level)) for level in range(len(view.rows))), strict=True)
    rows = tuple((*heading, *row) for heading, row in zip(names, pivot.to_numpy(), strict=True))
    columns = [data.columns[number] for number in labels[:-1]]
    across = [Column(heading, "figure", 8) for heading in pivot.columns]
    return Table(view.caption, (*columns, *across), rows)
