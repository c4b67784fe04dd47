//! The five TransportationNetworks instances, against the best objectives known.
//!
//! The data are not part of the project. `FORELAND_REFERENCE` names a folder that holds them in
//! `tntp/`; without it the tests say so and pass.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test says why it cannot go on"
)]

use std::path::PathBuf;

use freightflow::equilibrium::{
    Assignment, Class, Equilibrium, Limits, OdPair, frank_wolfe, path_equilibrium,
};
use freightflow::shortest::Tree;
use freightflow::tntp::{CostFactors, TntpNetwork, TntpTrips};
use freightflow::{LinkId, NodeId, Stop, unwatched};

fn reference() -> Option<PathBuf> {
    let folder =
        std::env::var_os("FORELAND_REFERENCE").map(|path| PathBuf::from(path).join("tntp"));
    if folder.is_none() {
        println!("skipped: no reference data");
    }
    folder
}

struct Instance {
    file: TntpNetwork,
    demand: Vec<OdPair>,
    folder: PathBuf,
    name: &'static str,
}

impl Instance {
    fn read(name: &'static str) -> Option<Self> {
        let folder = reference()?;
        let file = TntpNetwork::read(&folder.join(format!("{name}_net.tntp"))).unwrap();
        let trips = TntpTrips::read(&folder.join(format!("{name}_trips.tntp"))).unwrap();
        let demand = trips.trips.iter().map(|trip| {
            let (origin, destination) = (trip.origin - 1, trip.destination - 1);
            OdPair::fixed(NodeId::new(origin), NodeId::new(destination), trip.volume)
        });
        Some(Self {
            demand: demand.collect(),
            file,
            folder,
            name,
        })
    }

    fn solve(&self, threads: usize) -> Equilibrium {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        self.with_problem(|problem| {
            pool.install(|| path_equilibrium(problem, Limits::default(), &mut unwatched))
                .unwrap()
        })
    }

    fn with_problem<T: Send>(&self, solve: impl FnOnce(&Assignment<'_>) -> T + Send) -> T {
        let factors = self
            .file
            .published_factors()
            .map_or(CostFactors::default(), |known| known.1);
        let network = self.file.network().unwrap();
        let costs = self.file.costs(factors).unwrap();
        let class = Class {
            weight: 1.0,
            demand: self.demand.clone(),
            ..Class::default()
        };
        solve(&Assignment::new(&network, &costs, vec![class]).unwrap())
    }

    /// The flows published with the instance, by link.
    fn published_flows(&self) -> Vec<f64> {
        let path = self.folder.join(format!("{}_flow.tntp", self.name));
        let text = std::fs::read_to_string(path).unwrap();
        let mut flows = vec![f64::NAN; self.file.links.len()];
        for line in text.lines().skip(1) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            if let [from, to, volume, _] = fields[..] {
                let ends = (from.parse().unwrap(), to.parse().unwrap());
                let same =
                    |link: &&freightflow::tntp::TntpLink| (link.init_node, link.term_node) == ends;
                let link = self.file.links.iter().position(|link| same(&link)).unwrap();
                flows[link] = volume.parse().unwrap();
            }
        }
        flows
    }
}

/// Best objectives known, to the digits published (Chicago Sketch with 0.02 minutes a cent and 0.04
/// minutes a mile).
const BEST: [(&str, f64); 5] = [
    ("SiouxFalls", 4231335.28710744),
    ("Anaheim", 1286032.171096),
    ("Barcelona", 1265654.922032),
    ("Winnipeg", 827911.494630),
    ("ChicagoSketch", 17313018.738747),
];

#[test]
fn best_known_objectives_are_reached_to_ten_digits() {
    for (name, best) in BEST {
        let Some(instance) = Instance::read(name) else {
            return;
        };
        let found = instance.solve(1);
        assert_eq!(found.stop, Stop::Converged, "{name}");
        assert!(
            found.certificate.relative_gap <= 1e-12,
            "{name}: {:?}",
            found.certificate
        );
        assert!(
            found.certificate.conservation_residual < 1e-13,
            "{name}: {:?}",
            found.certificate
        );
        let ten_digits = 0.5 * 10f64.powf(best.log10().floor() - 9.0);
        let error = found.objective - best;
        assert!(
            error.abs() <= ten_digits,
            "{name}: {} is off by {error}",
            found.objective
        );
    }
}

/// Three times the published demand brings whole regions far beyond capacity.
#[test]
fn heavy_congestion_converges_too() {
    for name in ["SiouxFalls", "Anaheim", "Barcelona", "Winnipeg"] {
        let Some(mut instance) = Instance::read(name) else {
            return;
        };
        for pair in &mut instance.demand {
            pair.volume *= 3.0;
        }
        let found = instance.solve(1);
        assert_eq!(found.stop, Stop::Converged, "{name}");
        assert!(
            found.certificate.relative_gap <= 1e-12,
            "{name}: {:?}",
            found.certificate
        );
        assert!(
            found.certificate.conservation_residual < 1e-13,
            "{name}: {:?}",
            found.certificate
        );
    }
}

/// Where the solution is unique and published to many digits, the flows agree, too.
#[test]
fn flows_agree_with_those_published() {
    for name in ["SiouxFalls", "Anaheim", "ChicagoSketch"] {
        let Some(instance) = Instance::read(name) else {
            return;
        };
        let found = instance.solve(2);
        let published = instance.published_flows();
        let total: f64 = published.iter().sum();
        let pairs = found.link_flow.iter().zip(&published);
        let difference: f64 = pairs.map(|(found, known)| (found - known).abs()).sum();
        assert!(difference / total < 1e-6, "{name}: {}", difference / total);
    }
}

#[test]
fn one_thread_and_three_give_the_same_bits() {
    for name in ["Anaheim", "Winnipeg"] {
        let Some(instance) = Instance::read(name) else {
            return;
        };
        let (one, three) = (instance.solve(1), instance.solve(3));
        assert_eq!(one.link_flow, three.link_flow, "{name}");
        assert_eq!(one.certificate, three.certificate, "{name}");
        assert_eq!(one.objective.to_bits(), three.objective.to_bits(), "{name}");
    }
}

/// The certificate, recomputed with nothing but public trees: Σ v·c − Σ d·u.
#[test]
fn the_certificate_can_be_checked_from_outside() {
    let Some(instance) = Instance::read("Anaheim") else {
        return;
    };
    let found = instance.solve(1);
    let network = instance.file.network().unwrap();
    let total: f64 = found
        .link_flow
        .iter()
        .zip(&found.link_cost)
        .map(|(v, c)| v * c)
        .sum();
    let mut least = 0.0;
    for pair in &instance.demand {
        let tree = Tree::grow(&network, &found.link_cost, pair.origin).unwrap();
        least += pair.volume * tree.cost_to(pair.destination).unwrap();
    }
    assert!(
        ((total - least) / total).abs() <= 1e-12,
        "{}",
        (total - least) / total
    );
    assert!((found.total_cost / total - 1.0).abs() < 1e-12);
    for position in (0..instance.demand.len()).step_by(37) {
        let paths = found.paths(0, position);
        let flow: f64 = paths.iter().map(|path| path.flow).sum();
        assert!((flow - instance.demand[position].volume).abs() < 1e-9);
        let cost = |path: &[LinkId]| path.iter().map(|l| found.link_cost[l.index()]).sum::<f64>();
        for path in &paths {
            assert!((cost(&path.links) - found.pairs[0][position].cost).abs() < 1e-6);
        }
    }
}

#[test]
fn frank_wolfe_comes_to_the_same_objective() {
    for (name, best) in &BEST[..2] {
        let Some(instance) = Instance::read(name) else {
            return;
        };
        let limits = Limits {
            relative_gap: 1e-5,
            max_iterations: 1000,
        };
        let found =
            instance.with_problem(|problem| frank_wolfe(problem, limits, &mut unwatched).unwrap());
        assert_eq!(found.stop, Stop::Converged, "{name}");
        let above = found.objective - best;
        assert!(
            above >= 0.0 && above <= found.certificate.duality_gap,
            "{name}: {above}"
        );
    }
}
