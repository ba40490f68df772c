"""A table turned: the values of one column across, for who compares the years in a sheet."""

from reports.document import Cell, Column, Pivot, Table


def pivoted(data: Table, view: Pivot) -> Table:
    """`data` seen through `view`, in the order in which its rows and values come first.

    Raises ValueError when two rows of the data fall into one cell.
    """
    # Costs 1.8 s, so only who writes such a sheet pays it.
    import pandas

    headings = [column.heading for column in data.columns]
    records = [dict(zip(headings, row, strict=True)) for row in data.rows]
    for record in records:
        for heading in (*view.rows, view.column):
            record[heading] = record[heading].text
    frame = pandas.DataFrame.from_records(records, columns=headings)
    turned = frame.pivot(index=list(view.rows), columns=view.column, values=view.value)
    order = frame[list(view.rows)].drop_duplicates().itertuples(index=False, name=None)
    index = pandas.MultiIndex.from_tuples(order, names=view.rows)
    turned = turned.reindex(index=index, columns=frame[view.column].unique())
    empty = Cell("")
    rows = tuple(
        (*map(Cell, names), *(cell if isinstance(cell, Cell) else empty for cell in cells))
        for names, cells in zip(turned.index, turned.to_numpy(), strict=True)
    )
    columns = [data.columns[headings.index(heading)] for heading in view.rows]
    across = [Column(str(value), "figure", 8) for value in turned.columns]
    return Table(view.caption, (*columns, *across), rows)
