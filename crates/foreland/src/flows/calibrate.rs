//! The scale of choice, fitted to published shares of ports; and what it makes of those held out.

use freightflow::choice::{RouteChoice, logit_shares};

use super::case::{Case, Element};
use super::lanes;
use super::solve::Outcome;
use crate::atlas::{Atlas, CargoKind, HandlingStage};
use crate::chain::{End, Prices};
use crate::param::{Draw, ParamIx};
use crate::study::{FreightRule, ObservedRole, ObservedSpec};
use crate::world::{PortIx, World};

/// Scales of the first look, evenly apart in their logarithm.
const LOOK: usize = 60;
/// Halvings of the interval around the best of them.
const NARROWINGS: usize = 60;

/// A published share, resolved.
pub(super) struct Point {
    pub(super) title: String,
    pub(super) role: ObservedRole,
    /// As published, 0–1.
    pub(super) observed: f64,
    pub(super) source: String,
    pub(super) subject: Subject,
}

/// Whose share it is.
pub(super) enum Subject {
    /// Some ports among those that compete for a country's cargo over land.
    Hinterland {
        /// Places with their shares.
        ends: Vec<(End, ParamIx)>,
        /// All ports that compete.
        among: Vec<PortIx>,
        /// Whether each is one of those whose share was published.
        counted: Vec<bool>,
    },
    /// A terminal among those of its port.
    Terminal(String),
}

/// Costs over land to competing ports in a draw.
struct LandChoice {
    weights: Vec<f64>,
    costs: Vec<Vec<f64>>,
}

impl Point {
    /// Resolves the subject; the message says what is unknown.
    pub(super) fn subject(
        spec: &ObservedSpec,
        atlas: &Atlas,
        world: &World,
    ) -> Result<Subject, (std::ops::Range<usize>, String)> {
        if let Some(terminal) = &spec.terminal {
            let known = world.terminals.iter().any(|t| t.id == *terminal.get());
            return if known {
                Ok(Subject::Terminal(terminal.get().clone()))
            } else {
                Err((
                    terminal.span(),
                    format!("no terminal `{}` is open on that day", terminal.get()),
                ))
            };
        }
        let Some(hinterland) = &spec.hinterland else {
            return Err((
                spec.fact.span(),
                "the share names neither `hinterland` nor `terminal`".to_owned(),
            ));
        };
        let country = &hinterland.country;
        if !lanes::has_places(atlas, country.get()) {
            return Err((
                country.span(),
                format!("demand-places.csv names no place in `{}`", country.get()),
            ));
        }
        let mut among = Vec::new();
        for code in &hinterland.among {
            let port = world.port(code.get()).ok_or_else(|| {
                (
                    code.span(),
                    format!("the atlas has no port `{}`", code.get()),
                )
            })?;
            among.push(port);
        }
        let mut counted = vec![false; among.len()];
        for code in &hinterland.ports {
            let at = world
                .port(code.get())
                .and_then(|port| among.iter().position(|&p| p == port));
            let at = at.ok_or_else(|| {
                (
                    code.span(),
                    format!("`{}` is not one of the ports in `among`", code.get()),
                )
            })?;
            counted[at] = true;
        }
        Ok(Subject::Hinterland {
            ends: lanes::country_ends(atlas, world, country.get()),
            among,
            counted,
        })
    }
}

/// The published shares of a study, looked at in one draw.
pub(super) struct Look<'a> {
    points: &'a [Point],
    choices: Vec<Option<LandChoice>>,
}

impl<'a> Look<'a> {
    pub(super) fn new(
        points: &'a [Point],
        case: &Case,
        draw: &Draw,
        freight: FreightRule,
    ) -> Look<'a> {
        let prices = Prices::new(&case.network, draw, freight);
        let goods = case.network.world.commodities.iter();
        let mixed = goods
            .clone()
            .position(|c| c.id == "total")
            .or_else(|| goods.clone().position(|c| c.cargo == CargoKind::Container));
        let choices = points
            .iter()
            .map(|point| match (&point.subject, mixed) {
                (Subject::Hinterland { ends, among, .. }, Some(goods)) => Some(LandChoice {
                    weights: ends.iter().map(|(_, share)| draw.get(*share)).collect(),
                    costs: ends
                        .iter()
                        .map(|&(end, _)| {
                            prices.land_costs(end, goods, among, HandlingStage::Import)
                        })
                        .collect(),
                }),
                _ => None,
            })
            .collect();
        Look { points, choices }
    }

    /// Share of the counted ports at a scale; `None` for terminals.
    fn over_land(&self, point: usize, scale: f64) -> Option<f64> {
        let choice = self.choices[point].as_ref()?;
        let Subject::Hinterland { counted, .. } = &self.points[point].subject else {
            return None;
        };
        let rule = RouteChoice {
            scale,
            path_size: 0.0,
        };
        let (mut part, mut whole) = (0.0, 0.0);
        for (weight, costs) in choice.weights.iter().zip(&choice.costs) {
            let shares = logit_shares(costs, &vec![1.0; costs.len()], rule);
            let of_counted = shares.iter().zip(counted).filter(|(_, c)| **c);
            part += weight * of_counted.map(|(share, _)| share).sum::<f64>();
            whole += weight;
        }
        (whole > 0.0).then(|| part / whole)
    }

    /// The scale within a range at which the squared errors of the points to fit are least; `None`
    /// without any.
    pub(super) fn fit(&self, range: [f64; 2]) -> Option<f64> {
        let fitted: Vec<usize> = (0..self.points.len())
            .filter(|&p| self.points[p].role == ObservedRole::Fit && self.choices[p].is_some())
            .collect();
        if fitted.is_empty() {
            return None;
        }
        let error = |log: f64| -> f64 {
            fitted
                .iter()
                .filter_map(|&p| Some(self.over_land(p, log.exp())? - self.points[p].observed))
                .map(|error| error * error)
                .sum()
        };
        let [low, high] = range.map(f64::ln);
        let step = (high - low) / LOOK as f64;
        let looks = (0..=LOOK).map(|n| low + step * n as f64);
        let best = looks.min_by(|a, b| error(*a).total_cmp(&error(*b)))?;
        let (mut low, mut high) = ((best - step).max(low), (best + step).min(high));
        for _ in 0..NARROWINGS {
            let third = (high - low) / 3.0;
            if error(low + third) <= error(high - third) {
                high -= third;
            } else {
                low += third;
            }
        }
        Some(((low + high) / 2.0).exp())
    }

    /// Every point as modelled, 0–1; terminals from the flows of the day itself.
    pub(super) fn modelled(&self, scale: f64, case: &Case, outcome: &Outcome) -> Vec<Option<f64>> {
        self.points
            .iter()
            .enumerate()
            .map(|(number, point)| match &point.subject {
                Subject::Hinterland { .. } => self.over_land(number, scale),
                Subject::Terminal(id) => terminal_share(id, case, outcome),
            })
            .collect()
    }
}

fn terminal_share(id: &str, case: &Case, outcome: &Outcome) -> Option<f64> {
    let world = &case.network.world;
    let port = world.terminals.iter().find(|t| t.id == id)?.port;
    let (mut part, mut whole) = (0.0, 0.0);
    for (kind, found) in case.kinds.iter().zip(&outcome.kinds) {
        if kind.cargo != CargoKind::Container {
            continue;
        }
        for (element, load) in kind.elements.iter().zip(&found.settled.load) {
            if let Element::Terminal(t) = element
                && world.terminals[*t].port == port
            {
                whole += load;
                if world.terminals[*t].id == id {
                    part += load;
                }
            }
        }
    }
    (whole > 0.0).then(|| part / whole)
}
