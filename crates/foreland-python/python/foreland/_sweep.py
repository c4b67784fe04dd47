"""Sweeps: a study in many runs over the ranges of its assumptions."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from foreland import _foreland
from foreland._charts import atlas_folder
from foreland._study import Study

Progress = Callable[[str, int, int], object]


def asked(
    design: str,
    runs: int,
    levels: int,
    vary: Iterable[str],
    partition_size: int,
    seed: int | None,
) -> _foreland._Asked:
    """What is asked of a sweep, as the compiled half takes it."""
    return {
        "design": design,
        "runs": runs,
        "levels": levels,
        "vary": [vary] if isinstance(vary, str) else list(vary),
        "partition_size": partition_size,
        "seed": seed,
    }


def prepared(
    study: Study | str | os.PathLike[str], options: _foreland._Asked
) -> tuple[Study, _foreland.Sweep]:
    """A study and its sweep, ready on this machine."""
    study = study if isinstance(study, Study) else Study(study)
    return study, _foreland.Sweep(study.id, study.text, atlas_folder(), options, None)


def sweep(
    study: Study | str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    design: str = "sobol",
    runs: int = 100_000,
    levels: int = 3,
    vary: Iterable[str] = (),
    partition_size: int = 8192,
    seed: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Runs a study many times over the ranges of its assumptions, on all cores of this machine.

    ``out`` is the folder of the sweep; one that was stopped goes on where it was. ``design`` is
    ``"sobol"``, ``"latin-hypercube"`` or ``"full-factorial"`` (then with ``levels``), ``runs`` the
    most runs it may take, ``vary`` the assumptions to vary (all if empty; ``*`` stands for any
    text). The same seed gives the same bytes as ``foreland sweep`` on any machine, and as
    :func:`foreland.ray.sweep` on any cluster. Returns the summary, which ``out`` holds as
    ``sweep.json`` and as tables.
    """
    options = asked(design, runs, levels, vary, partition_size, seed)
    _, ready = prepared(study, options)
    folder = _foreland.SweepFolder(Path(out), ready)
    missing = folder.missing()
    for done, number in enumerate(missing):
        if progress is not None:
            progress("partitions", done, len(missing))
        folder.put(number, ready.partition(number))
    if progress is not None:
        progress("partitions", len(missing), len(missing))
    return summarise(out, progress=progress)


def summarise(
    out: str | os.PathLike[str], *, progress: Progress | None = None
) -> dict[str, Any]:
    """Makes the summary of a sweep's folder from its partitions, and returns it."""
    summary: dict[str, Any] = json.loads(_foreland.summarise(Path(out), progress))
    return summary
