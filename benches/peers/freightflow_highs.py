"""Solves the cargo flow of a LINERLIB network as one arc-flow linear program with HiGHS and prints one
JSON object.

usage: freightflow_highs.py DATA_DIR SOLUTION.log DEMAND.csv

Commodities are aggregated by origin. `seconds` is the time in HiGHS alone.
"""

import json
import re
import resource
import sys
import time

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix

PENALTY = 1000.0


def table(path):
    rows = [line.rstrip("\r\n").split("\t") for line in open(path, encoding="utf-8")]
    return [dict(zip(rows[0], (cell.strip() for cell in row))) for row in rows[1:] if len(row) > 1]


def read_log(path):
    services, objective, flows = [], None, False
    for line in open(path, encoding="utf-8"):
        flows |= "Flow Solution" in line
        cost = re.match(r" ?(Port call cost|Total bunker cost.*trip|Total TC cost|Canal Cost) (\S+)\s*$", line)
        if line.startswith("service "):
            services.append({"calls": [], "cost": 0.0})
        elif not flows and line.startswith("capacity"):
            services[-1]["capacity"] = float(line.split()[1])
        elif not flows and re.match(r"\d+\t", line):
            services[-1]["calls"].append(line.split("\t")[1])
        elif not flows and cost:
            services[-1]["cost"] += float(cost[2])
        elif line.startswith("Objective value:"):
            objective = float(line.split()[2])
    return services, objective


class Rows:
    """Entries of a sparse matrix."""

    def __init__(self):
        self.row, self.column, self.value = [], [], []

    def add(self, row, column, value):
        self.row.append(row)
        self.column.append(column)
        self.value.append(value)

    def matrix(self, rows, columns):
        return coo_matrix((self.value, (self.row, self.column)), shape=(rows, columns)).tocsr()


def main():
    folder, log, demand_file = sys.argv[1:4]
    ports = {row["UNLocode"]: row for row in table(f"{folder}/ports.csv")}
    services, logged = read_log(log)
    demands = [(row["Origin"], row["Destination"], float(row["FFEPerWeek"]), float(row["Revenue_1"]))
               for row in table(demand_file)]
    nodes, arcs, calls = {}, [], {}
    number = lambda key: nodes.setdefault(key, len(nodes))
    for index, service in enumerate(services):
        rotation = service["calls"]
        for at, port in enumerate(rotation):
            here, there = number((port, index, at)), number((rotation[(at + 1) % len(rotation)], index, (at + 1) % len(rotation)))
            arcs.append((here, there, 0.0, service["capacity"]))
            calls.setdefault(port, []).append(here)
    for port, at_port in calls.items():
        yard, half = number(("yard", port)), float(ports[port]["CostPerFULLTrnsf"]) / 2
        for call in at_port:
            arcs += [(call, yard, half, None), (yard, call, half, None)]
    limited = [index for index, arc in enumerate(arcs) if arc[3] is not None]
    row_of = {arc: row for row, arc in enumerate(limited)}
    handling = lambda port: float(ports[port]["CostPerFULL"])
    balance, capacity = Rows(), Rows()
    cost, bound, first_row = [], [], 0
    for origin in sorted({demand[0] for demand in demands if demand[0] in calls}):
        source = first_row + len(nodes)
        for index, (tail, head, price, _) in enumerate(arcs):
            balance.add(first_row + tail, len(cost), -1.0)
            balance.add(first_row + head, len(cost), 1.0)
            if index in row_of:
                capacity.add(row_of[index], len(cost), 1.0)
            cost.append(price)
            bound.append(np.inf)
        for call in calls[origin]:
            balance.add(source, len(cost), -1.0)
            balance.add(first_row + call, len(cost), 1.0)
            cost.append(0.0)
            bound.append(np.inf)
        sink = source
        for _, destination, volume, revenue in (d for d in demands if d[0] == origin and d[1] in calls):
            sink += 1
            for call in calls[destination]:
                balance.add(first_row + call, len(cost), -1.0)
                balance.add(sink, len(cost), 1.0)
                cost.append(0.0)
                bound.append(np.inf)
            balance.add(sink, len(cost), -1.0)
            balance.add(source, len(cost), 1.0)
            cost.append(handling(origin) + handling(destination) - revenue - PENALTY)
            bound.append(volume)
        first_row = sink + 1
    clock = time.perf_counter()
    solved = linprog(
        cost,
        A_ub=capacity.matrix(len(limited), len(cost)), b_ub=[arcs[index][3] for index in limited],
        A_eq=balance.matrix(first_row, len(cost)), b_eq=np.zeros(first_row),
        bounds=np.column_stack([np.zeros(len(cost)), bound]), method="highs")
    clock = time.perf_counter() - clock
    fixed = sum(service["cost"] for service in services) + PENALTY * sum(demand[2] for demand in demands)
    print(json.dumps({
        "objective": -solved.fun - fixed,
        "logged": logged,
        "max_dual": float(-solved.ineqlin.marginals.min()),
        "seconds": clock,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
    }))


main()
