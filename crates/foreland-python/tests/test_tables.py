"""Tables in and out: pandas, Polars, pyarrow, DuckDB, GeoPandas."""

import math

import duckdb
import geopandas
import pandas
import polars
import pyarrow
import pytest

import foreland

PORTS = ["PECLL", "PECHY", "CNSHA", "USLAX"]


def handed_over():
    """The same ports as every library hands them over."""
    frame = pandas.DataFrame({"unlocode": PORTS, "note": range(len(PORTS))})
    return {
        "list": PORTS,
        "pandas": frame,
        "pandas categories": frame.astype({"unlocode": "category"}),
        "polars": polars.DataFrame({"unlocode": PORTS}),
        "polars categories": polars.DataFrame({"unlocode": PORTS}, schema={"unlocode": polars.Categorical}),
        "pyarrow": pyarrow.table({"unlocode": PORTS}),
        "large strings": pyarrow.table({"unlocode": pyarrow.array(PORTS, pyarrow.large_string())}),
        "two chunks": pyarrow.concat_tables(
            [pyarrow.table({"unlocode": PORTS[:1]}), pyarrow.table({"unlocode": PORTS[1:]})]
        ),
        "duckdb": duckdb.sql("SELECT * FROM frame"),
    }


@pytest.mark.parametrize("kind", handed_over())
def test_every_library_hands_over_ports(kind):
    matrix = foreland.matrix(handed_over()[kind])
    assert matrix.column_names == ["from", "to", "distance_nm"]
    assert len(matrix) == 16
    frame = matrix.to_arrow().to_pandas()
    square = frame.pivot(index="from", columns="to", values="distance_nm").loc[PORTS, PORTS]
    assert (square.to_numpy().diagonal() == 0).all()
    assert square.loc["PECHY", "CNSHA"] == square.loc["CNSHA", "PECHY"]
    assert math.isclose(
        square.loc["PECHY", "CNSHA"], foreland.route("PECHY", "CNSHA").distance_nm, rel_tol=1e-5
    )


def test_every_library_takes_a_table():
    matrix = foreland.matrix(PORTS[:2], PORTS[2:])
    taken = pyarrow.table(matrix)
    expected = taken["distance_nm"].to_pylist()
    assert len(expected) == 4 and all(expected)
    assert polars.DataFrame(matrix)["distance_nm"].to_list() == expected
    assert matrix.to_polars()["from"].to_list() == taken["from"].to_pylist()
    assert pandas.DataFrame.from_arrow(matrix)["distance_nm"].tolist() == expected
    assert duckdb.sql("SELECT sum(distance_nm) FROM taken").fetchall()[0][0] == pytest.approx(sum(expected))


def test_the_same_memory_is_handed_over_each_time():
    table = foreland.ports()
    first, second = (pyarrow.table(table)["lon_deg"].chunk(0).buffers()[1] for _ in range(2))
    assert first.address == second.address


def test_ports_are_points_for_geopandas():
    ports = geopandas.GeoDataFrame.from_arrow(foreland.ports())
    assert len(ports) > 3_000
    assert ports.crs is not None and ports.crs.to_authority() == ("OGC", "CRS84")
    callao = ports.set_index("unlocode").loc["PECLL"]
    assert callao.geometry.x == pytest.approx(callao.lon_deg)
    assert callao.geometry.y == pytest.approx(callao.lat_deg)


def test_facts_keep_types_meanings_and_units():
    vessels = foreland.vessels().to_arrow()
    field = vessels.schema.field("loa_m")
    assert field.type == pyarrow.float64()
    assert field.metadata[b"unit"] == b"m" and field.metadata[b"description"]
    assert foreland.passages().to_arrow().schema.field("open_by_default").type == pyarrow.bool_()
    assert len(foreland.places()) > 10


def test_pairs_come_back_whole_and_in_order():
    frame = pandas.DataFrame(
        {
            "id": [7, 8, 9, 10],
            "from": ["PECHY", "Rotterdam", "PECHY", "Nowhere at all"],
            "to": ["CNSHA", "Singapore", "CNSHA", "CNSHA"],
            "avoid": ["", "suez", None, None],
        }
    )
    found = foreland.routes(frame).to_pandas()
    assert found["id"].tolist() == [7, 8, 9, 10]
    assert found["status"].tolist()[:3] == ["ok"] * 3
    assert found["status"].iloc[3].startswith("error: from: no port is called")
    assert found["distance_nm"].iloc[0] == found["distance_nm"].iloc[2]
    assert "suez" not in found["passages"].iloc[1]
    shapes = geopandas.GeoDataFrame.from_arrow(foreland.routes(frame.iloc[:3]))
    assert set(shapes.geometry.geom_type) == {"MultiLineString"}
    assert shapes.geometry.is_valid.all()


def test_pairs_may_be_coordinates():
    pairs = polars.DataFrame(
        {"from_lon": [-77.3, 0.0], "from_lat": [-11.6, 50.0], "to_lon": [122.5, 0.0], "to_lat": [31.0, 91.0]}
    )
    found = foreland.routes(pairs).to_polars()
    assert found["distance_nm"][0] > 9_000
    assert found["status"][1].startswith("error: to:")


def test_what_is_wrong_with_a_table_is_said():
    with pytest.raises(foreland.BadRequestError, match="its columns are a"):
        foreland.matrix(pandas.DataFrame({"a": [1]}))
    with pytest.raises(foreland.UnknownPlaceError):
        foreland.matrix(["PECLL", "XXXXX"])
    with pytest.raises(foreland.BadRequestError, match="appended"):
        foreland.routes(pandas.DataFrame({"from": ["PECLL"], "to": ["CNSHA"], "status": ["x"]}))
    with pytest.raises(TypeError):
        foreland.matrix("PECLL")


def test_a_table_shows_itself():
    table = foreland.vessels()
    assert "vessel" in repr(table) or "rows" in repr(table)
    shown = table._repr_html_()
    assert shown.startswith("<table>") and "more rows" in shown
    assert table.rows(0, 1)[0]["id"]
