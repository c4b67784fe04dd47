//! Checks of each part of a model by itself: numbers, names, calendars.

use std::collections::HashSet;

use super::fault;
use super::near::near;
use crate::distribution::Distribution;
use crate::error::{Fault, Problem};
use crate::model::{
    Arrivals, Branch, Change, End, Go, Kind, Level, Model, Opening, Pick, Route, Seize, Source,
    Stage, Station, Units,
};
use crate::time::Hours;

/// Adds every fault of the parts of a model.
pub(super) fn check(model: &Model, faults: &mut Vec<Fault>) {
    let mut check = Check { model, faults };
    check.frame();
    check.names();
    model.sources.iter().for_each(|source| check.source(source));
    model
        .stations
        .iter()
        .for_each(|station| check.station(station));
    model.routes.iter().for_each(|route| check.route(route));
}

struct Check<'a> {
    model: &'a Model,
    faults: &'a mut Vec<Fault>,
}

impl Check<'_> {
    fn add(&mut self, place: &str, problem: Problem) {
        self.faults.push(fault(place, problem));
    }

    fn number(
        &mut self,
        place: &str,
        what: &'static str,
        value: f64,
        good: bool,
        expected: &'static str,
    ) {
        if !good || !value.is_finite() {
            self.add(
                place,
                Problem::Number {
                    what,
                    value,
                    expected,
                },
            );
        }
    }

    fn above_zero(&mut self, place: &str, what: &'static str, value: f64) {
        self.number(place, what, value, value > 0.0, "a number above 0");
    }

    fn not_negative(&mut self, place: &str, what: &'static str, value: f64) {
        self.number(place, what, value, value >= 0.0, "a number, 0 or more");
    }

    fn law(&mut self, place: &str, what: &str, law: &Distribution) {
        if let Some(problem) = law.problem() {
            self.add(&format!("{place}, {what}"), problem);
        }
    }

    fn within(&mut self, place: &str, what: &'static str, time: Hours) {
        let (time_h, horizon_h) = (time.hours(), self.model.horizon_h.hours());
        if !(0.0..=horizon_h).contains(&time_h) {
            self.add(
                place,
                Problem::OutsideHorizon {
                    what,
                    time_h,
                    horizon_h,
                },
            );
        }
    }

    fn frame(&mut self) {
        let model = self.model;
        self.above_zero("model", "horizon_h", model.horizon_h.hours());
        self.within("model", "warm_up_h", model.warm_up_h);
        if let Some(every) = model.sample_every_h {
            let (every, horizon) = (every.hours(), model.horizon_h.hours());
            let good = every > 0.0 && horizon / every <= 1e6;
            self.number(
                "model",
                "sample_every_h",
                every,
                good,
                "a time above 0 that gives at most a million samples",
            );
        }
        if model.sources.is_empty() {
            self.add(
                "model",
                Problem::Empty {
                    what: "the list of sources",
                },
            );
        }
        for route in model.routes.iter().filter(|route| route.stages.is_empty()) {
            self.add(
                &format!("route `{}`", route.name),
                Problem::Empty {
                    what: "the list of stages",
                },
            );
        }
    }

    fn names(&mut self) {
        let model = self.model;
        self.unique(
            "sources",
            model.sources.iter().map(|source| source.name.as_str()),
        );
        self.unique(
            "stations",
            model.stations.iter().map(|station| station.name.as_str()),
        );
        self.unique(
            "routes",
            model.routes.iter().map(|route| route.name.as_str()),
        );
        for station in &model.stations {
            self.unique(
                "changes of a station",
                station.changes.iter().map(|change| change.name.as_str()),
            );
        }
    }

    fn unique<'n>(&mut self, what: &'static str, names: impl Iterator<Item = &'n str>) {
        let mut seen = HashSet::new();
        for name in names {
            if !seen.insert(name) {
                self.add(
                    "model",
                    Problem::Twice {
                        what,
                        name: name.into(),
                    },
                );
            }
        }
    }

    fn known_station(&mut self, place: &str, name: &str) {
        let names = || {
            self.model
                .stations
                .iter()
                .map(|station| station.name.as_str())
        };
        if !names().any(|known| known == name) {
            let near = near(name, names());
            self.add(
                place,
                Problem::Unknown {
                    what: "station",
                    name: name.into(),
                    near,
                },
            );
        }
    }

    fn known_route(&mut self, place: &str, name: &str) {
        let names = || self.model.routes.iter().map(|route| route.name.as_str());
        if !names().any(|known| known == name) {
            let near = near(name, names());
            self.add(
                place,
                Problem::Unknown {
                    what: "route",
                    name: name.into(),
                    near,
                },
            );
        }
    }

    fn source(&mut self, source: &Source) {
        let place = &format!("source `{}`", source.name);
        self.known_route(place, &source.route);
        self.within(place, "from_h", source.from_h);
        if let Some(until) = source.until_h {
            self.within(place, "until_h", until);
            if until < source.from_h {
                let (low, high) = (source.from_h.hours(), until.hours());
                self.add(place, Problem::Order { low, high });
            }
        }
        let sizes = [
            ("length_m", &source.length_m),
            ("draught_m", &source.draught_m),
        ];
        for (what, law) in sizes {
            law.iter().for_each(|law| self.law(place, what, law));
        }
        self.arrivals(&format!("{place}, arrivals"), &source.arrivals);
    }

    fn arrivals(&mut self, place: &str, arrivals: &Arrivals) {
        match arrivals {
            Arrivals::Poisson { per_day } => self.above_zero(place, "per_day", *per_day),
            Arrivals::Renewal { interval_h } => {
                self.law(place, "interval_h", interval_h);
                if interval_h.problem().is_none() {
                    self.above_zero(place, "the mean of interval_h", interval_h.mean());
                }
            }
            Arrivals::Every {
                headway_h,
                first_h,
                late_h,
            } => {
                self.above_zero(place, "headway_h", headway_h.hours());
                self.within(place, "first_h", *first_h);
                late_h.iter().for_each(|law| self.law(place, "late_h", law));
            }
            Arrivals::Listed { times_h, late_h } => {
                self.rising(place, times_h.iter().copied());
                times_h
                    .iter()
                    .for_each(|time| self.within(place, "a time", *time));
                late_h.iter().for_each(|law| self.law(place, "late_h", law));
            }
            Arrivals::Profile { steps, period_h } => {
                if steps.is_empty() {
                    self.add(place, Problem::Empty { what: "steps" });
                }
                self.rising(place, steps.iter().map(|step| step.from_h));
                for (position, step) in steps.iter().enumerate() {
                    self.not_negative(place, "per_day", step.per_day);
                    let (from, first) = (step.from_h.hours(), position == 0);
                    let end = period_h.map_or(f64::INFINITY, Hours::hours);
                    let good = if first { from == 0.0 } else { from < end };
                    self.number(
                        place,
                        "from_h",
                        from,
                        good,
                        "0 for the first step, times within period_h for the others",
                    );
                }
                period_h
                    .iter()
                    .for_each(|period| self.above_zero(place, "period_h", period.hours()));
                if period_h.is_some() && !steps.iter().any(|step| step.per_day > 0.0) {
                    self.add(
                        place,
                        Problem::Number {
                            what: "per_day of every step",
                            value: 0.0,
                            expected: "one above 0",
                        },
                    );
                }
            }
        }
    }

    fn rising(&mut self, place: &str, times: impl Iterator<Item = Hours> + Clone) {
        for (low, high) in times.clone().zip(times.skip(1)) {
            if low > high {
                self.add(
                    place,
                    Problem::Order {
                        low: low.hours(),
                        high: high.hours(),
                    },
                );
            }
        }
    }

    fn station(&mut self, station: &Station) {
        let place = &format!("station `{}`", station.name);
        match &station.kind {
            Kind::Servers { capacity } => {
                self.number(
                    place,
                    "capacity",
                    f64::from(*capacity),
                    *capacity > 0,
                    "at least 1",
                );
            }
            Kind::Slots {
                per_day,
                every_h,
                first_h,
                quotas,
            } => {
                self.above_zero(place, "per_day", *per_day);
                self.above_zero(place, "every_h", every_h.hours());
                self.within(place, "first_h", *first_h);
                for quota in quotas {
                    let good = (0.0..=1.0).contains(&quota.share);
                    self.number(
                        place,
                        "share of a quota",
                        quota.share,
                        good,
                        "a number between 0 and 1",
                    );
                }
                if station.breakdowns.is_some() {
                    let remedy = "describe lost slots by changes, not by breakdowns";
                    self.add(
                        place,
                        Problem::Slots {
                            station: station.name.clone(),
                            remedy,
                        },
                    );
                }
            }
        }
        station
            .opening
            .iter()
            .for_each(|opening| self.opening(place, opening));
        station
            .changes
            .iter()
            .for_each(|change| self.change(place, station, change));
        self.contradictions(place, &station.changes);
        if let Some(breakdowns) = &station.breakdowns {
            let place = &format!("{place}, breakdowns");
            self.law(place, "to_failure_h", &breakdowns.to_failure_h);
            self.law(place, "repair_h", &breakdowns.repair_h);
            self.above_zero(
                place,
                "the mean of to_failure_h",
                breakdowns.to_failure_h.mean(),
            );
            self.number(
                place,
                "machines",
                f64::from(breakdowns.machines),
                breakdowns.machines > 0,
                "at least 1",
            );
        }
        let limits = [
            ("max_draught_m", station.max_draught_m),
            ("max_length_m", station.max_length_m),
        ];
        for (what, limit) in limits {
            limit
                .iter()
                .for_each(|limit| self.above_zero(place, what, *limit));
        }
        if let Some(tide) = &station.tide {
            let place = &format!("{place}, tide");
            self.above_zero(place, "period_h", tide.period_h.hours());
            self.not_negative(place, "amplitude_m", tide.amplitude_m);
            self.not_negative(place, "mean_depth_m", tide.mean_depth_m);
            self.not_negative(place, "clearance_m", tide.clearance_m);
            self.number(place, "high_h", tide.high_h.hours(), true, "a time");
        }
    }

    fn opening(&mut self, place: &str, opening: &Opening) {
        let place = &format!("{place}, opening");
        let period = opening.period_h.hours();
        self.above_zero(place, "period_h", period);
        if opening.windows.is_empty() {
            self.add(place, Problem::Empty { what: "windows" });
        }
        let mut before = 0.0;
        for window in &opening.windows {
            let (from, until) = (window.from_h.hours(), window.until_h.hours());
            self.number(
                place,
                "from_h",
                from,
                from >= before,
                "a time not before the end of the window before it",
            );
            self.number(
                place,
                "until_h",
                until,
                until > from && until <= period,
                "a time after from_h, within the period",
            );
            before = until;
        }
    }

    fn change(&mut self, place: &str, station: &Station, change: &Change) {
        let place = &format!("{place}, change `{}`", change.name);
        self.within(place, "from_h", change.from_h);
        match &change.end {
            End::At(end) if *end <= change.from_h => {
                self.add(
                    place,
                    Problem::Order {
                        low: change.from_h.hours(),
                        high: end.hours(),
                    },
                );
            }
            End::At(end) => self.within(place, "the end", *end),
            End::After(law) => self.law(place, "end", law),
            End::Never => {}
        }
        match change.level {
            Level::Set(level) => {
                self.not_negative(place, "level", level);
                if matches!(station.kind, Kind::Servers { .. }) {
                    self.number(
                        place,
                        "level",
                        level,
                        level.fract() == 0.0 && level <= f64::from(u32::MAX),
                        "a whole number of units",
                    );
                }
            }
            Level::Part(part) => self.not_negative(place, "level", part),
        }
        change
            .believed_h
            .iter()
            .for_each(|time| self.not_negative(place, "believed_h", time.hours()));
        change
            .longer_h
            .iter()
            .for_each(|time| self.not_negative(place, "longer_h", time.hours()));
        if let Some(foreseen) = change.foreseen_h {
            let time = foreseen.hours();
            let fine = time <= change.from_h.hours();
            self.number(place, "foreseen_h", time, fine, "a time not after from_h");
        }
        change
            .max_draught_m
            .iter()
            .for_each(|limit| self.above_zero(place, "max_draught_m", *limit));
    }

    /// Two changes that set the capacity must not do so at the same time.
    fn contradictions(&mut self, place: &str, changes: &[Change]) {
        let set = |change: &Change| match (change.level, &change.end) {
            (Level::Set(level), End::At(end)) => Some((level, change.from_h.hours(), end.hours())),
            (Level::Set(level), End::Never) => Some((level, change.from_h.hours(), f64::INFINITY)),
            _ => None,
        };
        for (position, first) in changes.iter().enumerate() {
            for second in &changes[position + 1..] {
                let (Some(a), Some(b)) = (set(first), set(second)) else {
                    continue;
                };
                let time_h = a.1.max(b.1);
                if a.0 != b.0 && time_h < a.2.min(b.2) {
                    let (first, second) = (first.name.clone(), second.name.clone());
                    self.add(
                        place,
                        Problem::Contradiction {
                            first,
                            second,
                            time_h,
                        },
                    );
                }
            }
        }
    }

    fn route(&mut self, route: &Route) {
        for (number, stage) in route.stages.iter().enumerate() {
            let place = &format!("route `{}`, stage {}", route.name, number + 1);
            self.stage(place, stage);
        }
    }

    fn stage(&mut self, place: &str, stage: &Stage) {
        match stage {
            Stage::Seize(seize) => self.seize(place, seize),
            Stage::Serve { seize, time_h } => {
                self.seize(place, seize);
                self.law(place, "time_h", time_h);
            }
            Stage::Hold { time_h, at } => {
                self.law(place, "time_h", time_h);
                at.iter()
                    .for_each(|station| self.known_station(place, station));
            }
            Stage::Release { station } => self.known_station(place, station),
            Stage::Choose { pick, branches } => self.branches(place, *pick, branches),
            Stage::Go { route } => self.known_route(place, route),
            Stage::Send {
                count,
                route,
                carry,
            } => {
                self.law(place, "count", count);
                self.known_route(place, route);
                if let Some(carry) = carry {
                    self.known_station(place, &carry.station);
                    self.number(
                        place,
                        "units carried",
                        f64::from(carry.units),
                        carry.units > 0,
                        "at least 1",
                    );
                }
            }
        }
    }

    fn branches(&mut self, place: &str, pick: Pick, branches: &[Branch]) {
        if branches.is_empty() {
            self.add(place, Problem::Empty { what: "branches" });
        }
        for branch in branches {
            self.known_route(place, &branch.route);
            self.not_negative(place, "weight", branch.weight);
            self.not_negative(place, "extra_h", branch.extra_h.hours());
            branch
                .station
                .iter()
                .for_each(|station| self.known_station(place, station));
        }
        let sum: f64 = branches.iter().map(|branch| branch.weight).sum();
        if pick == Pick::Weights && !branches.is_empty() {
            self.above_zero(place, "the sum of the weights", sum);
        }
    }

    fn seize(&mut self, place: &str, seize: &Seize) {
        self.known_station(place, &seize.station);
        let station = self
            .model
            .stations
            .iter()
            .find(|station| station.name == seize.station);
        match (seize.units, station.map(|station| &station.kind)) {
            (Units::Count(0), _) => self.number(place, "units", 0.0, false, "at least 1"),
            (Units::Count(asked), Some(Kind::Servers { .. })) => {
                let capacity = station.map_or(0, greatest_capacity);
                if asked > capacity {
                    let station = seize.station.clone();
                    self.add(
                        place,
                        Problem::NeverFits {
                            station,
                            asked,
                            capacity,
                        },
                    );
                }
            }
            (Units::Count(1), Some(Kind::Slots { .. })) => {}
            (_, Some(Kind::Slots { .. })) => {
                let (station, remedy) = (seize.station.clone(), "ask for one at a time");
                self.add(place, Problem::Slots { station, remedy });
            }
            (Units::Length { gap_m }, _) => self.not_negative(place, "gap_m", gap_m),
            (Units::Count(_), None) => {}
        }
        let exits = &seize.exits;
        let ways = [
            exits.too_large.as_ref(),
            exits.queue_at_least.as_ref().map(|(_, go)| go),
            exits.expected_over_h.as_ref().map(|(_, go)| go),
            exits.patience_h.as_ref().map(|(_, go)| go),
        ];
        for go in ways.into_iter().flatten() {
            if let Go::Route(route) = go {
                self.known_route(place, route);
            }
        }
        exits
            .expected_over_h
            .iter()
            .for_each(|(law, _)| self.law(place, "expected_over_h", law));
        seize
            .draught_m
            .iter()
            .for_each(|draught| self.not_negative(place, "draught_m", *draught));
        exits
            .patience_h
            .iter()
            .for_each(|(law, _)| self.law(place, "patience_h", law));
    }
}

/// The most units that a station of servers ever has.
pub(super) fn greatest_capacity(station: &Station) -> u32 {
    let Kind::Servers { capacity } = station.kind else {
        return 1;
    };
    let (mut most, mut part) = (f64::from(capacity), 1.0);
    for change in &station.changes {
        match change.level {
            Level::Set(level) => most = most.max(level),
            Level::Part(more) => part *= f64::max(1.0, more),
        }
    }
    (most * part) as u32
}
