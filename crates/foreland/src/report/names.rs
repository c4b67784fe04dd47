//! Titles for the identifiers that findings refer to each other by.

use crate::findings::{Findings, Journey, WorldInfo};

/// Looks up titles in the findings.
#[derive(Clone, Copy)]
pub(super) struct Names<'a>(pub(super) &'a Findings);

impl<'a> Names<'a> {
    /// Title of a baseline, or its identifier.
    pub(super) fn baseline(self, id: &'a str) -> &'a str {
        let baselines = &self.0.run.baselines;
        baselines
            .iter()
            .find(|baseline| baseline.id == id)
            .map_or(id, |baseline| baseline.title.as_str())
    }

    /// Title of a scenario, or its identifier.
    pub(super) fn scenario(self, id: &'a str) -> &'a str {
        let scenarios = &self.0.run.scenarios;
        scenarios
            .iter()
            .find(|scenario| scenario.id == id)
            .map_or(id, |scenario| scenario.title.as_str())
    }

    /// The world of a journey.
    pub(super) fn world(self, id: &str) -> Option<&'a WorldInfo> {
        self.0.run.worlds.iter().find(|world| world.id == id)
    }

    /// A world in words: its baseline, and the scenario if there are several to tell apart.
    pub(super) fn world_title(self, id: &'a str) -> String {
        let Some(world) = self.world(id) else {
            return id.to_owned();
        };
        let baseline = self.baseline(&world.baseline);
        match &world.scenario {
            Some(scenario) if self.0.run.scenarios.len() > 1 => {
                format!("{baseline}, {}", self.scenario(scenario))
            }
            _ => baseline.to_owned(),
        }
    }

    /// Whether a world has a scenario applied.
    pub(super) fn is_changed(self, world: &str) -> bool {
        self.world(world)
            .is_some_and(|world| world.scenario.is_some())
    }

    /// Identifiers of the flows in the order of their first journey.
    pub(super) fn flows(self) -> Vec<&'a str> {
        let mut flows: Vec<&str> = Vec::new();
        let differences = self
            .0
            .differences
            .iter()
            .map(|difference| difference.flow.as_str());
        for flow in self
            .0
            .journeys
            .iter()
            .map(|j| j.flow.as_str())
            .chain(differences)
        {
            if !flows.contains(&flow) {
                flows.push(flow);
            }
        }
        flows
    }

    /// The journeys of a flow, each baseline followed by its scenarios.
    pub(super) fn journeys(self, flow: &str) -> Vec<&'a Journey> {
        let mut journeys: Vec<&Journey> = self
            .0
            .journeys
            .iter()
            .filter(|journey| journey.flow == flow)
            .collect();
        let place = |journey: &Journey| {
            let world = self.world(&journey.world);
            let baseline = world.map(|world| world.baseline.as_str());
            let baselines = &self.0.run.baselines;
            (
                baselines
                    .iter()
                    .position(|b| Some(b.id.as_str()) == baseline),
                world.is_some_and(|world| world.scenario.is_some()),
            )
        };
        journeys.sort_by_key(|journey| place(journey));
        journeys
    }

    /// A flow in words: what goes from where to where.
    pub(super) fn flow(self, id: &str) -> String {
        self.0
            .journeys
            .iter()
            .find(|journey| journey.flow == id)
            .map_or_else(
                || id.to_owned(),
                |j| {
                    format!(
                        "{}, {} → {}",
                        j.commodity_name, j.origin.name, j.destination.name
                    )
                },
            )
    }

    /// A passage's name if the map knows it, else its identifier in words.
    pub(super) fn passage(self, id: &str) -> String {
        self.0
            .points
            .iter()
            .find(|point| point.place.id == id)
            .map_or_else(|| id.replace('-', " "), |point| point.place.name.clone())
    }

    /// Passages in a line, or a dash.
    pub(super) fn passages(self, ids: &[String]) -> String {
        if ids.is_empty() {
            return "–".to_owned();
        }
        ids.iter()
            .map(|id| self.passage(id))
            .collect::<Vec<_>>()
            .join(", ")
    }
}
