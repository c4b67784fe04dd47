"""What a run yields."""

from __future__ import annotations

import html
import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from foreland import _foreland
from foreland._table import Table


@dataclass(frozen=True)
class Claim:
    """Something that was said, and what came of testing it."""

    id: str
    title: str
    statement: str
    speaker: str
    said_on: str
    source: str
    verdict: str
    because: str

    def __str__(self) -> str:
        return f"{self.title}: {self.verdict.replace('_', ' ')}. {self.because}"


class Findings:
    """The findings of a run: tables, maps, claims with verdicts. Nothing is computed here."""

    def __init__(self, findings: _foreland.Findings) -> None:
        self._findings = findings

    @cached_property
    def data(self) -> dict[str, Any]:
        """Everything, as ``docs/schema/findings.schema.json`` describes it."""
        parsed: dict[str, Any] = json.loads(self._findings.json())
        return parsed

    @property
    def title(self) -> str:
        """What the study is called."""
        return str(self.data["run"]["title"])

    @property
    def answer(self) -> list[str]:
        """The answer in sentences, the main one first."""
        return [str(sentence) for sentence in self.data["run"]["answer"]]

    @property
    def seed(self) -> int:
        """The seed of the run."""
        return int(self.data["run"]["seed"])

    def claims(self) -> list[Claim]:
        """The claims with their verdicts, in the study's order."""
        fields = Claim.__dataclass_fields__
        return [Claim(**{name: claim[name] for name in fields}) for claim in self.data["claims"]]

    def compare(self) -> Table:
        """What the scenarios change: one row a flow, baseline, scenario and quantity, with the
        figure before and after and the change as a range.
        """
        return self.table("differences")

    @property
    def table_names(self) -> list[str]:
        """Names of the tables that :meth:`table` gives."""
        return self._findings.table_names()

    def table(self, name: str) -> Table:
        """A table by its name; raises :class:`NotFoundError` for a name that no table has."""
        return Table(self._findings.table(name))

    def routes(self) -> Table:
        """Lines of the best chains, before and after, with their geometry (GeoArrow)."""
        return Table(self._findings.routes())

    def points(self) -> Table:
        """Ports, passages and places of the map, with their geometry (GeoArrow)."""
        return Table(self._findings.points())

    def report(self) -> str:
        """The report as one HTML page that needs nothing else."""
        return self._findings.report()

    def write(self, dir: str | os.PathLike[str]) -> list[Path]:
        """Writes tables, geometries, report and manifest into a folder, whole or not at all.

        An earlier run in it is replaced; any other folder that is not empty is refused.
        """
        return self._findings.write(Path(dir))

    def __repr__(self) -> str:
        return f"<foreland.Findings of {self.data['run']['study']}: {len(self.claims())} claims>"

    def _repr_html_(self) -> str:
        answer = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in self.answer)
        rows = "".join(
            f"<tr><td>{html.escape(claim.title)}</td>"
            f"<td>{html.escape(claim.verdict.replace('_', ' '))}</td>"
            f"<td>{html.escape(claim.because)}</td></tr>"
            for claim in self.claims()
        )
        table = (
            "<table><thead><tr><th>Claim</th><th>Verdict</th><th>Because</th></tr></thead>"
            f"<tbody>{rows}</tbody></table>"
            if rows
            else ""
        )
        return f"<h3>{html.escape(self.title)}</h3>{answer}<figure>{self._findings.svg()}</figure>{table}"
