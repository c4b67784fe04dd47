//! A log tells what the record counts.

use portsim::model::*;
use portsim::{Distribution, Hours, Model, Plan, Settings, VisitEnd, replay, simulate, unwatched};

#[test]
fn visits_agree_with_the_record() {
    let mut model = Model::new(Hours::days(60.0));
    model.sources.push(Source::new(
        "ships",
        Arrivals::Poisson { per_day: 4.0 },
        "call",
    ));
    model.sources[0].draught_m = Some(Distribution::Uniform {
        low: 8.0,
        high: 16.0,
    });
    let mut quay = Station::servers("quay", 2);
    quay.max_draught_m = Some(15.0);
    model.stations.push(quay);
    let exits = Exits {
        patience_h: Some((Distribution::Exponential { mean: 30.0 }, Go::Leave)),
        queue_at_least: Some((4, Go::Leave)),
        ..Exits::default()
    };
    let seize = Seize {
        exits,
        ..Seize::one("quay")
    };
    let time_h = Distribution::Exponential { mean: 14.0 };
    model
        .routes
        .push(Route::new("call", vec![Stage::Serve { seize, time_h }]));
    let plan = Plan::new(model).unwrap();
    let settings = Settings::new(4, 2);
    let outcome = simulate(&plan, &settings, &mut unwatched).unwrap();
    for record in &outcome.records {
        let visits = replay(&plan, &settings, record.replication)
            .unwrap()
            .visits();
        let count = |end| visits.iter().filter(|visit| visit.end == end).count() as u64;
        let quay = &record.stations[0];
        let counted = [
            count(VisitEnd::Served),
            count(VisitEnd::Balked),
            count(VisitEnd::Reneged),
            count(VisitEnd::TooLarge),
        ];
        assert_eq!(
            counted,
            [quay.served, quay.balked, quay.reneged, quay.too_large]
        );
        assert!(counted.iter().all(|count| *count > 0), "{counted:?}");
        assert_eq!(count(VisitEnd::Waiting), u64::from(quay.queue_at_end));
        let waited: f64 = visits
            .iter()
            .filter_map(|visit| Some(visit.seized_h? - visit.asked_h))
            .sum();
        assert!((waited - quay.wait.sum_h).abs() < 1e-6);
    }
}
