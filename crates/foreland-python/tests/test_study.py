"""Studies: what they yield, and that they can be watched and stopped."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import geopandas
import pandas
import pytest

import foreland


@pytest.fixture(scope="module")
def findings():
    return foreland.Study("chancay").run(replications=20, seed=7)


def test_studies_come_with_the_package():
    assert "chancay" in foreland.Study.packaged()
    assert "[[claims]]" in foreland.Study("chancay").text or "claim" in foreland.Study("chancay").text


def test_claims_have_verdicts(findings):
    claims = findings.claims()
    assert len(claims) >= 5
    verdicts = {"supported", "supported_only_if", "not_supported", "not_checkable"}
    assert {claim.verdict for claim in claims} <= verdicts
    assert all(claim.because and claim.speaker for claim in claims)
    assert findings.answer and findings.seed == 7


def test_comparison_is_a_table(findings):
    frame = findings.compare().to_pandas()
    assert {"flow", "quantity", "before", "after", "change_p5", "change_p95"} <= set(frame.columns)
    time_d = frame[frame["quantity"] == "door_to_door_time"]
    assert len(time_d) > 0
    assert ((time_d["after"] - time_d["before"]) - time_d["change"]).abs().max() < 1e-6


def test_every_table_is_reached_by_its_name(findings):
    for name in findings.table_names:
        assert len(findings.table(name).column_names) > 1, name
    with pytest.raises(foreland.NotFoundError, match="chainz"):
        findings.table("chainz")


def test_routes_are_lines_for_geopandas(findings):
    lines = geopandas.GeoDataFrame.from_arrow(findings.routes())
    assert set(lines.geometry.geom_type) == {"MultiLineString"}
    points = geopandas.GeoDataFrame.from_arrow(findings.points())
    assert set(points.geometry.geom_type) == {"Point"}
    assert points.crs == lines.crs


def test_the_same_seed_gives_the_same_findings(findings):
    again = foreland.Study("chancay").run(replications=20, seed=7)
    first, second = (dict(f.data) for f in (findings, again))
    assert json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)
    other = foreland.Study("chancay").run(replications=20, seed=8)
    assert not pandas.DataFrame.equals(other.compare().to_pandas(), findings.compare().to_pandas())


def test_progress_is_told_while_other_threads_go_on():
    steps, ticks, done = [], [], threading.Event()

    def tick():
        while not done.wait(0.01):
            ticks.append(time.monotonic())

    thread = threading.Thread(target=tick)
    thread.start()
    foreland.Study("chancay").run(replications=5, progress=lambda *step: steps.append(step))
    done.set()
    thread.join()
    assert {stage for stage, _, _ in steps} >= {"worlds", "runs"}
    assert all(0 <= step <= total for _, step, total in steps)
    assert len(ticks) > 5
    assert max(b - a for a, b in zip(ticks, ticks[1:], strict=False)) < 0.5


def test_what_progress_raises_stops_the_run():
    def stop(stage, done, total):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        foreland.Study("chancay").run(replications=100_000, progress=stop)


def test_ctrl_c_stops_a_run(tmp_path):
    code = textwrap.dedent(
        """
        import foreland

        told = []

        def progress(stage, done, total):
            if stage == "runs" and not told:
                told.append(stage)
                print("running", flush=True)

        try:
            foreland.Study("chancay").run(replications=20_000, progress=progress)
        except KeyboardInterrupt:
            print("stopped", flush=True)
        """
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=tmp_path)
    assert child.stdout.readline() == "running\n"
    child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=120)
    assert out == "stopped\n" and child.returncode == 0
    assert os.listdir(tmp_path) == []


def test_a_wrong_study_says_where(tmp_path):
    (tmp_path / "study.toml").write_text('title = "T"\nanswer = 3\n')
    with pytest.raises(foreland.StudyError) as raised:
        foreland.Study(tmp_path)
    assert raised.value.code == "bad_study"
    assert "study.toml:" in raised.value.detail
    with pytest.raises(foreland.NotFoundError):
        foreland.Study(tmp_path / "none")


def test_findings_are_written_whole(findings, tmp_path):
    files = findings.write(tmp_path / "out")
    assert all(file.is_file() for file in files)
    assert (tmp_path / "out/manifest.json") in files
    with pytest.raises(foreland.BadRequestError):
        (tmp_path / "other").mkdir()
        (tmp_path / "other/mine.txt").write_text("mine")
        findings.write(tmp_path / "other")


def test_a_notebook_shows_the_findings(findings):
    shown = findings._repr_html_()
    assert "<svg" in shown and findings.claims()[0].title.split()[0] in shown
    assert findings.report().startswith("<!DOCTYPE html>")
