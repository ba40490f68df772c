"""Pivot a table: the values of a column become columns, to compare years in a sheet."""

from reports.document import Cell, Column, Pivot, Table


def pivot_table(data: Table, view: Pivot) -> Table:
    """Return `data` as the pivot table `view`, in the order in which rows and values occur first.

    Raises ValueError when two rows of the data fall into one cell.
    """
    # Imported here: it takes 1.8 s, and only spreadsheets need it.
    import pandas

    headings = [column.heading for column in data.columns]
    labels = {*view.rows, view.column}
    records = [
        {heading: cell.text if heading in labels else cell for heading, cell in zip(headings, row, strict=True)}
        for row in data.rows
    ]
    frame = pandas.DataFrame.from_records(records, columns=headings)
    pivot = frame.pivot(index=list(view.rows), columns=view.column, values=view.value)
    order = frame[list(view.rows)].drop_duplicates().itertuples(index=False, name=None)
    index = pandas.MultiIndex.from_tuples(order, names=view.rows)
    pivot = pivot.reindex(index=index, columns=frame[view.column].unique())
    empty = Cell("")
    rows = tuple(
        (*map(Cell, names), *(cell if isinstance(cell, Cell) else empty for cell in cells))
        for names, cells in zip(pivot.index, pivot.to_numpy(), strict=True)
    )
    columns = [data.columns[headings.index(heading)] for heading in view.rows]
    across = [Column(str(value), "figure", 8) for value in pivot.columns]
    return Table(view.caption, (*columns, *across), rows)
