//! The distance is a metric, and never less than the geodesic.

use proptest::prelude::*;
use sealane::{End, LonLat, Options, PortIx};

use crate::places::{ROUNDING_NM, SEARCH_ERROR, anywhere, cases, geodesic_nm, ocean, world_ports};

/// Distance between points, `None` where there is no route.
fn points_nm(a: LonLat, b: LonLat) -> Option<f64> {
    let route = ocean().route(End::Point(a), End::Point(b), &Options::default());
    route.ok().map(|r| r.distance.nm())
}

fn ports_nm(a: PortIx, b: PortIx) -> f64 {
    ocean()
        .distance(a, b)
        .expect("both on the world ocean")
        .nm()
}

fn three_ports() -> impl Strategy<Value = [PortIx; 3]> {
    let ports = world_ports();
    let n = ports.len();
    (0..n, 0..n, 0..n).prop_map(move |(a, b, c)| [ports[a], ports[b], ports[c]])
}

#[test]
fn every_port_is_nowhere_but_at_itself() {
    for p in world_ports() {
        assert_eq!(ports_nm(p, p), 0.0);
    }
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn ports_are_as_far_there_as_back([a, b, _] in three_ports()) {
        prop_assert_eq!(ports_nm(a, b), ports_nm(b, a));
    }

    #[test]
    fn a_detour_over_a_third_port_is_no_shorter([a, b, c] in three_ports()) {
        let (direct, detour) = (ports_nm(a, c), ports_nm(a, b) + ports_nm(b, c));
        prop_assert!(direct <= detour + ROUNDING_NM, "{} > {}", direct, detour);
    }

    #[test]
    fn no_port_is_nearer_than_the_geodesic([a, b, _] in three_ports()) {
        let [from, to] = [a, b].map(|p| ocean().ports()[p.number()].position);
        prop_assert!(ports_nm(a, b) >= geodesic_nm(from, to) - ROUNDING_NM);
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn points_obey_the_metric(a in anywhere(), b in anywhere(), c in anywhere()) {
        let (Some(ab), Some(bc), Some(ac)) = (points_nm(a, b), points_nm(b, c), points_nm(a, c)) else {
            return Ok(());
        };
        let ba = points_nm(b, a).expect("there is a way back");
        prop_assert!((ab - ba).abs() <= SEARCH_ERROR * ab + ROUNDING_NM, "{} there, {} back", ab, ba);
        prop_assert!(ab >= geodesic_nm(a, b) - ROUNDING_NM);
        // An end beyond the ice limit opens waters that are closed to the others.
        let limit = -60.0;
        if [a, b, c].iter().all(|p| p.lat_deg() > limit) {
            prop_assert!(ac <= (ab + bc) * (1.0 + SEARCH_ERROR) + ROUNDING_NM, "{} > {} + {}", ac, ab, bc);
        }
    }

    #[test]
    fn a_point_is_nowhere_but_at_itself(p in anywhere()) {
        if let Some(nm) = points_nm(p, p) {
            prop_assert_eq!(nm, 0.0);
        }
    }
}
