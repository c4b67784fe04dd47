"""Tables on their way from Rust to whatever takes Arrow."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from foreland import _foreland

if TYPE_CHECKING:
    import geopandas
    import pandas
    import polars
    import pyarrow

_SHOWN = 10


class Table:
    """A table that hands itself over as Arrow, without copying.

    ``polars.DataFrame(table)``, ``pyarrow.table(table)``, ``pandas.DataFrame.from_arrow(table)``,
    ``duckdb.from_arrow(pyarrow.table(table))`` and, for tables with a geometry,
    ``geopandas.GeoDataFrame.from_arrow(table)`` all take it. The methods ``to_…`` do the same for
    readers who would rather not remember which is which; they need the library they name.
    """

    __slots__ = ("_arrow",)

    def __init__(self, arrow: _foreland.ArrowTable) -> None:
        self._arrow = arrow

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._arrow.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._arrow.__arrow_c_schema__()

    @property
    def column_names(self) -> list[str]:
        """Names of the columns; units stand in them."""
        return self._arrow.column_names

    @property
    def num_rows(self) -> int:
        """Number of rows."""
        return self._arrow.num_rows

    def __len__(self) -> int:
        return self._arrow.num_rows

    def to_arrow(self) -> pyarrow.Table:
        """As a pyarrow table."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """As a pandas data frame."""
        frame: pandas.DataFrame = self.to_arrow().to_pandas()
        return frame

    def to_polars(self) -> polars.DataFrame:
        """As a Polars data frame."""
        import polars

        return polars.DataFrame(self)

    def to_geopandas(self) -> geopandas.GeoDataFrame:
        """As a GeoPandas data frame; the table must have a geometry."""
        import geopandas

        return geopandas.GeoDataFrame.from_arrow(self)

    def rows(self, first: int = 0, most: int | None = None) -> list[dict[str, Any]]:
        """Some rows, or all, with every cell as text; for looking at, not for computing."""
        names = self.column_names
        cells = _foreland.cells(self._arrow, first, len(self) if most is None else most)
        return [dict(zip(names, row, strict=True)) for row in cells]

    def __repr__(self) -> str:
        return f"<foreland.Table: {len(self)} rows; {', '.join(self.column_names)}>"

    def _repr_html_(self) -> str:
        names = [name for name in self.column_names if name != "geometry"]
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(row[name])}</td>" for name in names) + "</tr>"
            for row in self.rows(0, _SHOWN)
        )
        more = len(self) - _SHOWN
        tail = f"<p>{more} more rows</p>" if more > 0 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{tail}"
