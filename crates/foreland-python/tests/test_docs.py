"""The documentation says what happens: its examples are run."""

import doctest
import importlib
import os
import pkgutil
from pathlib import Path

import nbclient
import nbformat
import pytest

import foreland

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("page", ["docs/python.md", "docs/migrating.md"])
def test_pages(page):
    result = doctest.testfile(
        str(ROOT / page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert result.attempted > 5 and result.failed == 0


APART = {"foreland._foreland", "foreland.ray"}
"""What is no Python, and what needs Ray, which ``cargo xtask ray`` installs for its own test."""


def test_docstrings():
    names = [module.name for module in pkgutil.iter_modules(foreland.__path__, "foreland.")]
    modules = [foreland, *(importlib.import_module(n) for n in names if n not in APART)]
    results = [doctest.testmod(module) for module in modules]
    assert sum(r.attempted for r in results) > 5
    assert sum(r.failed for r in results) == 0


@pytest.mark.parametrize("notebook", sorted((ROOT / "examples").glob("*.ipynb")), ids=lambda p: p.stem)
def test_notebooks_run(notebook, tmp_path):
    read = nbformat.read(notebook, as_version=4)
    assert all(not cell.get("outputs") for cell in read.cells), "commit notebooks without outputs"
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    nbclient.NotebookClient(read, timeout=300, resources={"metadata": {"path": tmp_path}}).execute()
    shown = [out for cell in read.cells for out in cell.get("outputs", [])]
    assert any("text/html" in out.get("data", {}) for out in shown)


def test_there_are_two_notebooks():
    assert len(list((ROOT / "examples").glob("*.ipynb"))) >= 2
