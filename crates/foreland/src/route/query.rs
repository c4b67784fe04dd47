//! A question about the way between two places.

use sealane::passage::Barred;
use sealane::{End, Options, Route, RouteError};

use super::clock::Clock;
use super::{Answer, Charts, RouteFault, Ship, ShipSpec, WaySpec, notes, why};
use crate::place::Place;

/// What is asked, as it was written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RouteQuery {
    /// Where to start: UN/LOCODE, name, or keyed coordinates.
    pub from: String,
    /// Where to go.
    pub to: String,
    /// The ship.
    pub ship: ShipSpec,
    /// Passages and places.
    pub way: WaySpec,
    /// At most so many routes that differ in the passages they take; 0 and 1 ask for one.
    pub alternatives: usize,
    /// Knots, and if wanted by condition: `16` or `16,channel=8`.
    pub speed_kn: Option<String>,
    /// Date, or date and time in UTC, of departure.
    pub depart: Option<String>,
}

impl RouteQuery {
    /// The shortest way between two places for any ship.
    pub fn between(from: &str, to: &str) -> RouteQuery {
        RouteQuery {
            from: from.to_owned(),
            to: to.to_owned(),
            ..RouteQuery::default()
        }
    }

    /// Asks the ocean. That there is no route is an answer, not an error.
    ///
    /// # Errors
    ///
    /// [`RouteFault`] for what is wrong with the question.
    pub fn answer(&self, charts: &Charts) -> Result<Answer, RouteFault> {
        let from = place(charts, "from", &self.from)?;
        let to = place(charts, "to", &self.to)?;
        let ship = self.ship.resolve(charts.atlas.as_ref())?;
        let options = charts.ways().options(&ship, &self.way)?;
        let clock = Clock::read(self.speed_kn.as_deref(), self.depart.as_deref(), charts)?;
        let most = self.alternatives.max(1);
        let found = find(charts, &ship, [&from, &to], &options, most)?;
        let mut answer = Answer {
            notes: notes::of_question(charts, &ship, &options, [&from, &to]),
            ship: ship.in_words(),
            from,
            to,
            routes: Vec::new(),
            no_route: None,
            barred: Vec::new(),
            cost_class: None,
            assumptions: Vec::new(),
        };
        match found {
            Ok(FoundRoutes { routes, barred }) => {
                answer.barred = barred;
                answer.notes.extend(notes::of_ice(&routes));
                answer
                    .notes
                    .extend(notes::of_channels(charts, &ship, &routes));
                let ends = [&answer.from, &answer.to];
                let on_land = notes::of_land(ends, &routes);
                answer.notes.extend(on_land);
                let timed = routes.into_iter().map(|route| clock.found(route, charts));
                answer.routes = timed.collect();
                answer.take_costs(charts, self.ship.class.as_deref(), clock.open_kn());
            }
            Err(NoRoute { why, barred }) => {
                answer.no_route = Some(why);
                answer.barred = barred;
            }
        }
        Ok(answer)
    }
}

fn place(charts: &Charts, argument: &'static str, text: &str) -> Result<Place, RouteFault> {
    charts
        .gazetteer
        .find(text)
        .map_err(|error| RouteFault::Place { argument, error })
}

struct FoundRoutes {
    routes: Vec<Route>,
    barred: Vec<Barred>,
}

struct NoRoute {
    why: String,
    barred: Vec<Barred>,
}

/// The routes, or why there are none; a question that cannot be put is an error.
fn find(
    charts: &Charts,
    ship: &Ship,
    [from, to]: [&Place; 2],
    options: &Options,
    most: usize,
) -> Result<Result<FoundRoutes, NoRoute>, RouteFault> {
    let end = |argument: &'static str, place: &Place| {
        charts
            .ways()
            .end(place)
            .map_err(|(message, remedy)| RouteFault::argument(argument, message, remedy))
    };
    let ends = [end("from", from)?, end("to", to)?];
    let too_shallow = ship.too_shallow(charts.ocean);
    // For one route the ocean need not look for the next.
    let found = if most == 1 {
        let route = charts.ocean.route(ends[0], ends[1], options);
        route.map(|route| vec![route])
    } else {
        charts.ocean.alternatives(ends[0], ends[1], options, most)
    };
    match found {
        Ok(routes) => {
            let barred = barred_on_the_open_way(charts, ends, options);
            Ok(Ok(FoundRoutes {
                routes,
                barred: ship.with_limits(barred, &too_shallow),
            }))
        }
        Err(error @ (RouteError::NoRoute { .. } | RouteError::Inland { .. })) => {
            let why = why(&error, &too_shallow);
            let barred = match error {
                RouteError::NoRoute { barred } => ship.with_limits(barred, &too_shallow),
                _ => Vec::new(),
            };
            Ok(Err(NoRoute { why, barred }))
        }
        Err(error) => Err(RouteFault::Ocean(error)),
    }
}

/// Passages on the way of a ship that fits everywhere, which are closed to this one.
fn barred_on_the_open_way(charts: &Charts, ends: [End; 2], options: &Options) -> Vec<Barred> {
    let ocean = charts.ocean;
    let closed = ocean.closed(options);
    let open = Options::default();
    if closed.without(ocean.closed(&open)).is_empty() {
        return Vec::new();
    }
    let Ok(route) = ocean.route(ends[0], ends[1], &open) else {
        return Vec::new();
    };
    let passages = ocean.passages().iter().enumerate();
    passages
        .filter(|(number, passage)| {
            let taken = route.crossings.iter().any(|c| c.passage == passage.id);
            taken && closed.contains(*number)
        })
        .map(
            |(_, passage)| match passage.limits.exceeded_by(&options.vessel) {
                Some((limit, allowed_m, asked_m)) => Barred {
                    passage: passage.id.clone(),
                    limit,
                    allowed_m: Some(allowed_m),
                    asked_m: Some(asked_m),
                },
                None => Barred {
                    passage: passage.id.clone(),
                    limit: "closed",
                    allowed_m: None,
                    asked_m: None,
                },
            },
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::RouteQuery;
    use crate::route::{Charts, ShipSpec};

    #[test]
    fn what_bars_the_open_way_is_told_with_its_limit() {
        let charts = Charts::new(sealane::Ocean::embedded().expect("the ocean"), None);
        let mut query = RouteQuery::between("New York", "Callao");
        let free = query.answer(&charts).expect("a question");
        assert!(free.barred.is_empty());
        query.ship = ShipSpec {
            beam_m: Some(60.0),
            ..ShipSpec::default()
        };
        let wide = query.answer(&charts).expect("a question");
        let panama = &wide.barred[0];
        assert!(panama.passage.starts_with("panama"), "{:?}", wide.barred);
        assert_eq!((panama.limit, panama.asked_m), ("beam", Some(60.0)));
        assert!(wide.routes[0].route.distance > free.routes[0].route.distance);
    }
}
