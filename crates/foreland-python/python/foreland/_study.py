"""Studies."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from foreland import _foreland
from foreland._charts import atlas_folder
from foreland._findings import Findings

_PACKAGED = Path(__file__).parent / "studies"


class Study:
    """A study: baselines, scenarios, what to measure, claims to test.

    ``path`` is its folder or its ``study.toml``; the name of a study that comes with the package
    (``"chancay"``, :meth:`packaged`) will do too. Raises :class:`StudyError` with line and column.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        given = Path(path)
        if not given.exists() and str(path) in self.packaged():
            given = _PACKAGED / str(path)
        self.path = given
        self._study = _foreland.Study(given)

    @staticmethod
    def packaged() -> list[str]:
        """Studies that come with the package."""
        return sorted(file.parent.name for file in _PACKAGED.glob("*/study.toml"))

    @property
    def id(self) -> str:
        """Name of its folder."""
        return self._study.id

    @property
    def text(self) -> str:
        """The text of the file."""
        return self._study.text

    def run(
        self,
        *,
        progress: Callable[[str, int, int], object] | None = None,
        seed: int | None = None,
        replications: int | None = None,
        set: Mapping[str, float] | None = None,
    ) -> Findings:
        """Runs the study; the same seed gives the same findings, whatever the machine.

        ``progress`` is called with the stage, the steps done and the steps in all. ``seed`` and
        ``replications`` stand instead of the study's. ``set`` fixes assumptions by their
        identifier, such as ``{"parameters/value_of_time": 20.0}``. Other threads go on meanwhile,
        and Ctrl-C stops the run.
        """
        values = [] if set is None else [(name, float(value)) for name, value in set.items()]
        findings = self._study.run(atlas_folder(), progress, seed, replications, values)
        return Findings(findings)

    def __repr__(self) -> str:
        return f"<foreland.Study {self.id}>"
