"""Solves a TNTP network with AequilibraE (bi-conjugate Frank-Wolfe) and prints one JSON object.

usage: freightflow_aequilibrae.py NET.tntp TRIPS.tntp RELATIVE_GAP TOLL_FACTOR DISTANCE_FACTOR

One core. `seconds` and `cpu_seconds` are those of the assignment alone, `peak_mb` that of the whole
process. Tolls and distances enter as fixed costs. AequilibraE wants free-flow times above 0: those of
0 become 1e-9.
"""

import json
import logging
import re
import resource
import sys
import time

import numpy as np
import pandas as pd
from aequilibrae.matrix import AequilibraeMatrix
from aequilibrae.paths import Graph, TrafficAssignment, TrafficClass

COLUMNS = ["a_node", "b_node", "capacity", "length", "free_flow_time", "b", "power", "speed", "toll", "kind"]
LEAST_TIME = 1e-9


def tag(text, name):
    return int(re.search(rf"<{name}>\s*(\d+)", text)[1])


def read_network(path):
    text = open(path, encoding="utf-8").read()
    rows = [line.strip().rstrip(";").split() for line in text.split("<END OF METADATA>")[1].splitlines()]
    rows = [row for row in rows if row and not row[0].startswith("~")]
    links = pd.DataFrame(rows, columns=COLUMNS).astype(float)
    links[["a_node", "b_node"]] = links[["a_node", "b_node"]].astype(int)
    return links, tag(text, "NUMBER OF ZONES"), tag(text, "FIRST THRU NODE")


def read_trips(path, zones):
    text = open(path, encoding="utf-8").read().split("<END OF METADATA>")[1]
    trips = np.zeros((zones, zones))
    for block in re.split(r"Origin", text)[1:]:
        origin = int(block.split()[0])
        for destination, volume in re.findall(r"(\d+)\s*:\s*([\d.eE+-]+)", block):
            trips[origin - 1, int(destination) - 1] = float(volume)
    np.fill_diagonal(trips, 0.0)
    return trips


def main():
    net_file, trips_file = sys.argv[1:3]
    gap, toll_factor, distance_factor = map(float, sys.argv[3:6])
    logging.disable(logging.CRITICAL)
    links, zones, first_through = read_network(net_file)
    links["link_id"] = np.arange(1, len(links) + 1)
    links["direction"] = 1
    links["fixed"] = toll_factor * links.toll + distance_factor * links.length
    links["free_flow_time"] = links.free_flow_time.clip(lower=LEAST_TIME)
    links["b"] = links.b.where(links.power > 0, 0.0)
    links["power"] = links.power.clip(lower=1.0)

    graph = Graph()
    graph.cost = links.free_flow_time.values
    graph.network = links
    graph.prepare_graph(np.arange(1, zones + 1))
    graph.set_graph("free_flow_time")
    graph.set_skimming(["free_flow_time"])
    graph.set_blocked_centroid_flows(first_through > 1)

    matrix = AequilibraeMatrix()
    matrix.create_empty(zones=zones, matrix_names=["trips"], memory_only=True)
    matrix.index = np.arange(1, zones + 1)
    matrix.matrices[:, :, 0] = read_trips(trips_file, zones)
    matrix.computational_view(["trips"])

    users = TrafficClass("trips", graph, matrix)
    users.set_fixed_cost("fixed")
    assignment = TrafficAssignment()
    assignment.set_classes([users])
    assignment.set_vdf("BPR")
    assignment.set_vdf_parameters({"alpha": "b", "beta": "power"})
    assignment.set_capacity_field("capacity")
    assignment.set_time_field("free_flow_time")
    assignment.set_algorithm("bfw")
    assignment.set_cores(1)
    assignment.max_iter = 100_000
    assignment.rgap_target = gap

    clock, cpu = time.perf_counter(), time.process_time()
    assignment.execute()
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    flows = assignment.results()["PCE_tot"].reindex(links.link_id).fillna(0.0).values
    rise = links.b * (flows / links.capacity.where(links.capacity > 0, 1.0)) ** links.power / (links.power + 1)
    objective = (flows * (links.free_flow_time * (1 + rise) + links.fixed)).sum()
    report = assignment.report()
    print(json.dumps({
        "objective": float(objective),
        "relative_gap": float(report.rgap.iloc[-1]),
        "iterations": int(report.iteration.iloc[-1]),
        "seconds": clock,
        "cpu_seconds": cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
    }))


main()
