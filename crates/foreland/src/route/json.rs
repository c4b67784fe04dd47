//! Everything that is known of the routes.

use crate::place::Place;
use crate::quantity::Spread;
use serde_json::{Value, json};

use super::cost::{Assumption, VoyageCost};
use super::{Answer, Found, NOT_FOR_NAVIGATION, hundredths, millionths, spacing};

const HOURS_PER_DAY: f64 = 24.0;

impl Answer {
    /// Everything that is known of the routes, as JSON.
    pub fn json(&self) -> String {
        let value = json!({
            "from": place(&self.from),
            "to": place(&self.to),
            "ship": self.ship,
            "status": if self.no_route.is_some() { "no_route" } else { "ok" },
            "why": self.no_route,
            "routes": self.routes.iter().map(route).collect::<Vec<_>>(),
            "cost_class": self.cost_class,
            "assumptions": self.assumptions.iter().map(assumption).collect::<Vec<_>>(),
            "notes": self.notes,
            "use": NOT_FOR_NAVIGATION,
        });
        format!("{value:#}\n")
    }
}

fn place(place: &Place) -> Value {
    json!({
        "unlocode": place.unlocode,
        "name": place.name,
        "lon_deg": millionths(place.lon_deg),
        "lat_deg": millionths(place.lat_deg),
    })
}

fn assumption(one: &Assumption) -> Value {
    json!({
        "id": one.id,
        "label": one.label,
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "unit": one.unit,
        "basis": one.basis,
        "source": one.source,
    })
}

/// Adds costs and emissions: whole dollars and tenths of hours and tonnes are finer than what is
/// known.
fn insert_cost(object: &mut serde_json::Map<String, Value>, cost: &VoyageCost) {
    let ranged = |spread: &Spread, per_unit: f64| {
        let rounded = |value: f64| (value * per_unit).round() / per_unit;
        json!({
            "central": rounded(spread.central),
            "p5": rounded(spread.p5),
            "p50": rounded(spread.p50),
            "p95": rounded(spread.p95),
        })
    };
    let per_unit = cost.per_unit.as_ref().map(|share| {
        json!({
            "unit": share.unit,
            "cost_usd": ranged(&share.usd, 100.0),
            "wtw_kg_co2e": ranged(&share.wtw_kg_co2e, 10.0),
        })
    });
    let parts = [
        ("ship_time_h", ranged(&cost.ship_time_h, 10.0)),
        ("cost_usd", ranged(&cost.total_usd, 1.0)),
        ("charter_usd", json!(cost.charter_usd.round())),
        ("fuel_usd", json!(cost.fuel_usd.round())),
        ("tolls_usd", json!(cost.tolls_usd.round())),
        ("fuel_t", ranged(&cost.fuel_t, 10.0)),
        (
            "emissions",
            json!({
                "wtw_t_co2e": ranged(&cost.wtw_t_co2e, 10.0),
                "ttw_t_co2e": ranged(&cost.ttw_t_co2e, 10.0),
            }),
        ),
        ("per_unit", json!(per_unit)),
    ];
    for (name, value) in parts {
        object.insert(name.to_owned(), value);
    }
}

fn route(found: &Found) -> Value {
    let route = &found.route;
    let mut value = properties(found);
    if let Some(object) = value.as_object_mut() {
        let line: Vec<[f64; 2]> = route
            .unwrapped(spacing())
            .into_iter()
            .map(|point| point.map(millionths))
            .collect();
        object.insert("line_lon_lat_deg".to_owned(), json!(line));
    }
    value
}

/// What is known of a route but for its line.
pub(super) fn properties(found: &Found) -> Value {
    let route = &found.route;
    let crossings: Vec<Value> = route
        .crossings
        .iter()
        .map(|crossing| {
            json!({
                "id": crossing.passage,
                "is_channel": crossing.is_channel,
                "at_nm": hundredths(crossing.at),
                "length_nm": hundredths(crossing.length),
            })
        })
        .collect();
    let mut value = json!({
        "distance_nm": hundredths(route.distance),
        "passages": crossings,
        "snap_from_nm": hundredths(route.snap_from),
        "snap_to_nm": hundredths(route.snap_to),
        "beyond_ice_limit": route.beyond_ice_limit,
    });
    if let (Some(voyage), Some(object)) = (&found.voyage, value.as_object_mut()) {
        let days = |hours: f64| (hours / HOURS_PER_DAY * 1000.0).round() / 1000.0;
        object.insert("sailing_d".to_owned(), json!(days(voyage.sailing_h)));
        object.insert(
            "in_passages_d".to_owned(),
            json!({
                "low": days(voyage.passages_h.low),
                "central": days(voyage.passages_h.mid),
                "high": days(voyage.passages_h.high),
            }),
        );
        object.insert("total_d".to_owned(), json!(days(voyage.total_h())));
        let arrival = found.arrival.map(|at| at.to_string());
        object.insert("arrival".to_owned(), json!(arrival));
    }
    if let (Some(cost), Some(object)) = (&found.cost, value.as_object_mut()) {
        insert_cost(object, cost);
    }
    value
}
