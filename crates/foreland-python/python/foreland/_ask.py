"""What questions about the sea have in common."""

from __future__ import annotations

from collections.abc import Iterable

from foreland import _foreland

Words = str | Iterable[str]


def words(given: Words) -> list[str]:
    """One text or several."""
    return [given] if isinstance(given, str) else list(given)


def way(
    *,
    vessel: str | None,
    loa_m: float | None,
    beam_m: float | None,
    draught_m: float | None,
    air_draught_m: float | None,
    avoid: Words,
    via: Words = (),
    open: Words,
) -> _foreland.Way:
    """The ship and the way, as the compiled half takes them."""
    return {
        "vessel": vessel,
        "loa_m": loa_m,
        "beam_m": beam_m,
        "draught_m": draught_m,
        "air_draught_m": air_draught_m,
        "avoid": words(avoid),
        "via": words(via),
        "open": words(open),
    }
