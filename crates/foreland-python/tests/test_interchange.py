"""Files of a run, read by programs that others wrote."""

import json
from html.parser import HTMLParser

import duckdb
import frictionless
import geopandas
import jsonschema
import pyarrow.parquet
import pytest

import foreland


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run") / "chancay"
    foreland.Study("chancay").run(replications=10).write(folder)
    return folder


@pytest.mark.parametrize(("name", "kind"), [("routes", "MultiLineString"), ("points", "Point")])
def test_geoparquet(folder, name, kind):
    path = folder / f"geo/{name}.parquet"
    frame = geopandas.read_parquet(path)
    assert set(frame.geometry.geom_type) == {kind} and frame.geometry.is_valid.all()
    assert frame.crs == "OGC:CRS84"
    about = json.loads(pyarrow.parquet.read_metadata(path).metadata[b"geo"])
    assert about["version"] == "1.1.0" and about["primary_column"] == "geometry"
    column = about["columns"]["geometry"]
    assert column["encoding"] == "WKB" and column["geometry_types"] == [kind]
    assert column["bbox"] == pytest.approx(list(frame.total_bounds))


@pytest.mark.parametrize("name", ["routes", "points"])
def test_geojson_holds_the_same(folder, name):
    plain = geopandas.read_file(folder / f"geo/{name}.geojson")
    table = geopandas.read_parquet(folder / f"geo/{name}.parquet")
    assert len(plain) == len(table)
    assert plain.geometry.geom_equals(table.geometry, align=False).all()


def test_parquet_and_csv_hold_the_same_for_duckdb(folder):
    for csv in sorted((folder / "tables").glob("*.csv")):
        rows = duckdb.sql(f"SELECT count(*) FROM read_csv('{csv}', header = true)").fetchall()
        assert duckdb.sql(f"SELECT count(*) FROM '{csv.with_suffix('.parquet')}'").fetchall() == rows


def test_tables_are_a_data_package(folder):
    package = frictionless.Package(str(folder / "tables/datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["name", "type", "note"])[:5]
    assert {r.name for r in package.resources} == {f.stem for f in (folder / "tables").glob("*.csv")}
    chains = package.get_resource("chains")
    units = {field.name: field.to_dict().get("unit") for field in chains.schema.fields}
    assert units["sea_nm"] == "nm" and units["time_d"] == "d" and units["label"] is None


DECIMAL = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
# The parts of iLEAP's ShipmentFootprint that are written here.
SHIPMENT = {
    "type": "object",
    "required": ["mass", "shipmentId", "tces"],
    "properties": {
        "mass": DECIMAL,
        "tces": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": [
                    "tceId", "shipmentId", "mass", "distance", "transportActivity", "co2eWTW", "co2eTTW",
                ],
                "properties": {
                    "mass": DECIMAL,
                    "transportActivity": DECIMAL,
                    "co2eWTW": DECIMAL,
                    "co2eTTW": DECIMAL,
                    "distance": {
                        "type": "object",
                        "required": ["actual"],
                        "properties": {"actual": DECIMAL},
                        "additionalProperties": False,
                    },
                },
            },
        },
    },
}


def test_emissions_have_the_shape_of_ileap_and_the_sum_of_the_chain(folder):
    written = json.loads((folder / "emissions.json").read_text())
    chains = {
        id: (wtw, ttw)
        for id, wtw, ttw in duckdb.sql(
            f"SELECT chain, sum(wtw_kg_co2e), sum(ttw_kg_co2e) FROM '{folder}/tables/stages.parquet' GROUP BY chain"
        ).fetchall()
    }
    assert written["shipments"]
    for shipment in written["shipments"]:
        jsonschema.validate(shipment, SHIPMENT)
        wtw, ttw = chains[shipment["shipmentId"]]
        elements = shipment["tces"]
        assert sum(float(e["co2eWTW"]) for e in elements) == pytest.approx(wtw, abs=1e-4)
        assert sum(float(e["co2eTTW"]) for e in elements) == pytest.approx(ttw, abs=1e-4)
        for element in elements:
            activity = float(element["mass"]) / 1000 * float(element["distance"]["actual"])
            assert float(element["transportActivity"]) == pytest.approx(activity, rel=1e-6, abs=1e-3)


class _LinkedData(HTMLParser):
    def __init__(self):
        super().__init__()
        self.inside, self.text = False, ""

    def handle_starttag(self, tag, attrs):
        self.inside = tag == "script" and ("type", "application/ld+json") in attrs

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        self.text += data if self.inside else ""


def test_claims_are_reviews_in_the_folder_and_in_the_page(folder):
    reviews = json.loads((folder / "claims.jsonld").read_text())
    assert reviews["@context"] == "https://schema.org"
    ratings = [review["reviewRating"] for review in reviews["@graph"]]
    assert all(review["@type"] == "ClaimReview" and review["claimReviewed"] for review in reviews["@graph"])
    assert all(r["worstRating"] <= r["ratingValue"] <= r["bestRating"] for r in ratings if "ratingValue" in r)
    page = _LinkedData()
    page.feed((folder / "report/index.html").read_text())
    assert json.loads(page.text) == reviews
