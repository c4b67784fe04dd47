use serde_json::Value;

use super::{printed, refused};

const PACIFIC: [&str; 3] = ["route", "Callao", "Shanghai"];

fn in_format(format: &str) -> String {
    printed(&[&PACIFIC[..], &["--format", format]].concat())
}

#[test]
fn geojson_is_cut_at_the_antimeridian() {
    let value: Value = serde_json::from_str(&in_format("geojson")).expect("JSON");
    assert_eq!(value["type"], "FeatureCollection");
    let geometry = &value["features"][0]["geometry"];
    assert_eq!(geometry["type"], "MultiLineString");
    let parts = geometry["coordinates"].as_array().expect("parts");
    assert!(parts.len() >= 2);
    let lon_lat = |point: &Value| {
        (
            point[0].as_f64().expect("lon"),
            point[1].as_f64().expect("lat"),
        )
    };
    for part in parts {
        let points: Vec<(f64, f64)> = part
            .as_array()
            .expect("points")
            .iter()
            .map(lon_lat)
            .collect();
        assert!(points.len() >= 2);
        assert!(
            points
                .iter()
                .all(|(lon, lat)| lon.abs() <= 180.0 && lat.abs() <= 90.0)
        );
        for pair in points.windows(2) {
            assert!((pair[0].0 - pair[1].0).abs() < 180.0, "a jump at {pair:?}");
        }
    }
    // Each part ends where the next begins, on the other side of the map.
    for pair in parts.windows(2) {
        let end = lon_lat(pair[0].as_array().and_then(|p| p.last()).expect("an end"));
        let start = lon_lat(&pair[1][0]);
        assert_eq!(end.0.abs(), 180.0);
        assert_eq!((start.0, start.1), (-end.0, end.1));
    }
    assert_eq!(
        value["features"][0]["properties"]["use"],
        "not for navigation"
    );
}

#[test]
fn a_route_that_crosses_nothing_is_one_line() {
    let text = printed(&["route", "Santos", "Rotterdam", "--format", "geojson"]);
    let value: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(value["features"][0]["geometry"]["type"], "LineString");
}

#[test]
fn gpx_holds_route_points_and_the_warning() {
    let text = in_format("gpx");
    let document = roxmltree::Document::parse(&text).expect("XML");
    let root = document.root_element();
    assert_eq!(
        root.tag_name().namespace(),
        Some("http://www.topografix.com/GPX/1/1")
    );
    assert_eq!(root.attribute("version"), Some("1.1"));
    let points = document
        .descendants()
        .filter(|n| n.has_tag_name(("http://www.topografix.com/GPX/1/1", "rtept")));
    assert!(points.clone().count() >= 3);
    for point in points {
        let degrees = |key: &str| -> f64 {
            point
                .attribute(key)
                .expect("a key")
                .parse()
                .expect("degrees")
        };
        assert!(degrees("lon").abs() <= 180.0 && degrees("lat").abs() <= 90.0);
    }
    assert!(text.matches("not for navigation").count() >= 2);
}

#[test]
fn rtz_holds_waypoints_on_great_circles_and_the_warning() {
    let text = in_format("rtz");
    let document = roxmltree::Document::parse(&text).expect("XML");
    let root = document.root_element();
    assert_eq!(
        root.tag_name().namespace(),
        Some("http://www.cirm.org/RTZ/1/0")
    );
    assert_eq!(root.attribute("version"), Some("1.0"));
    let named = |name: &'static str| {
        document
            .descendants()
            .filter(move |n| n.tag_name().name() == name)
    };
    let info = named("routeInfo").next().expect("routeInfo");
    let name = info.attribute("routeName").expect("a name");
    assert_eq!(
        name,
        "Callao (PECLL) – Shanghai (CNSHA) (NOT FOR NAVIGATION)"
    );
    let ids: Vec<&str> = named("waypoint")
        .filter_map(|n| n.attribute("id"))
        .collect();
    let expected: Vec<String> = (1..=ids.len()).map(|i| i.to_string()).collect();
    assert_eq!(ids, expected);
    assert!(ids.len() >= 3 && named("position").count() == ids.len());
    assert!(named("leg").all(|leg| leg.attribute("geometryType") == Some("Orthodrome")));
}

#[test]
fn an_rtz_file_holds_one_route() {
    let told = refused(
        &[
            "route",
            "Rotterdam",
            "Singapore",
            "--alternatives",
            "2",
            "--format",
            "rtz",
        ],
        2,
    );
    assert!(
        told.contains("argument --alternatives: an RTZ file holds one route"),
        "{told}"
    );
}

#[test]
fn csv_has_the_columns_of_many_pairs() {
    let text = in_format("csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .expect("a header")
        .iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(
        header,
        [
            "from",
            "to",
            "distance_nm",
            "passages",
            "snap_from_nm",
            "snap_to_nm",
            "status"
        ]
    );
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (&rows[0][0], &rows[0][1], &rows[0][6]),
        ("PECLL", "CNSHA", "ok")
    );
}

#[test]
fn json_and_geojson_agree_on_the_length() {
    let json: Value = serde_json::from_str(&in_format("json")).expect("JSON");
    let geojson: Value = serde_json::from_str(&in_format("geojson")).expect("JSON");
    assert_eq!(
        json["routes"][0]["distance_nm"],
        geojson["features"][0]["properties"]["distance_nm"]
    );
    let line = json["routes"][0]["line_lon_lat_deg"]
        .as_array()
        .expect("a line");
    for pair in line.windows(2) {
        let step = pair[0][0].as_f64().expect("lon") - pair[1][0].as_f64().expect("lon");
        assert!(step.abs() < 10.0, "longitudes run on");
    }
}
