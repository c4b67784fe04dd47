//! The way over water between two places.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use foreland::place::Place;
use foreland::route::{
    Answer, Found, NOT_FOR_NAVIGATION, RouteQuery, ShipSpec, WaySpec, hundredths, millionths,
    spacing,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::route_cost::{AssumptionInfo, CostInfo};
use crate::extract::Query;
use crate::format::Format;
use crate::problem::{Barred, Code, Problem};
use crate::state::App;

/// Formats of routes, the first of which is the default.
const OFFERED: [Format; 5] = [
    Format::Json,
    Format::Geojson,
    Format::Csv,
    Format::Gpx,
    Format::Rtz,
];
/// Alternatives that are looked for.
const MOST_ALTERNATIVES: usize = 10;
/// Passages and places on the way.
const MOST_VIA: usize = 10;

/// A question for a route.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RouteParams {
    /// Where to start: UN/LOCODE, name, or lon=…,lat=…
    #[param(example = "PECLL")]
    from: String,
    /// Where to go
    #[param(example = "CNSHA")]
    to: String,
    /// Class of ship, see /v1/vessels
    vessel: Option<String>,
    /// Length over all, m
    loa_m: Option<f64>,
    /// Beam, m
    beam_m: Option<f64>,
    /// Draught, m
    draught_m: Option<f64>,
    /// Height above water, m
    air_draught_m: Option<f64>,
    /// Passages to stay out of, joined by `;`
    #[param(example = "suez;panama")]
    avoid: Option<String>,
    /// Passages and places to take in order, joined by `;`
    via: Option<String>,
    /// Passages that are closed unless opened, joined by `;`
    open: Option<String>,
    /// Knots, and if wanted by condition: 16 or 16,channel=8; else the class's design speed
    speed_kn: Option<String>,
    /// Date, or date and time in UTC, of departure
    depart: Option<String>,
    /// At most so many routes that differ in the passages they take
    #[param(minimum = 1, maximum = 10)]
    alternatives: Option<usize>,
    /// json, geojson, csv, gpx or rtz; goes before the header Accept
    format: Option<String>,
}

/// Routes between two places, shortest first.
#[derive(Serialize, ToSchema)]
pub struct RouteAnswer {
    from: RouteEnd,
    to: RouteEnd,
    /// The ship in words.
    ship: Option<String>,
    routes: Vec<RouteInfo>,
    /// Class of ship that costs and emissions are told for.
    cost_class: Option<String>,
    /// What costs and emissions rest on, by identifier of the atlas.
    assumptions: Vec<AssumptionInfo>,
    /// Values that shape the answer and that nobody gave.
    defaults: Vec<Chosen>,
    /// The same and more in sentences.
    notes: Vec<String>,
    /// Always `not for navigation`.
    #[serde(rename = "use")]
    usage: &'static str,
}

/// An end of a route.
#[derive(Serialize, ToSchema)]
pub struct RouteEnd {
    /// UN/LOCODE, if it is a port.
    locode: Option<String>,
    /// Name, or the coordinates.
    name: String,
    /// Longitude, degrees.
    lon: f64,
    /// Latitude, degrees.
    lat: f64,
}

/// A route.
#[derive(Serialize, ToSchema)]
pub struct RouteInfo {
    /// Length over water on WGS84, nm.
    distance_nm: f64,
    /// From end to end with central times in passages, h.
    time_h: Option<f64>,
    /// Of that, in passages beyond sailing their length, h.
    in_passages_h: Option<f64>,
    /// End in UTC, if a departure was given.
    arrival: Option<String>,
    /// What the ship's voyage costs and emits.
    #[serde(flatten)]
    cost: Option<CostInfo>,
    /// Passages in order, approach channels left out.
    passages: Vec<String>,
    /// From the start to the water, nm.
    snap_from_nm: f64,
    /// From the water to the end, nm.
    snap_to_nm: f64,
    /// Whether an end lies beyond the limit of ice, which was lifted.
    beyond_ice_limit: bool,
    /// What bars this ship from the way of a ship that fits everywhere.
    barred: Vec<Barred>,
    /// The line, cut at ±180° (RFC 7946).
    geometry: MultiLineString,
    /// The line with longitudes that run on beyond ±180°.
    unwrapped: LineString,
}

/// A GeoJSON geometry of several lines.
#[derive(Serialize, ToSchema)]
pub struct MultiLineString {
    /// Always `MultiLineString`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// Lines of `[lon, lat]` in degrees.
    coordinates: Vec<Vec<[f64; 2]>>,
}

/// A GeoJSON geometry of one line.
#[derive(Serialize, ToSchema)]
pub struct LineString {
    /// Always `LineString`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// `[lon, lat]` in degrees.
    coordinates: Vec<[f64; 2]>,
}

/// A value that nobody gave.
#[derive(Serialize, ToSchema)]
pub struct Chosen {
    /// What it is.
    name: &'static str,
    /// The value.
    value: ChosenValue,
    /// Its unit; empty for a name.
    unit: &'static str,
    /// Where it comes from.
    source: String,
}

/// A number or a name.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum ChosenValue {
    /// A number, in the unit beside it.
    Number(f64),
    /// A name.
    Text(String),
}

/// The shortest way over water between two places
#[utoipa::path(
    get, path = "/v1/route", tag = "sea", params(RouteParams),
    responses(
        (status = 200, content(
            (RouteAnswer = "application/json"),
            (String = "application/geo+json"),
            (String = "text/csv"),
            (String = "application/gpx+xml"),
            (String = "application/rtz+xml"),
        )),
        (status = 400, description = "The question is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No route, or no such place", body = Problem, content_type = "application/problem+json"),
        (status = 406, description = "No such format", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn route(
    State(app): State<App>,
    Query(params): Query<RouteParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let format = Format::choose(params.format.as_deref(), &headers, &OFFERED)?;
    let asked = Asked::read(params, &app)?;
    // A pair of ports over open passages is two short lists to merge: not worth a thread.
    if asked.is_quick {
        return asked.answer(&app, format);
    }
    let worker = app.clone();
    app.work.run(move || asked.answer(&worker, format)).await?
}

struct Asked {
    query: RouteQuery,
    defaults: Vec<Chosen>,
    is_quick: bool,
}

impl Asked {
    fn read(params: RouteParams, app: &App) -> Result<Asked, Problem> {
        let list = |list: Option<String>| list.into_iter().collect::<Vec<_>>();
        let alternatives = params.alternatives.unwrap_or(1);
        if !(1..=MOST_ALTERNATIVES).contains(&alternatives) {
            return Err(Problem::bad(
                format!("alternatives: {alternatives} routes are not looked for"),
                format!("give a number from 1 to {MOST_ALTERNATIVES}"),
            ));
        }
        let on_the_way = params
            .via
            .as_deref()
            .map_or(0, |via| via.split(';').count());
        if on_the_way > MOST_VIA {
            return Err(Problem::bad(
                format!("via: {on_the_way} passages and places are too many"),
                format!("give at most {MOST_VIA}"),
            ));
        }
        let query = RouteQuery {
            from: params.from,
            to: params.to,
            ship: ShipSpec {
                class: params.vessel,
                loa_m: params.loa_m,
                beam_m: params.beam_m,
                draught_m: params.draught_m,
                air_draught_m: params.air_draught_m,
            },
            way: WaySpec {
                avoid: list(params.avoid),
                via: list(params.via),
                open: list(params.open),
            },
            alternatives,
            speed_kn: params.speed_kn,
            depart: params.depart,
        };
        let is_port = |text: &str| !text.contains('=');
        let is_quick = query.ship == ShipSpec::default()
            && query.way == WaySpec::default()
            && alternatives == 1
            && is_port(&query.from)
            && is_port(&query.to);
        let mut asked = Asked {
            query,
            defaults: Vec::new(),
            is_quick,
        };
        asked.take_defaults(app);
        Ok(asked)
    }

    /// The class that costs are told for, and its design speed, where none is given.
    fn take_defaults(&mut self, app: &App) {
        let named = self.query.ship.class.clone();
        let class = named.clone().or_else(|| {
            let fleet = app.charts.fleet()?.ok()?;
            fleet.usual_class().map(str::to_owned)
        });
        let Some(class) = class else { return };
        if named.is_none() {
            self.defaults.push(Chosen {
                name: "class of ship for time, cost and emissions",
                value: ChosenValue::Text(class.clone()),
                unit: "",
                source: "the container ship of median capacity in the atlas; no passage is too \
                         small for it"
                    .to_owned(),
            });
        }
        if self.query.speed_kn.is_some() {
            return;
        }
        let Some((value, source)) = app.charts.design_speed_kn(&class) else {
            return;
        };
        self.query.speed_kn = Some(value.to_string());
        self.defaults.push(Chosen {
            name: "speed",
            value: ChosenValue::Number(value),
            unit: "kn",
            source,
        });
    }

    fn answer(self, app: &App, format: Format) -> Result<Response, Problem> {
        let answer = self.query.answer(&app.charts)?;
        if let Some(why) = &answer.no_route {
            let mut problem = Problem::new(Code::NoRoute, why.clone())
                .remedy("choose another port, a smaller ship, or open a passage");
            problem.barred = answer.barred.iter().map(Barred::from).collect();
            return Err(problem);
        }
        let text = match format {
            Format::Geojson => answer.geojson(),
            Format::Csv => answer.csv()?,
            Format::Gpx => answer.gpx(),
            Format::Rtz => answer.rtz()?,
            _ => return Ok(Json(shown(answer, self.defaults)).into_response()),
        };
        let kind = HeaderValue::from_static(format.media_type());
        Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
    }
}

fn shown(answer: Answer, defaults: Vec<Chosen>) -> RouteAnswer {
    let barred = &answer.barred;
    RouteAnswer {
        routes: answer
            .routes
            .iter()
            .map(|found| info(found, barred))
            .collect(),
        cost_class: answer.cost_class,
        assumptions: answer
            .assumptions
            .into_iter()
            .map(AssumptionInfo::from)
            .collect(),
        from: end(answer.from),
        to: end(answer.to),
        ship: answer.ship,
        defaults,
        notes: answer.notes,
        usage: NOT_FOR_NAVIGATION,
    }
}

fn end(place: Place) -> RouteEnd {
    RouteEnd {
        locode: place.unlocode,
        name: place.name,
        lon: millionths(place.lon_deg),
        lat: millionths(place.lat_deg),
    }
}

fn info(found: &Found, barred: &[sealane::passage::Barred]) -> RouteInfo {
    let route = &found.route;
    let rounded = |line: Vec<[f64; 2]>| -> Vec<[f64; 2]> {
        line.into_iter()
            .map(|point| point.map(millionths))
            .collect()
    };
    let hours = |h: f64| (h * 100.0).round() / 100.0;
    RouteInfo {
        distance_nm: hundredths(route.distance),
        time_h: found.voyage.as_ref().map(|v| hours(v.total_h())),
        in_passages_h: found.voyage.as_ref().map(|v| hours(v.passages_h.mid)),
        arrival: found.arrival.map(|at| at.to_string()),
        cost: found.cost.as_ref().map(CostInfo::from),
        passages: found.passages().into_iter().map(str::to_owned).collect(),
        snap_from_nm: hundredths(route.snap_from),
        snap_to_nm: hundredths(route.snap_to),
        beyond_ice_limit: route.beyond_ice_limit,
        barred: barred.iter().map(Barred::from).collect(),
        geometry: MultiLineString {
            kind: "MultiLineString",
            coordinates: route.parts(spacing()).into_iter().map(rounded).collect(),
        },
        unwrapped: LineString {
            kind: "LineString",
            coordinates: rounded(route.unwrapped(spacing())),
        },
    }
}
