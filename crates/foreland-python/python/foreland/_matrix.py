"""Many distances and many routes at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from foreland._ask import Words, way
from foreland._charts import charts
from foreland._table import Table


def matrix(
    places: Any,
    to: Any = None,
    /,
    *,
    vessel: str | None = None,
    loa_m: float | None = None,
    beam_m: float | None = None,
    draught_m: float | None = None,
    air_draught_m: float | None = None,
    avoid: Words = (),
    open: Words = (),
) -> Table:
    """Distances from each of ``places`` to each of ``to`` (to each other if ``to`` is left out).

    Both are lists of ports, or anything that hands over Arrow (pandas, Polars, pyarrow, a DuckDB
    relation) with a column ``unlocode``, ``locode``, ``port``, ``place`` or ``name``. The table has
    the columns ``from``, ``to`` (as they were called) and ``distance_nm`` (null: no route), one
    row a pair, row by row.

    >>> matrix(["PECLL", "PECHY"], ["CNSHA"]).column_names
    ['from', 'to', 'distance_nm']
    """
    asked = way(
        vessel=vessel,
        loa_m=loa_m,
        beam_m=beam_m,
        draught_m=draught_m,
        air_draught_m=air_draught_m,
        avoid=avoid,
        open=open,
    )
    ends = None if to is None else _places(to)
    return Table(charts().matrix(_places(places), ends, asked))


def routes(
    pairs: Any,
    /,
    *,
    vessel: str | None = None,
    loa_m: float | None = None,
    beam_m: float | None = None,
    draught_m: float | None = None,
    air_draught_m: float | None = None,
    avoid: Words = (),
    via: Words = (),
    open: Words = (),
) -> Table:
    """The route of every pair: one row in, one row out, in the order given.

    ``pairs`` hands over Arrow and has the columns ``from``, ``to`` (places) or ``from_lon``,
    ``from_lat``, ``to_lon``, ``to_lat`` (degrees), and optionally ``via`` and ``avoid`` (several
    joined by ``;``). A list of pairs of texts will do too. All columns come back, followed by
    ``distance_nm``, ``passages``, ``snap_from_nm``, ``snap_to_nm``, ``status`` (``ok``,
    ``no_route: why``, ``error: why``) and ``geometry``; a row is never dropped.

    >>> len(routes([("PECLL", "CNSHA"), ("PECLL", "nowhere at all")]))
    2
    """
    asked = way(
        vessel=vessel,
        loa_m=loa_m,
        beam_m=beam_m,
        draught_m=draught_m,
        air_draught_m=air_draught_m,
        avoid=avoid,
        via=via,
        open=open,
    )
    given = pairs if _is_arrow(pairs) else charts().pairs(_pairs(pairs))
    return Table(charts().routes(given, asked))


def _is_arrow(given: Any) -> bool:
    return hasattr(given, "__arrow_c_stream__") or hasattr(given, "__arrow_c_array__")


def _places(given: Any) -> Any:
    if _is_arrow(given):
        return given
    if isinstance(given, str):
        raise TypeError("give a list of places, or a table; a single text is one place")
    return [str(place) for place in given]


def _pairs(given: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(str(start), str(end)) for start, end in given]
