"""A sweep on a cluster of two nodes on this machine, one of which is killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ray = pytest.importorskip("ray")

import foreland  # noqa: E402
import foreland.ray  # noqa: E402

# Ray takes 127.0.0.1 for the address by which others reach the machine, and would leave loopback.
HEAD, OTHER = "127.0.0.2", "127.0.0.3"
SWEEP = {"design": "latin-hypercube", "runs": 192, "partition_size": 8, "seed": 3}


def free_port():
    with socket.socket() as found:
        found.bind((HEAD, 0))
        return found.getsockname()[1]


def start(log, address, *arguments):
    """A node at an address that runs until it is killed, in a process group of its own."""
    command = [str(Path(sys.executable).parent / "ray"), "start", "--block", "--num-cpus=1"]
    return subprocess.Popen(
        [*command, "--disable-usage-stats", f"--node-ip-address={address}", *arguments],
        stdout=log.open("w"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def family(pid):
    """A process and all below it."""
    children = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(status.parent.name))
    found, left = [], [pid]
    while left:
        found.append(left.pop())
        left.extend(children.get(found[-1], []))
    return found


def kill(node):
    for pid in family(node.pid):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    node.wait()


def alive():
    return [node for node in ray.nodes() if node["Alive"]]


@pytest.fixture
def cluster(tmp_path):
    log = tmp_path / "node.log"
    port = free_port()
    address = f"{HEAD}:{port}"
    head = ["--head", f"--port={port}", "--include-dashboard=false"]
    nodes = [start(tmp_path / "head.log", HEAD, *head)]
    try:
        until = time.monotonic() + 90
        while True:
            try:
                ray.init(address=address, _node_ip_address=HEAD, log_to_driver=False)
                break
            except ConnectionError:
                assert time.monotonic() < until, "the head does not come up"
                time.sleep(1)
        nodes.append(start(log, OTHER, f"--address={address}"))
        while len(alive()) < 2:
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.2)
        yield nodes
    finally:
        ray.shutdown()
        for node in nodes:
            kill(node)


def files(folder):
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in Path(folder).rglob("*")
        if file.is_file()
    }


def test_a_node_is_killed_and_the_bytes_are_those_of_one_machine(cluster, tmp_path):
    here = foreland.sweep("chancay", tmp_path / "here", **SWEEP)
    told = []

    def watch(stage, done, total):
        told.append((stage, done))
        if (stage, done) == ("partitions", 6):
            assert len(alive()) == 2
            kill(cluster[1])

    there = foreland.ray.sweep("chancay", tmp_path / "there", progress=watch, **SWEEP)
    assert ("partitions", 24) in told
    assert there == here
    # The head misses a node only when several of its heartbeats have failed to come.
    until = time.monotonic() + 60
    while len(alive()) > 1:
        assert time.monotonic() < until, "the killed node still counts as alive"
        time.sleep(0.2)
    assert files(tmp_path / "there") == files(tmp_path / "here")
