"""How much of a route runs over the land of Natural Earth 1:10m (world-atlas land-10m.json)."""

import csv
import json
import math

import numpy as np
import shapely

EARTH_KM = 6371.0088
# A line along the shore is not over land: the coast is drawn to 0.0036° of longitude and 0.0017° of
# latitude, and this much of it, in degrees (50 m), does not count.
SHORE_DEG = 0.00045
# Pieces into which lines are cut, km.
PIECE_KM = 8.0
# What is left out at either end of a route, km.
ENDS_KM = 5.0
# Canals and river channels of the atlas count as water this far to either side, km: networks draw them
# with a few points.
CHANNEL_KM = 10.0


def rings(topology):
    """Rings of a TopoJSON topology as arrays of lon, lat that run on beyond ±180°."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]

    def ring(indices):
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        points = np.concatenate([parts[0]] + [p[1:] for p in parts[1:]])
        steps = np.diff(points[:, 0])
        turns = np.concatenate([[0.0], np.cumsum(-np.round(steps / 360.0))])
        points[:, 0] += 360.0 * turns
        return points

    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            yield [ring(indices) for indices in polygon]


def polygons(topology):
    """Valid polygons, those beyond ±180° also on the other side."""
    for outer, *holes in rings(topology):
        if abs(outer[-1, 0] - outer[0, 0]) > 180.0:
            # Antarctica winds round the pole: close it along the pole.
            outer = np.concatenate([outer, [[outer[-1, 0], -90.0], [outer[0, 0], -90.0]]])
        if len(np.unique(outer, axis=0)) < 3:
            continue
        holes = [hole + [360.0 * round((outer[:, 0].mean() - hole[:, 0].mean()) / 360.0), 0.0] for hole in holes]
        polygon = shapely.buffer(shapely.make_valid(shapely.Polygon(outer, holes)), -SHORE_DEG)
        if polygon.is_empty:
            continue
        west, _, east, _ = polygon.bounds
        for shift in (-360.0, 0.0, 360.0):
            if west + shift < 180.0 and east + shift > -180.0:
                yield shapely.transform(polygon, lambda p, s=shift: p + [s, 0.0])


def split(polygon, most=200):
    """A polygon in parts of few vertices, which are quick to meet with lines."""
    if shapely.get_num_coordinates(polygon) <= most:
        return [polygon]
    west, south, east, north = polygon.bounds
    if east - west > north - south:
        boxes = [(west, south, (west + east) / 2, north), ((west + east) / 2, south, east, north)]
    else:
        boxes = [(west, south, east, (south + north) / 2), (west, (south + north) / 2, east, north)]
    halves = [shapely.intersection(polygon, shapely.box(*b)) for b in boxes]
    return [part for half in halves if not half.is_empty for part in split(half, most)]


def lengths_km(a, b):
    """Great-circle lengths between arrays of lon, lat."""
    (lon1, lat1), (lon2, lat2) = np.radians(a).T, np.radians(b).T
    h = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(h, 1.0)))


class Land:
    def __init__(self, topology_path, channels_path):
        with open(topology_path) as f:
            topology = json.load(f)
        parts = [part for polygon in polygons(topology) for part in split(polygon)]
        self.parts = np.array(parts)
        self.tree = shapely.STRtree(self.parts)
        self.channels = self.read_channels(channels_path)
        self.channel_tree = shapely.STRtree(shapely.points(self.channels))

    @staticmethod
    def read_channels(path):
        """Points along all canals and channels, a kilometre apart."""
        lines = {}
        with open(path, newline="") as f:
            for row in csv.DictReader(f):
                lines.setdefault(row["id"], []).append(
                    (int(row["seq"]), float(row["lon_deg"]), float(row["lat_deg"]))
                )
        points = []
        for line in lines.values():
            line = [p[1:] for p in sorted(line)]
            for a, b in zip(line, line[1:]):
                n = max(1, math.ceil(lengths_km(np.array([a]), np.array([b]))[0]))
                points += [tuple(a[i] + (b[i] - a[i]) * k / n for i in (0, 1)) for k in range(n + 1)]
        return np.array(points)

    def is_channel(self, points):
        """Whether points lie by a canal or channel."""
        reach_deg = CHANNEL_KM / 111.2
        stretch = 1.0 / np.maximum(np.cos(np.radians(points[:, 1])), 0.05)
        found = np.zeros(len(points), dtype=bool)
        near = self.channel_tree.query(shapely.points(points), "dwithin", reach_deg * stretch)
        exact = lengths_km(points[near[0]], self.channels[near[1]]) <= CHANNEL_KM
        found[near[0][exact]] = True
        return found

    def km_over(self, line, ends_km=(0.0, 0.0)):
        """Kilometres of a line (lon, lat) over land, channels and ends left out: the greater of `ENDS_KM` and `ends_km`."""
        starts, ends, km = pieces(np.array(line))
        if len(km) == 0:
            return 0.0
        along = np.cumsum(km) - km / 2
        first, last = (max(ENDS_KM, end) for end in ends_km)
        inner = (along > first) & (along < along[-1] + km[-1] / 2 - last)
        starts, ends, km = starts[inner], ends[inner], km[inner]
        segments = shapely.linestrings(np.stack([starts, ends], axis=1))
        hit, part = self.tree.query(segments, "intersects")
        if len(hit) == 0:
            return 0.0
        lengths_deg = shapely.length(shapely.intersection(segments[hit], self.parts[part]))
        whole_deg = np.maximum(shapely.length(segments[hit]), 1e-12)
        by_channel = self.is_channel((starts[hit] + ends[hit]) / 2)
        return float(np.sum(np.where(by_channel, 0.0, km[hit] * lengths_deg / whole_deg)))


def pieces(line):
    """A line cut into short pieces, longitudes −180 to 180: starts, ends, km."""
    if len(line) < 2:
        return np.empty((0, 2)), np.empty((0, 2)), np.empty(0)
    steps = np.diff(line[:, 0])
    line = line.copy()
    line[1:, 0] += np.cumsum(-360.0 * np.round(steps / 360.0))
    a, b = line[:-1], line[1:]
    counts = np.maximum(1, np.ceil(lengths_km(a, b) / PIECE_KM).astype(int))
    index = np.repeat(np.arange(len(a)), counts)
    k = np.concatenate([np.arange(n) for n in counts])
    share = (k / counts[index])[:, None]
    next_share = ((k + 1) / counts[index])[:, None]
    starts, ends = a[index] + (b - a)[index] * share, a[index] + (b - a)[index] * next_share
    shift = 360.0 * np.round((starts[:, 0] + ends[:, 0]) / 2 / 360.0)
    starts[:, 0] -= shift
    ends[:, 0] -= shift
    return starts, ends, lengths_km(starts, ends)
