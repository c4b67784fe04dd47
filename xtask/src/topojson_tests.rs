//! Tests of the TopoJSON decoder on topologies small enough to check by hand.

use proptest::prelude::*;

use super::{Polygon, Ring, TopoJsonError, decode_polygons};

/// Quanta of one degree, from the south-west corner of the globe.
fn topology(object: &str, arcs: &str) -> String {
    format!(
        r#"{{"type":"Topology","objects":{{"land":{object}}},"arcs":{arcs},
            "transform":{{"scale":[1,1],"translate":[-180,-90]}}}}"#
    )
}

fn decode(object: &str, arcs: &str) -> Result<Vec<Polygon>, TopoJsonError> {
    decode_polygons(topology(object, arcs).as_bytes(), "land")
}

#[test]
fn deltas_are_summed_and_scaled() {
    let text = r#"{"type":"Topology","objects":{"land":{"type":"Polygon","arcs":[[0]]}},
        "arcs":[[[10,20],[4,0],[0,2],[-4,-2]]],"transform":{"scale":[0.5,0.25],"translate":[1,2]}}"#;
    let polygons = decode_polygons(text.as_bytes(), "land").unwrap();
    let expected = vec![[6.0, 7.0], [8.0, 7.0], [8.0, 7.5], [6.0, 7.0]];
    assert_eq!(polygons[0].rings[0].points, expected);
    assert!(polygons[0].rings[0].exterior);
}

#[test]
fn arcs_join_forwards_and_backwards_with_shared_points_once() {
    let arcs = "[[[0,0],[2,0]],[[0,0],[0,2],[2,-2]]]";
    let polygons = decode(r#"{"type":"Polygon","arcs":[[0,-2]]}"#, arcs).unwrap();
    let expected = vec![
        [-180.0, -90.0],
        [-178.0, -90.0],
        [-180.0, -88.0],
        [-180.0, -90.0],
    ];
    assert_eq!(polygons[0].rings[0].points, expected);
}

#[test]
fn collections_and_multipolygons_are_flattened_and_holes_are_marked() {
    let arcs = "[[[0,0],[9,0],[0,9],[-9,-9]],[[3,3],[0,1],[1,0],[-1,-1]]]";
    let object = r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},
        {"type":"MultiPolygon","arcs":[[[0],[1]],[[1]]]}]}"#;
    let polygons = decode(object, arcs).unwrap();
    let exteriors: Vec<Vec<bool>> = polygons
        .iter()
        .map(|p| p.rings.iter().map(|r| r.exterior).collect())
        .collect();
    assert_eq!(exteriors, vec![vec![true, false], vec![true]]);
}

#[test]
fn a_ring_round_the_pole_winds_once_and_one_across_the_antimeridian_does_not() {
    let around = decode(
        r#"{"type":"Polygon","arcs":[[0]]}"#,
        "[[[0,10],[120,0],[120,0],[100,0],[-340,0]]]",
    )
    .unwrap();
    assert_eq!(around[0].rings[0].winding_deg(), 360.0);
    let across = decode(
        r#"{"type":"Polygon","arcs":[[0]]}"#,
        "[[[358,90],[-356,0],[0,3],[356,0],[0,-3]]]",
    )
    .unwrap();
    assert_eq!(across[0].rings[0].winding_deg(), 0.0);
}

#[test]
fn a_ring_of_two_distinct_points_is_degenerate() {
    let ring = |points| Ring {
        points,
        exterior: true,
    };
    let [a, b, c] = [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0]];
    assert!(ring(vec![a, b, a, b, a]).is_degenerate());
    assert!(!ring(vec![a, b, c, a]).is_degenerate());
}

#[test]
fn missing_arcs_are_named() {
    let error = decode(r#"{"type":"Polygon","arcs":[[7]]}"#, "[[[0,0]]]").unwrap_err();
    assert_eq!(
        error.to_string(),
        "polygon 0, ring 0: arc 7 does not exist (the file has 1)"
    );
    let extreme = format!(r#"{{"type":"Polygon","arcs":[[{}]]}}"#, i64::MIN);
    let error = decode(&extreme, "[]").unwrap_err();
    assert!(matches!(error, TopoJsonError::NoSuchArc { .. }), "{error}");
}

#[test]
fn open_rings_and_gaps_between_arcs_are_refused() {
    let open = decode(
        r#"{"type":"Polygon","arcs":[[0]]}"#,
        "[[[0,0],[1,0],[0,1]]]",
    );
    assert!(matches!(open, Err(TopoJsonError::NotClosed { .. })));
    let gap = decode(
        r#"{"type":"Polygon","arcs":[[0,1]]}"#,
        "[[[0,0],[1,0]],[[5,5],[-5,-5]]]",
    );
    assert!(matches!(gap, Err(TopoJsonError::NotClosed { .. })));
    let empty = decode(r#"{"type":"Polygon","arcs":[[]]}"#, "[]");
    assert!(matches!(empty, Err(TopoJsonError::NotClosed { .. })));
}

#[test]
fn overflow_bad_transform_and_positions_off_the_globe_are_refused() {
    let arcs = format!("[[[{0},0],[{0},0]]]", i64::MAX);
    let overflow = decode(r#"{"type":"Polygon","arcs":[[0]]}"#, &arcs);
    assert!(matches!(overflow, Err(TopoJsonError::Overflow { arc: 0 })));
    let off = decode(
        r#"{"type":"Polygon","arcs":[[0]]}"#,
        "[[[400,0],[1,1],[-1,-1]]]",
    );
    assert!(matches!(off, Err(TopoJsonError::OffTheGlobe { .. })));
    let text = topology(r#"{"type":"Polygon","arcs":[]}"#, "[]").replace("[1,1]", "[0,1]");
    let flat = decode_polygons(text.as_bytes(), "land");
    assert!(matches!(flat, Err(TopoJsonError::BadTransform { .. })));
}

#[test]
fn the_objects_in_the_file_are_suggested() {
    let text = topology(r#"{"type":"Polygon","arcs":[]}"#, "[]");
    let error = decode_polygons(text.as_bytes(), "countries").unwrap_err();
    assert_eq!(
        error.to_string(),
        "no object \"countries\"; the file has: land"
    );
}

#[test]
fn syntax_errors_carry_line_and_column() {
    let error = decode_polygons(b"{\"type\":\n \"Topology\",,", "land").unwrap_err();
    assert!(error.to_string().contains("line 2 column"), "{error}");
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(decode_polygons(&bytes, "land").is_err());
    }

    #[test]
    fn arbitrary_arcs_give_closed_rings_or_an_error(
        arcs in proptest::collection::vec(
            proptest::collection::vec([-40_i64..40, -40_i64..40], 0..5), 0..4),
        rings in proptest::collection::vec(proptest::collection::vec(-5_i64..5, 0..4), 0..3),
    ) {
        let object = format!(r#"{{"type":"Polygon","arcs":{rings:?}}}"#);
        if let Ok(polygons) = decode(&object, &format!("{arcs:?}")) {
            for ring in polygons.iter().flat_map(|p| &p.rings) {
                prop_assert!(ring.points.len() >= 2);
                prop_assert_eq!(ring.points.first(), ring.points.last());
            }
        }
    }
}
