"""Sweeps on a Ray cluster (PyPI ``ray``).

>>> import foreland.ray
>>> summary = foreland.ray.sweep("chancay", "out/chancay", runs=1_000_000)  # doctest: +SKIP

The package must be installed on every node in the same version. The study and the facts travel
with the work, and partitions travel back: the nodes need no common folder.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import ray  # type: ignore[import-not-found, unused-ignore]

from foreland import _foreland
from foreland._charts import atlas_folder
from foreland._study import Study
from foreland._sweep import asked, prepared, summarise

__all__ = ["sweep"]

Work = tuple[str, str, dict[str, bytes], Any, str]
"""Study, its text, the files of facts, what is asked, and the hash of the plan."""

_LOST = (
    ray.exceptions.NodeDiedError,
    ray.exceptions.ObjectLostError,
    ray.exceptions.RaySystemError,
    ray.exceptions.WorkerCrashedError,
)

PER_CPU = 2
"""Partitions under way for each processor of the cluster: one that is computed, one that waits."""


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
    progress: Callable[[str, int, int], object] | None = None,
) -> dict[str, Any]:
    """Runs a study many times, on the Ray cluster that this process is connected to.

    As :func:`foreland.sweep`, with the same bytes in ``out``. A partition is a task of one
    processor; the partitions of a node that is lost are done again on another. Only so many are
    under way that their results fit the memory of the driver.
    """
    options = asked(design, runs, levels, vary, partition_size, seed)
    ready_study, ready = prepared(study, options)
    folder = _foreland.SweepFolder(Path(out), ready)
    missing = folder.missing()
    if not ray.is_initialized():
        ray.init()
    work: Work = (
        ready_study.id,
        ready_study.text,
        {file.name: file.read_bytes() for file in sorted(atlas_folder().glob("*.*"))},
        options,
        _hash(ready),
    )
    shared = ray.put(work)
    waiting = list(reversed(missing))
    under_way: dict[Any, int] = {}
    done = 0
    while waiting or under_way:
        while waiting and len(under_way) < _most_under_way():
            number = waiting.pop()
            under_way[_TASK.remote(shared, number)] = number
        finished, _ = ray.wait(list(under_way), num_returns=1)
        for task in finished:
            number = under_way.pop(task)
            try:
                folder.put(number, ray.get(task))
            except _LOST:
                # Its node is gone, and what Ray itself tried again too: it goes to the end.
                waiting.insert(0, number)
                continue
            done += 1
            if progress is not None:
                progress("partitions", done, len(missing))
    return summarise(out, progress=progress)


def _most_under_way() -> int:
    return max(PER_CPU, int(PER_CPU * ray.cluster_resources().get("CPU", 1)))


def _partition(work: Work, number: int) -> bytes:
    """Computes a partition on a worker."""
    # One processor was asked for; the pool of threads is made at its first use.
    os.environ["RAYON_NUM_THREADS"] = "1"
    id, text, facts, options, expected = work
    key = hashlib.sha256(repr((id, text, sorted(facts), options, expected)).encode()).hexdigest()
    return _ready(key, _Held(work)).partition(number)


_TASK = ray.remote(num_cpus=1, max_retries=-1, scheduling_strategy="SPREAD")(_partition)
"""The same as a task; Ray starts it again as often as its node is lost."""


class _Held:
    """Work that does not tell one sweep from another: its key does."""

    def __init__(self, work: Work) -> None:
        self.work = work

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)


@lru_cache(maxsize=1)
def _ready(key: str, held: _Held) -> _foreland.Sweep:
    """The sweep in this process, prepared once for all its partitions."""
    id, text, facts, options, expected = held.work
    with tempfile.TemporaryDirectory() as folder:
        for name, content in facts.items():
            (Path(folder) / name).write_bytes(content)
        ready = _foreland.Sweep(id, text, Path(folder), options, None)
    if _hash(ready) != expected:
        raise RuntimeError(
            "this node plans another sweep: install the same version of foreland on every node"
        )
    return ready


def _hash(ready: _foreland.Sweep) -> str:
    return hashlib.sha256(bytes(ready.plan)).hexdigest()
