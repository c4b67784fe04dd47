"""Measures sealane beside searoute and scgraph and writes docs/validation/sealane-peers.md."""

import argparse
import csv
import datetime
import json
import os
import pathlib
import random
import statistics
import subprocess
import time

from sealane_land import CHANNEL_KM, ENDS_KM, PIECE_KM, Land

KM_PER_NM = 1.852
SEED = 20241114
# A route that runs further than this over land is counted, km.
OVER_LAND_KM = 5.0
# The slow peers' matrices are measured on this many ports and scaled by the number of pairs.
SAMPLE_PORTS = 40


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("root", "folder", "examples"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--pairs", type=int, required=True)
    parser.add_argument("--ports", type=int, required=True)
    asked = parser.parse_args()
    atlas = asked.root / "atlas"
    ports = read_ports(atlas / "ports.csv")
    drawn = draw(ports, asked.pairs)
    published = read_published(atlas / "distances.csv")
    some = random.Random(SEED + 1).sample(sorted(ports), asked.ports)

    print("sealane")
    ours = Sealane(asked, drawn, published, some, ports)
    results = [ours.result]
    # Only what sealane joins is asked of the peers, and only published routes through no canal.
    drawn = [p for p in drawn if p["id"] in ours.lines]
    published = [p for p in published if p["id"] in ours.canal_free]
    for peer in (Searoute("networkx"), Searoute("igraph"), Scgraph(asked.folder, "default"), Scgraph(asked.folder, "hierarchy")):
        print(peer.name)
        results.append(measure(peer, drawn, published, [ports[code] for code in some]))
    print("land")
    land = Land(asked.folder / "package" / "land-10m.json", atlas / "channels.csv")
    for result in results:
        result["land_km"] = [land.km_over(line) for line in result.pop("lines")]
    # Between offings, as the peers' lines run between nodes of their networks; half a piece more at
    # either end, since a piece is over land as a whole or not at all.
    at_sea = [land.km_over(ours.lines[i], [KM_PER_NM * nm + PIECE_KM / 2 for nm in ours.snaps[i]]) for i in ours.lines]
    text = report(results, at_sea, len(drawn), len(published), asked.ports)
    target = asked.root / "docs" / "validation" / "sealane-peers.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)
    print(text)


def read_ports(path):
    with open(path, newline="") as f:
        return {r["unlocode"]: (float(r["lon_deg"]), float(r["lat_deg"])) for r in csv.DictReader(f)}


def draw(ports, count):
    rng = random.Random(SEED)
    codes = sorted(ports)
    pairs = []
    for i in range(count):
        a, b = rng.sample(codes, 2)
        pairs.append({"id": f"r{i}", "from": a, "to": b, "a": ports[a], "b": ports[b]})
    return pairs


def read_published(path):
    """Published distances of trust A from 200 nm on between ports with positions."""
    found = []
    with open(path, newline="") as f:
        for i, r in enumerate(csv.DictReader(f)):
            if r["trust"] == "A" and r["via"] == "none" and float(r["nm"]) >= 200 and r["from_lat"] and r["to_lat"]:
                a, b = (float(r["from_lon"]), float(r["from_lat"])), (float(r["to_lon"]), float(r["to_lat"]))
                found.append({"id": f"p{i}", "from": r["from_unlocode"], "to": r["to_unlocode"], "a": a, "b": b, "nm": float(r["nm"])})
    return found


class Sealane:
    """The example programs `routes` and `figures`."""

    def __init__(self, asked, drawn, published, some, ports):
        pairs, codes = asked.folder / "pairs.csv", asked.folder / "ports.txt"
        with open(pairs, "w") as f:
            f.write("id,from,from_lon,from_lat,to,to_lon,to_lat\n")
            for p in drawn + published:
                f.write(f"{p['id']},{p['from']},{p['a'][0]},{p['a'][1]},{p['to']},{p['b'][0]},{p['b'][1]}\n")
        codes.write_text("\n".join(some))
        out = subprocess.run([asked.examples / "routes", pairs, codes], stdout=subprocess.PIPE, check=True, text=True).stdout
        *routes, summary = [json.loads(line) for line in out.splitlines()]
        routes = {r["id"]: r for r in routes if "nm" in r}
        out = subprocess.run([asked.examples / "figures"], stdout=subprocess.PIPE, check=True, text=True).stdout
        self.figures = json.loads(out)
        self.lines = {p["id"]: routes[p["id"]]["line"] for p in drawn if p["id"] in routes}
        self.snaps = {i: routes[i]["snap_nm"] for i in self.lines}
        canals = {"suez", "panama-neopanamax", "panama-panamax", "kiel", "corinth", "cape-cod"}
        self.canal_free = {p["id"] for p in published if p["id"] in routes and not canals & set(routes[p["id"]]["passages"])}
        self.result = {
            "name": "sealane",
            "ms": [routes[i]["us"] / 1e3 for i in self.lines],
            "matrix_s": summary["matrix_s"],
            "matrix_note": "",
            "failed": 0,
            "lines": list(self.lines.values()),
            "errors": [routes[p["id"]]["nm"] / p["nm"] - 1 for p in published if p["id"] in self.canal_free],
            "figures": self.figures,
        }


class Searoute:
    def __init__(self, backend):
        self.name = f"searoute 1.6.0 ({backend})"
        self.backend = backend

    def route(self, a, b, whole=False):
        import searoute

        feature = searoute.searoute(list(a), list(b), units="naut", append_orig_dest=whole, backend=self.backend)
        return feature.properties["length"], feature.geometry.coordinates

    def matrix_s(self, positions):
        sample = positions[:SAMPLE_PORTS]
        start = time.perf_counter()
        for a in sample:
            for b in sample:
                quiet(lambda: self.route(a, b))
        spent = time.perf_counter() - start
        return spent * (len(positions) / len(sample)) ** 2, f"scaled from {len(sample)} × {len(sample)}"


class Scgraph:
    def __init__(self, folder, algorithm):
        self.name = f"scgraph 3.6.0 ({'contraction hierarchy' if algorithm == 'hierarchy' else 'default'})"
        source = (folder / "network" / "scgraph" / "geographs" / "oak_ridge_maritime.py").read_text()
        scope = {}
        exec(source.replace("from scgraph.core import", "from scgraph import"), scope)
        self.graph = scope["oak_ridge_maritime_geograph"]
        self.options = {}
        self.build_s = 0.0
        if algorithm == "hierarchy":
            start = time.perf_counter()
            self.graph.graph_object.create_contraction_hierarchy()
            self.build_s = time.perf_counter() - start
            self.options = {"algorithm_fn": "contraction_hierarchy"}

    @staticmethod
    def node(p):
        return {"latitude": p[1], "longitude": p[0]}

    def route(self, a, b, whole=False):
        found = self.graph.get_shortest_path(self.node(a), self.node(b), silent=True, **self.options)
        line = [(lon, lat) for lat, lon in found["coordinate_path"]]
        # Without the legs that join the places to the network, as searoute's lines are.
        return found["length"] / KM_PER_NM, line if whole else line[1:-1]

    def matrix_s(self, positions):
        start = time.perf_counter()
        self.graph.distance_matrix([self.node(p) for p in positions], silent=True)
        return time.perf_counter() - start, ""


def quiet(work):
    """The result, or None where a peer finds no route."""
    try:
        return work()
    except Exception:  # noqa: BLE001: each peer has its own ways to fail
        return None


def measure(peer, drawn, published, positions):
    quiet(lambda: peer.route(drawn[0]["a"], drawn[0]["b"]))
    result = {"name": peer.name, "ms": [], "lines": [], "errors": [], "failed": 0}
    for p in drawn:
        start = time.perf_counter()
        found = quiet(lambda: peer.route(p["a"], p["b"]))
        result["ms"].append((time.perf_counter() - start) * 1e3)
        if found and len(found[1]) > 1:
            result["lines"].append(found[1])
        else:
            result["failed"] += 1
    for p in published:
        found = quiet(lambda: peer.route(p["a"], p["b"], whole=True))
        if found:
            result["errors"].append(found[0] / p["nm"] - 1)
    result["matrix_s"], result["matrix_note"] = peer.matrix_s(positions)
    result["build_s"] = getattr(peer, "build_s", 0.0)
    return result


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def times(value, best):
    return "1" if value == best else f"{value / best:,.0f}" if value / best >= 10 else f"{value / best:.1f}"


def percent(share, decimals, sign=""):
    return f"{100 * share:{sign}.{decimals}f} %".replace("-", "−")


def seconds(s):
    return f"{s:,.0f} s" if s >= 10 else f"{s:.2f} s" if s >= 1 else f"{s * 1e3:,.1f} ms"


def report(results, at_sea, pairs, published, ports):
    ours = results[0]
    ours_ms, cores = statistics.median(ours["ms"]), os.cpu_count()
    words = {1: "one core", 2: "two cores", 4: "four cores", 8: "eight cores"}
    lines = [
        "# sealane beside its peers",
        "",
        f"Made by `benches/peers/sealane.sh` on {datetime.date.today().isoformat()}, all in one run on a machine with "
        f"{words.get(cores, f'{cores} cores')}. Routes are between {pairs} pairs of ports of the atlas drawn at random; each engine "
        "is asked for a route with its line, once, after a first question that is not counted.",
        "",
        "## Time",
        "",
        f"| | a route, median | 95th percentile | × sealane | matrix of {ports} × {ports} | × sealane |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for r in results:
        median = statistics.median(r["ms"])
        matrix = seconds(r["matrix_s"]) + (f" ({r['matrix_note']})" if r["matrix_note"] else "")
        lines.append(
            f"| {r['name']} | {median:.3g} ms | {quantile(r['ms'], 0.95):.3g} ms | {times(median, ours_ms)} "
            f"| {matrix} | {times(r['matrix_s'], ours['matrix_s'])} |"
        )
    lines += [
        "",
        f"A matrix by sealane uses all cores, everything else one. scgraph's contraction hierarchy of 10,661 nodes is built in "
        f"{seconds(max(r.get('build_s', 0.0) for r in results))} before the first question; sealane's index comes with its data.",
        "",
        "## Over land",
        "",
        f"Length of each route over the land of Natural Earth 1:10m, leaving out the last {ENDS_KM:.0f} km at either end and whatever "
        f"lies within {CHANNEL_KM:.0f} km of a canal or river channel of the atlas. The peers' lines begin and end at nodes of their networks; sealane's at the ports, and in the "
        "second row where the straight approaches of the ports end.",
        "",
        f"| | routes over land for more than {OVER_LAND_KM:.0f} km | median | 95th percentile | longest | no route |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    over_land = [(r["name"], r["land_km"], r["failed"]) for r in results]
    over_land.insert(1, ("sealane, approaches left out", at_sea, 0))
    for name, km, failed in over_land:
        share = sum(x > OVER_LAND_KM for x in km) / len(km)
        lines.append(
            f"| {name} | {percent(share, 1)} | {statistics.median(km):.1f} km | {quantile(km, 0.95):,.0f} km | {max(km):,.1f} km | {failed} |"
        )
    lines += [
        "",
        "## Against published distances",
        "",
        f"The {published} distances of NGA Pub. 151 from 200 nm on that both ports' tables agree on and whose shortest route takes no "
        "canal; the full comparison, canals included, is in the validation of the distances.",
        "",
        "| | median error | median absolute error | 95th percentile | largest |",
        "|---|---:|---:|---:|---:|",
    ]
    for r in results:
        absolute = [abs(e) for e in r["errors"]]
        lines.append(
            f"| {r['name']} | {percent(statistics.median(r['errors']), 2, '+')} | {percent(statistics.median(absolute), 2)} "
            f"| {percent(quantile(absolute, 0.95), 1)} | {percent(max(absolute), 1)} |"
        )
    f = ours["figures"]
    peak = "unknown" if f["matrix_peak_mb"] is None else f"{f['matrix_peak_mb']} MB"
    lines += [
        "",
        "## sealane by itself",
        "",
        "By `cargo run --release -p sealane --example figures` in the same run.",
        "",
        "| | measured | goal |",
        "|---|---:|---:|",
        f"| distance between two ports, median | {f['distance_us']:.2f} µs | 5 µs |",
        f"| route with geometry, median | {f['route_us']:.0f} µs | 100 µs |",
        f"| point to point, median | {f['points_ms']:.2f} ms | 3 ms |",
        f"| route round a closed Suez Canal, median | {f['avoid_ms']:.1f} ms | |",
        f"| all {f['ports']:,} ports to all | {f['matrix_s']:.2f} s | 5 s |",
        f"| memory at its peak, that matrix included | {peak} | 500 MB |",
        f"| unpacking the ocean | {f['load_ms']:.0f} ms | 100 ms |",
        f"| preparing searches, once | {f['prepare_ms']:.0f} ms | |",
        f"| embedded data | {f['embedded_bytes'] / 1e6:.2f} MB | 10 MB |",
        f"| nodes and edges | {f['nodes']:,} and {f['edges']:,} | |",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
