"""The compiled half of the package."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypedDict, final, type_check_only

__all__ = [
    "Answer",
    "Charts",
    "Findings",
    "Study",
    "Sweep",
    "SweepFolder",
    "__version__",
    "cells",
    "summarise",
]

__version__: str

@type_check_only
class Way(TypedDict):
    vessel: str | None
    loa_m: float | None
    beam_m: float | None
    draught_m: float | None
    air_draught_m: float | None
    avoid: list[str]
    via: list[str]
    open: list[str]

@type_check_only
class ArrowTable:
    @property
    def column_names(self) -> list[str]: ...
    @property
    def num_rows(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...

@final
class Charts:
    def __new__(cls, atlas: Path) -> Charts: ...
    def route(
        self,
        ends: tuple[str, str],
        way: Way,
        speed_kn: str | None,
        depart: str | None,
        alternatives: int,
    ) -> Answer: ...
    def design_speed_kn(self, vessel: str) -> float | None: ...
    def matrix(self, start: Any, end: Any, way: Way) -> ArrowTable: ...
    def pairs(self, pairs: list[tuple[str, str]]) -> ArrowTable: ...
    def routes(self, pairs: Any, way: Way) -> ArrowTable: ...
    def table(self, name: str) -> ArrowTable: ...

@final
class Answer:
    def ends(self) -> tuple[dict[str, Any], dict[str, Any]]: ...
    def routes(self) -> list[dict[str, Any]]: ...
    def ship(self) -> str | None: ...
    def notes(self) -> list[str]: ...
    def text(self, format: str) -> str: ...
    def svg(self) -> str: ...

@final
class Study:
    def __new__(cls, path: Path) -> Study: ...
    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    def run(
        self,
        atlas: Path,
        progress: Callable[[str, int, int], object] | None,
        seed: int | None,
        replications: int | None,
        values: list[tuple[str, float]],
    ) -> Findings: ...

@final
class Findings:
    def json(self) -> str: ...
    def table_names(self) -> list[str]: ...
    def table(self, name: str) -> ArrowTable: ...
    def routes(self) -> ArrowTable: ...
    def points(self) -> ArrowTable: ...
    def report(self) -> str: ...
    def svg(self) -> str: ...
    def write(self, dir: Path) -> list[Path]: ...

def cells(table: ArrowTable, first: int, most: int) -> list[list[str]]: ...

class _Asked(TypedDict):
    design: str
    runs: int
    levels: int
    vary: list[str]
    partition_size: int
    seed: int | None

@final
class Sweep:
    def __new__(
        cls,
        id: str,
        text: str,
        atlas: Path,
        asked: _Asked,
        progress: Callable[[str, int, int], object] | None,
    ) -> Sweep: ...
    @property
    def plan(self) -> bytes: ...
    def partition(self, number: int) -> bytes: ...

@final
class SweepFolder:
    def __new__(cls, dir: Path, sweep: Sweep) -> SweepFolder: ...
    def missing(self) -> list[int]: ...
    def put(self, number: int, bytes: bytes) -> None: ...

def summarise(dir: Path, progress: Callable[[str, int, int], object] | None) -> str: ...
