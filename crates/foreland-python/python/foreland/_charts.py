"""Which facts are used: those of the package, or a folder of the caller's."""

from __future__ import annotations

import os
from pathlib import Path

from foreland import _foreland

_PACKAGED = Path(__file__).parent / "atlas"
_folder: Path | None = None
_charts: _foreland.Charts | None = None


def atlas_folder() -> Path:
    """The folder of facts that is used: that of :func:`use_atlas`, of the environment variable
    ``FORELAND_ATLAS``, or the one in the package.
    """
    if _folder is not None:
        return _folder
    named = os.environ.get("FORELAND_ATLAS")
    return Path(named) if named else _PACKAGED


def use_atlas(folder: str | os.PathLike[str] | None) -> None:
    """Uses the facts of another folder from now on; ``None`` goes back to the default.

    Raises :class:`BadRequestError` with everything that is wrong in its tables; the facts in use
    are then what they were.
    """
    global _charts, _folder
    wanted = None if folder is None else Path(folder)
    charts = None if wanted is None else _foreland.Charts(wanted)
    _folder, _charts = wanted, charts


def charts() -> _foreland.Charts:
    """The facts in use, read when they are first needed."""
    global _charts
    if _charts is None:
        _charts = _foreland.Charts(atlas_folder())
    return _charts
