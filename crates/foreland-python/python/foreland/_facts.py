"""The facts as tables."""

from __future__ import annotations

from foreland._charts import charts
from foreland._table import Table


def table(name: str) -> Table:
    """A table of facts by its name, such as ``"services"``; ``atlas/README.md`` lists them.

    Tables whose rows have coordinates carry points in a column ``geometry``. Raises
    :class:`NotFoundError` for a name that no table has.
    """
    return Table(charts().table(name))


def ports() -> Table:
    """The world's ports: UN/LOCODE, name, position, size, draught."""
    return table("ports")


def places() -> Table:
    """Places on land: mines, plants, cities, borders' towns."""
    return table("places")


def passages() -> Table:
    """Canals, straits and capes: limits, transit, whether open by default."""
    return table("passages")


def vessels() -> Table:
    """Vessel classes: dimensions, speeds, fuel, charter rates."""
    return table("vessels")
