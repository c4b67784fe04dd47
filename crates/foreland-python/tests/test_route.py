"""Single routes: values, formats, errors, and what other libraries make of them."""

import json
import os
import pickle
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pytest

import foreland

PACIFIC = ("PECHY", "CNSHA")


def test_chancay_to_shanghai():
    route = foreland.route(*PACIFIC)
    assert route.start.unlocode == "PECHY" and route.end.unlocode == "CNSHA"
    assert 9_000 < route.distance_nm < 10_000
    assert route.time_h is None and route.time_d is None
    assert "Chancay" in repr(route)


def test_a_vessel_class_gives_its_speed_and_says_so():
    route = foreland.route(*PACIFIC, vessel="neopanamax")
    assert route.time_h == pytest.approx(route.distance_nm / float(route.speed_kn), rel=0.02)
    assert any("designed" in note for note in route.notes)
    slower = foreland.route(*PACIFIC, vessel="neopanamax", speed_kn=10)
    assert slower.time_h > route.time_h


def test_ways_can_be_closed_taken_and_compared():
    short = foreland.route("Rotterdam", "Singapore")
    long = foreland.route("Rotterdam", "Singapore", avoid="suez")
    assert "suez" in short.passages and "suez" not in long.passages
    assert long.distance_nm > short.distance_nm + 2_000
    taken = foreland.route("Rotterdam", "Singapore", via=["suez"])
    assert taken.distance_nm == pytest.approx(short.distance_nm)
    several = foreland.route("Rotterdam", "Singapore", alternatives=3)
    assert len(several.alternatives) == 2
    assert len({tuple(r.passages) for r in [several, *several.alternatives]}) == 3


def test_arrival_follows_departure():
    route = foreland.route(*PACIFIC, speed_kn=16, depart="2024-11-15T06:00")
    assert route.arrival.startswith("2024-12-")


@pytest.mark.parametrize(
    ("ask", "error", "code"),
    [
        (lambda: foreland.route("Chankay", "CNSHA"), foreland.UnknownPlaceError, "unknown_place"),
        (lambda: foreland.route("Manzanillo", "CNSHA"), foreland.AmbiguousPlaceError, "ambiguous_place"),
        (lambda: foreland.route(*PACIFIC, avoid="suezz"), foreland.BadRequestError, "bad_request"),
        (lambda: foreland.route(*PACIFIC, draught_m=-1), foreland.BadRequestError, "bad_request"),
        (lambda: foreland.route("Santos", "Rotterdam", draught_m=25), foreland.NoRouteError, "no_route"),
        (lambda: foreland.table("vesels"), foreland.NotFoundError, "not_found"),
    ],
)
def test_errors_carry_the_codes_of_the_api(ask, error, code):
    with pytest.raises(error) as raised:
        ask()
    assert raised.value.code == code
    assert raised.value.detail and raised.value.remedy
    assert raised.value.remedy in str(raised.value)
    again = pickle.loads(pickle.dumps(raised.value))
    assert (again.code, again.detail) == (raised.value.code, raised.value.detail)


def test_geojson_is_cut_at_the_antimeridian():
    shape = json.loads(foreland.route(*PACIFIC).to("geojson"))["features"][0]
    assert shape["geometry"]["type"] == "MultiLineString"
    for part in shape["geometry"]["coordinates"]:
        lons = [lon for lon, _ in part]
        assert all(-180 <= lon <= 180 for lon in lons)
        assert all(abs(a - b) < 180 for a, b in zip(lons, lons[1:], strict=False))


def test_shapely_and_geopandas_take_a_route():
    shapely = pytest.importorskip("shapely.geometry")
    geopandas = pytest.importorskip("geopandas")
    route = foreland.route("Santos", "Rotterdam")
    line = shapely.shape(route.geometry)
    assert line.geom_type == "LineString" and line.is_valid
    frame = geopandas.GeoDataFrame.from_features([route], crs="OGC:CRS84")
    assert frame.loc[0, "distance_nm"] == route.distance_nm
    length_nm = frame.to_crs("OGC:CRS84").geometry.iloc[0].length * 60
    assert length_nm > 0
    geod = frame.crs.get_geod()
    assert geod.geometry_length(line) / 1852 == pytest.approx(route.distance_nm, rel=2e-3)


def test_gpx_is_read_by_gpxpy():
    gpxpy = pytest.importorskip("gpxpy")
    route = foreland.route(*PACIFIC)
    read = gpxpy.parse(route.to("gpx"))
    points = read.routes[0].points
    assert points[0].latitude == pytest.approx(route.start.lat_deg, abs=0.5)
    assert "not for navigation" in read.routes[0].description


def test_rtz_says_that_it_is_not_for_navigation():
    root = ElementTree.fromstring(foreland.route(*PACIFIC).to("rtz"))
    space = "{http://www.cirm.org/RTZ/1/0}"
    assert root.tag == f"{space}route" and root.get("version") == "1.0"
    info = root.find(f"{space}routeInfo")
    assert "NOT FOR NAVIGATION" in info.get("routeName")
    assert len(root.findall(f"{space}waypoints/{space}waypoint/{space}position")) >= 2
    with pytest.raises(foreland.BadRequestError):
        foreland.route("Rotterdam", "Singapore", alternatives=2).to("rtz")


def test_a_notebook_shows_map_and_table():
    shown = foreland.route(*PACIFIC, alternatives=2)._repr_html_()
    assert "<svg" in shown and "not for navigation" in shown and "http://" not in shown.replace(
        "http://www.w3.org/2000/svg", ""
    )
    assert len(shown) < 100_000


def test_it_works_from_any_folder(tmp_path):
    code = "import foreland; print(round(foreland.route('PECHY', 'CNSHA').distance_nm))"
    clean = {k: v for k, v in os.environ.items() if k != "FORELAND_ATLAS"}
    out = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True, env=clean
    )
    assert int(out.stdout) > 9_000


def test_a_folder_that_is_no_atlas_is_refused_and_changes_nothing(tmp_path):
    before = foreland.atlas_folder()
    with pytest.raises(foreland.BadRequestError):
        foreland.use_atlas(tmp_path / "none")
    assert foreland.atlas_folder() == before
    foreland.use_atlas(before)
    assert foreland.route(*PACIFIC).distance_nm > 9_000
    foreland.use_atlas(None)
