"""Single routes."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import Any, Literal

from foreland import _foreland
from foreland._ask import Words, way
from foreland._charts import charts

Format = Literal["json", "geojson", "gpx", "rtz"]
NOT_FOR_NAVIGATION = "not for navigation"
_HOURS_PER_DAY = 24.0


@dataclass(frozen=True)
class Place:
    """An end of a route."""

    name: str
    unlocode: str | None
    lon_deg: float
    lat_deg: float

    def __str__(self) -> str:
        return f"{self.name} ({self.unlocode})" if self.unlocode else self.name


@dataclass(frozen=True)
class Crossing:
    """A passage on a route; a channel is only the approach to a port."""

    id: str
    is_channel: bool
    at_nm: float
    length_nm: float


@dataclass(frozen=True, repr=False)
class Route:
    """The shortest way over water between two places. Not for navigation.

    ``time_h`` is ``None`` without a speed; ``speed_kn`` is the one given, or the design speed of
    the vessel class, which ``notes`` then says. ``alternatives`` holds the further routes that
    were asked for, each by other passages.
    """

    start: Place
    end: Place
    distance_nm: float
    crossings: list[Crossing]
    speed_kn: str | None
    time_h: float | None
    sailing_h: float | None
    passages_h: tuple[float, float, float] | None
    arrival: str | None
    snap_from_nm: float
    snap_to_nm: float
    ship: str | None
    notes: list[str]
    unwrapped: list[tuple[float, float]]
    parts: list[list[tuple[float, float]]]
    alternatives: list[Route] = field(default_factory=list)
    _answer: _foreland.Answer | None = field(default=None, compare=False)

    @property
    def passages(self) -> list[str]:
        """Passages in order, approach channels left out."""
        ids = [crossing.id for crossing in self.crossings if not crossing.is_channel]
        return [id for at, id in enumerate(ids) if at == 0 or ids[at - 1] != id]

    @property
    def time_d(self) -> float | None:
        """The time in days."""
        return None if self.time_h is None else self.time_h / _HOURS_PER_DAY

    @property
    def geometry(self) -> dict[str, Any]:
        """The line as a GeoJSON geometry, cut at ±180°; ``shapely.geometry.shape`` takes it."""
        if len(self.parts) == 1:
            return {"type": "LineString", "coordinates": self.parts[0]}
        return {"type": "MultiLineString", "coordinates": self.parts}

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        return {
            "type": "Feature",
            "geometry": self.geometry,
            "properties": {
                "from": str(self.start),
                "to": str(self.end),
                "distance_nm": self.distance_nm,
                "time_h": self.time_h,
                "passages": ";".join(self.passages),
                "snap_from_nm": self.snap_from_nm,
                "snap_to_nm": self.snap_to_nm,
                "use": NOT_FOR_NAVIGATION,
            },
        }

    def to(self, format: Format) -> str:
        """The route as text: ``json``, ``geojson`` (RFC 7946), ``gpx`` (1.1) or ``rtz`` (1.0).

        With its alternatives, except in RTZ, which holds one route. Every format says that the
        route is not for navigation.
        """
        if self._answer is None:
            raise ValueError("an alternative is written together with the route it belongs to")
        return self._answer.text(format)

    def __repr__(self) -> str:
        time = "" if self.time_d is None else f", {self.time_d:.1f} d"
        by = f", by {', '.join(self.passages)}" if self.passages else ""
        return f"<foreland.Route {self.start} – {self.end}: {self.distance_nm:,.1f} nm{time}{by}>"

    def _repr_html_(self) -> str:
        rows = [self, *self.alternatives]
        cells = "".join(
            f"<tr><td>{row.distance_nm:,.1f}</td>"
            f"<td>{'' if row.time_d is None else f'{row.time_d:.1f}'}</td>"
            f"<td>{html.escape(', '.join(row.passages)) or '–'}</td></tr>"
            for row in rows
        )
        notes = "".join(f"<li>{html.escape(note)}</li>" for note in self.notes)
        svg = "" if self._answer is None else self._answer.svg()
        return (
            f"<figure>{svg}<figcaption>{html.escape(str(self.start))} – "
            f"{html.escape(str(self.end))}, {NOT_FOR_NAVIGATION}</figcaption></figure>"
            "<table><thead><tr><th>Distance, nm</th><th>Time, d</th><th>Passages</th></tr></thead>"
            f"<tbody>{cells}</tbody></table><ul>{notes}</ul>"
        )


def route(
    start: str,
    end: str,
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
    speed_kn: float | str | None = None,
    depart: str | None = None,
    alternatives: int = 1,
) -> Route:
    """The shortest way over water between two places.

    Places are a UN/LOCODE (``"PECHY"``), a port's name with or without its accents
    (``"Asuncion"``, ``"Cartagena, CO"``), or keyed coordinates (``"lon=-77.3,lat=-11.6"``).

    ``vessel`` is a class of :func:`vessels`; dimensions change it or stand alone; passages that
    are too small for the ship are closed. ``avoid``, ``via`` and ``open`` name passages (``via``
    also places, in order). ``speed_kn`` is a number, or text such as ``"16,channel=8,suez=8.5"``.
    ``alternatives`` asks for so many routes in all, which differ in the passages they take.

    Raises :class:`NoRouteError`, :class:`UnknownPlaceError`, :class:`AmbiguousPlaceError`,
    :class:`BadRequestError`.

    >>> route("Rotterdam", "Singapore", avoid="suez").passages[0]
    'dover'
    """
    facts = charts()
    speed, note = _speed(facts, vessel, speed_kn)
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
    answer = facts.route((start, end), asked, speed, depart, alternatives)
    from_, to = (Place(**place) for place in answer.ends())
    found = [
        Route(
            start=from_,
            end=to,
            distance_nm=one["distance_nm"],
            crossings=[Crossing(**crossing) for crossing in one["crossings"]],
            speed_kn=speed,
            time_h=one["time_h"],
            sailing_h=one["sailing_h"],
            passages_h=one["passages_h"],
            arrival=one["arrival"],
            snap_from_nm=one["snap_from_nm"],
            snap_to_nm=one["snap_to_nm"],
            ship=answer.ship(),
            notes=[*answer.notes(), *note],
            unwrapped=one["unwrapped"],
            parts=one["parts"],
        )
        for one in answer.routes()
    ]
    first, *others = found
    object.__setattr__(first, "_answer", answer)
    first.alternatives.extend(others)
    return first


def _speed(
    facts: _foreland.Charts, vessel: str | None, speed_kn: float | str | None
) -> tuple[str | None, list[str]]:
    """The speed as text, and what is to be said about it."""
    if speed_kn is not None:
        return str(speed_kn), []
    design = None if vessel is None else facts.design_speed_kn(vessel)
    if design is None:
        return None, []
    return f"{design:g}", [f"Speed: {design:g} kn, to which the class {vessel} is designed."]
