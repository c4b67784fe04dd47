"""A what-if engine for world freight: sea routes, studies, claims.

>>> import foreland
>>> route = foreland.route("PECHY", "CNSHA")
>>> route.passages
['korea', 'tsugaru']
>>> 9_000 < route.distance_nm < 10_000
True

Routes are not for navigation. Units stand in the names; tables cross as Arrow, so that pandas,
Polars, DuckDB, GeoPandas and pyarrow take them without copying.
"""

from foreland import _foreland
from foreland._charts import atlas_folder, use_atlas
from foreland._errors import (
    AmbiguousPlaceError,
    BadRequestError,
    ForelandError,
    InternalError,
    NoRouteError,
    NotFoundError,
    StudyError,
    TooBigError,
    UnknownPlaceError,
)
from foreland._facts import passages, places, ports, table, vessels
from foreland._findings import Claim, Findings
from foreland._matrix import matrix, routes
from foreland._route import Crossing, Place, Route, route
from foreland._study import Study
from foreland._sweep import summarise, sweep
from foreland._table import Table

__version__: str = _foreland.__version__

__all__ = [
    "AmbiguousPlaceError",
    "BadRequestError",
    "Claim",
    "Crossing",
    "Findings",
    "ForelandError",
    "InternalError",
    "NoRouteError",
    "NotFoundError",
    "Place",
    "Route",
    "Study",
    "StudyError",
    "Table",
    "TooBigError",
    "UnknownPlaceError",
    "atlas_folder",
    "matrix",
    "passages",
    "places",
    "ports",
    "route",
    "routes",
    "summarise",
    "sweep",
    "table",
    "use_atlas",
    "vessels",
]
