//! The taut visibility graph of the ocean.
//!
//! Nodes are capes (vertices where land is convex), the corners of ice limits,
//! and free points (ports' approaches, the sea ends of channels). Two nodes are joined
//! where one sees the other and the straight line between them can be part of
//! a taut string: at each cape it must leave all land on one side.

use rayon::prelude::*;

use crate::cape::{Bend, Cape};
use crate::triangulation::Vertex;
use crate::visibility::Water;

/// All edges (node, node), each once with the lower node first, in order.
///
/// `vertices[i]` is the mesh vertex of node `i`. `tick` is called once a node.
pub fn edges(
    water: &Water<'_>,
    vertices: &[Vertex],
    bends: &[Bend],
    tick: impl Fn() + Sync,
) -> Vec<(u32, u32)> {
    let mut node_of = vec![u32::MAX; water.mesh.points().len()];
    for (node, &v) in vertices.iter().enumerate() {
        node_of[v as usize] = node as u32;
    }
    let mut edges: Vec<(u32, u32)> = (0..vertices.len())
        .into_par_iter()
        .flat_map_iter(|node| {
            let (v, me) = (vertices[node], node as u32);
            let at = water.mesh.point(v);
            let mut seen = Vec::new();
            let mut see = |w: Vertex| {
                let other = node_of[w as usize];
                if other != u32::MAX
                    && other != me
                    && bends[other as usize].accepts(water.mesh.point(w), at)
                    && bends[node].accepts(at, water.mesh.point(w))
                {
                    seen.push((me.min(other), me.max(other)));
                }
            };
            match &bends[node] {
                Bend::Free => water.look(v, None, &mut see),
                Bend::Round(capes) => {
                    for s in capes.iter().flat_map(Cape::sectors) {
                        water.look(v, Some(s), &mut see);
                    }
                }
            }
            tick();
            seen.sort_unstable();
            seen.dedup();
            seen
        })
        .collect();
    edges.par_sort_unstable();
    edges.dedup();
    edges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cape::capes;
    use crate::sphere::{Point, arcs_cross};
    use crate::triangulation::Triangulation;
    use crate::visibility::HORIZON_COS;
    use proptest::prelude::*;

    struct Sea {
        mesh: Triangulation,
        wet: Vec<bool>,
        shores: Vec<(Vertex, Vertex)>,
        vertices: Vec<Vertex>,
        bends: Vec<Bend>,
    }

    /// Star-shaped islands round given centres, and free points.
    fn sea(islands: &[(f64, f64, Vec<f64>)], free: &[(f64, f64)]) -> Sea {
        let mut mesh = Triangulation::new();
        let mut shores = Vec::new();
        for (lon, lat, radii) in islands {
            let n = radii.len();
            let centre = Point::from_degrees(*lon, *lat);
            let up = Point {
                x: 0.3,
                y: 0.2,
                z: 0.9,
            };
            let east = up
                .cross(centre)
                .normalised()
                .expect("the centre is not the pole of the frame");
            let north = centre.cross(east);
            let ring: Vec<_> = radii
                .iter()
                .enumerate()
                .map(|(i, r)| {
                    let a = i as f64 / n as f64 * std::f64::consts::TAU;
                    let p = centre.plus(east, r * a.cos()).plus(north, r * a.sin());
                    mesh.insert(p.normalised().expect("not zero"))
                })
                .collect();
            for i in 0..n {
                mesh.constrain(ring[i], ring[(i + 1) % n]);
                shores.push((ring[i], ring[(i + 1) % n]));
            }
        }
        let points: Vec<_> = free
            .iter()
            .map(|&(x, y)| mesh.insert(Point::from_degrees(x, y)))
            .collect();
        let wet = mesh.flood(&[Point::from_degrees(-170.0, -75.0)]);
        let (mut vertices, mut bends) = (Vec::new(), Vec::new());
        for v in 0..mesh.points().len() as u32 {
            let c = capes(&mesh, &wet, v);
            if !c.is_empty() {
                vertices.push(v);
                bends.push(Bend::Round(c));
            } else if points.contains(&v) && wet[mesh.triangle_at(v) as usize] {
                vertices.push(v);
                bends.push(Bend::Free);
            }
        }
        Sea {
            mesh,
            wet,
            shores,
            vertices,
            bends,
        }
    }

    /// Every pair of nodes, every coast edge: slow and obvious.
    fn brute_force(s: &Sea) -> Vec<(u32, u32)> {
        let mut found = Vec::new();
        for i in 0..s.vertices.len() {
            for j in i + 1..s.vertices.len() {
                let (v, w) = (s.vertices[i], s.vertices[j]);
                let (a, b) = (s.mesh.point(v), s.mesh.point(w));
                let beyond = a.dot(b) < HORIZON_COS;
                let blocked = beyond
                    || s.shores
                        .iter()
                        .any(|&(x, y)| arcs_cross(a, b, s.mesh.point(x), s.mesh.point(y)));
                if !blocked && s.bends[i].accepts(a, b) && s.bends[j].accepts(b, a) {
                    found.push((i as u32, j as u32));
                }
            }
        }
        found
    }

    type Pairs = Vec<(u32, u32)>;

    fn both(s: &Sea) -> (Pairs, Pairs) {
        let water = Water {
            mesh: &s.mesh,
            wet: &s.wet,
        };
        (edges(&water, &s.vertices, &s.bends, || {}), brute_force(s))
    }

    #[test]
    fn the_open_ocean_sees_itself() {
        let free: Vec<_> = (0..12)
            .map(|i| (i as f64 * 29.7, (i * 37 % 120) as f64 - 61.3))
            .collect();
        let (fast, slow) = both(&sea(&[], &free));
        assert_eq!(fast, slow);
    }

    #[test]
    fn one_island_hides_what_is_behind_it() {
        let (fast, slow) = both(&sea(
            &[(20.0, 10.0, vec![0.1; 9])],
            &[(5.0, 10.5), (35.0, 11.0)],
        ));
        assert_eq!(fast, slow);
        assert!(!fast.contains(&(9, 10)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn the_graph_is_what_brute_force_finds(
            shapes in prop::collection::vec(prop::collection::vec(0.02..0.2f64, 3..12), 5),
            free in prop::collection::vec((-180.0..180.0f64, -90.0..90.0f64), 0..25),
        ) {
            let centres = [(0.0, 5.0), (40.0, -20.0), (179.0, 30.0), (-90.0, 84.0), (-60.0, -30.0)];
            let islands: Vec<_> = centres.iter().zip(shapes).map(|(c, s)| (c.0, c.1, s)).collect();
            let (fast, slow) = both(&sea(&islands, &free));
            prop_assert_eq!(fast, slow);
        }
    }
}
