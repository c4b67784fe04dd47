//! Time, money and emissions of a chain by stage.

use crate::findings::Stage;

/// What one stage takes, per unit of cargo.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Slice {
    /// Time, h.
    pub time_h: f64,
    /// Carriage, USD.
    pub carriage_usd: f64,
    /// Handling and fees, USD.
    pub handling_usd: f64,
    /// Tolls, USD.
    pub tolls_usd: f64,
    /// Tank-to-wake, kg CO2e.
    pub ttw_kg: f64,
    /// Well-to-wake, kg CO2e.
    pub wtw_kg: f64,
}

impl Slice {
    /// Money paid, USD.
    pub fn money_usd(&self) -> f64 {
        self.carriage_usd + self.handling_usd + self.tolls_usd
    }

    pub(crate) fn add(&mut self, other: Slice) {
        self.time_h += other.time_h;
        self.carriage_usd += other.carriage_usd;
        self.handling_usd += other.handling_usd;
        self.tolls_usd += other.tolls_usd;
        self.ttw_kg += other.ttw_kg;
        self.wtw_kg += other.wtw_kg;
    }
}

/// A chain's slices.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Split([Slice; 8]);

impl Split {
    /// The slice of a stage.
    pub fn stage(&self, stage: Stage) -> &Slice {
        &self.0[stage as usize]
    }

    pub(crate) fn add(&mut self, stage: Stage, slice: Slice) {
        self.0[stage as usize].add(slice);
    }

    /// Sum over all stages.
    pub fn total(&self) -> Slice {
        let mut total = Slice::default();
        for slice in self.0 {
            total.add(slice);
        }
        total
    }

    /// From departure at the port of loading to arrival at the port of discharge, h.
    pub fn transit_h(&self) -> f64 {
        [
            Stage::Sea,
            Stage::IntermediateCalls,
            Stage::Passage,
            Stage::Transshipment,
        ]
        .iter()
        .map(|&stage| self.stage(stage).time_h)
        .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{Slice, Split};
    use crate::findings::Stage;

    #[test]
    fn every_stage_has_its_own_slice() {
        let mut split = Split::default();
        for (hours, stage) in (1..).zip(Stage::ALL) {
            split.add(
                stage,
                Slice {
                    time_h: f64::from(hours),
                    ..Slice::default()
                },
            );
        }
        for (hours, stage) in (1..).zip(Stage::ALL) {
            assert_eq!(split.stage(stage).time_h, f64::from(hours));
        }
        assert_eq!(split.total().time_h, 36.0);
        // Sea 5, calls 6, passage 7, transshipment 8.
        assert_eq!(split.transit_h(), 26.0);
    }
}
