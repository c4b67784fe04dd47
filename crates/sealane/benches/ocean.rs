//! How long the ocean takes to answer: `cargo bench -p sealane`.
//!
//! Ports and points are drawn evenly from the whole world by a fixed rule, so
//! that a median here is one over ordinary questions, not over easy ones.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use sealane::{End, LonLat, NauticalMiles, Ocean, Options, PortIx};

static EMBEDDED: &[u8] = include_bytes!("../data/ocean.sealane");

fn ocean() -> &'static Ocean {
    let ocean = Ocean::embedded().expect("the embedded ocean is whole");
    ocean.prepare();
    ocean
}

/// Numbers evenly spread over [0, 1): the additive sequence of the plastic number.
fn spread(i: usize, dimension: i32) -> f64 {
    (0.5 + (i as f64) * 1.220_744_084_605_76f64.powi(-dimension)).fract()
}

/// Pairs of ports that are joined.
fn port_pairs(count: usize) -> Vec<(PortIx, PortIx)> {
    let ports: Vec<PortIx> = ocean().port_numbers().collect();
    let at = |x: f64| ports[(x * ports.len() as f64) as usize];
    let drawn = (0..).map(|i| (at(spread(i, 1)), at(spread(i, 2))));
    drawn
        .filter(|&(a, b)| a != b && ocean().distance(a, b).is_some())
        .take(count)
        .collect()
}

/// Pairs of points in the water, evenly over the globe.
fn point_pairs(count: usize) -> Vec<(End, End)> {
    let point = |i: usize, d: i32| {
        let (lon, z) = (360.0 * spread(i, d) - 180.0, 2.0 * spread(i, d + 1) - 1.0);
        End::Point(LonLat::new(lon, z.asin().to_degrees()).expect("within range"))
    };
    let drawn = (0..).map(|i| (point(i, 1), point(i, 3)));
    let joined = |&(a, b): &(End, End)| ocean().route(a, b, &Options::default()).is_ok();
    drawn.filter(joined).take(count).collect()
}

fn cycle<T: Copy>(items: &[T]) -> impl FnMut() -> T {
    let mut i = 0;
    move || {
        i = (i + 1) % items.len();
        items[i]
    }
}

fn load(c: &mut Criterion) {
    let mut group = c.benchmark_group("load");
    group.sample_size(20);
    group.bench_function("unpack", |b| {
        b.iter(|| Ocean::from_bytes(black_box(EMBEDDED)).expect("whole"))
    });
    let unpacked = || Ocean::from_bytes(EMBEDDED).expect("whole");
    group.bench_function("prepare searches", |b| {
        b.iter_batched(
            unpacked,
            |ocean| {
                ocean.prepare();
                ocean
            },
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

fn ports(c: &mut Criterion) {
    let pairs = port_pairs(4_096);
    let mut group = c.benchmark_group("port to port");
    let mut next = cycle(&pairs);
    group.bench_function("distance", |b| {
        b.iter(|| {
            let (from, to) = next();
            ocean().distance(from, to)
        })
    });
    let mut next = cycle(&pairs);
    group.bench_function("route with geometry", |b| {
        b.iter(|| {
            let (from, to) = next();
            ocean().route(End::Port(from), End::Port(to), &Options::default())
        });
    });
    let suez = ocean().passage("suez").expect("a passage");
    let shut = Options {
        avoid: suez,
        ..Options::default()
    };
    let through: Vec<_> = pairs
        .iter()
        .copied()
        .filter(|&(a, b)| {
            let route = ocean().route(End::Port(a), End::Port(b), &Options::default());
            route.is_ok_and(|r| r.passages().any(|p| p == "suez"))
        })
        .collect();
    let mut next = cycle(&through);
    group.bench_function("route round a closed Suez Canal", |b| {
        b.iter(|| {
            let (from, to) = next();
            ocean().route(End::Port(from), End::Port(to), &shut)
        });
    });
    group.finish();
}

fn points(c: &mut Criterion) {
    let pairs = point_pairs(512);
    let mut next = cycle(&pairs);
    c.bench_function("point to point", |b| {
        b.iter(|| {
            let (from, to) = next();
            ocean().route(from, to, &Options::default())
        })
    });
}

fn lines(c: &mut Criterion) {
    let (from, to) = (
        ocean().port("NLRTM").expect("a port"),
        ocean().port("JPYOK").expect("a port"),
    );
    let route = ocean()
        .route(End::Port(from), End::Port(to), &Options::default())
        .expect("joined");
    let spacing = NauticalMiles::new(30.0).expect("a length");
    c.bench_function("line drawn out and cut at ±180°", |b| {
        b.iter(|| route.parts(black_box(spacing)))
    });
}

fn matrices(c: &mut Criterion) {
    let mut group = c.benchmark_group("matrix");
    group.sample_size(10);
    let all: Vec<PortIx> = ocean().port_numbers().collect();
    group.bench_function("all ports to all ports", |b| {
        b.iter(|| ocean().matrix(&all, &all, &Options::default()))
    });
    let some: Vec<PortIx> = all.iter().copied().step_by(180).collect();
    let shut = Options {
        avoid: ocean().passage("suez").expect("a passage"),
        ..Options::default()
    };
    group.bench_function("20 ports to all, Suez closed", |b| {
        b.iter(|| ocean().matrix(&some, &all, &shut))
    });
    group.finish();
}

criterion_group!(benches, load, ports, points, lines, matrices);
criterion_main!(benches);
