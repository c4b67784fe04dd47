//! Distances between many ports at once.

use rayon::prelude::*;

use super::tie::Tie;
use super::{End, Options};
use crate::network::{Key, UNREACHED, centimetres};
use crate::ocean::{Ocean, PortIx};
use crate::passage::PassageSet;
use crate::units::NauticalMiles;

/// Distances between ports, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// Number of columns.
    pub columns: usize,
    /// Nautical miles, row by row; `NAN` where there is no route.
    pub nm: Vec<f32>,
}

impl Ocean {
    /// Distances from each source to each target, in parallel.
    pub fn matrix(&self, sources: &[PortIx], targets: &[PortIx], options: &Options) -> Matrix {
        let closed = self.closed(options);
        let numbers = |ports: &[PortIx]| ports.iter().map(|p| p.0).collect::<Vec<_>>();
        if closed == self.closed {
            let nm = self.index().matrix(&numbers(sources), &numbers(targets));
            return Matrix {
                columns: targets.len(),
                nm,
            };
        }
        let ties: Vec<Option<Tie>> = targets
            .par_iter()
            .map(|&t| self.tie(End::Port(t), closed, options).ok())
            .collect();
        let nm = sources
            .par_iter()
            .flat_map_iter(|&s| self.row(s, targets, &ties, closed, options))
            .collect();
        Matrix {
            columns: targets.len(),
            nm,
        }
    }

    fn row(
        &self,
        source: PortIx,
        targets: &[PortIx],
        ties: &[Option<Tie>],
        closed: PassageSet,
        options: &Options,
    ) -> Vec<f32> {
        let Ok(a) = self.tie(End::Port(source), closed, options) else {
            return vec![f32::NAN; targets.len()];
        };
        let seeds = a.seeds();
        Ocean::with_scratch(|scratch| {
            self.network().search(&seeds, closed, None, scratch);
            ties.iter()
                .zip(targets)
                .map(|(tie, &target)| {
                    let Some(b) = tie else { return f32::NAN };
                    if target == source {
                        return 0.0;
                    }
                    let reach = |&(v, leg): &(u32, Key)| scratch.key(v).saturating_add(leg);
                    let best = b.nodes.iter().map(reach).min().unwrap_or(UNREACHED);
                    let best = best.min(self.straight(&a, b, closed).unwrap_or(UNREACHED));
                    if best == UNREACHED {
                        return f32::NAN;
                    }
                    let m = f64::from(centimetres(best)) / 100.0;
                    NauticalMiles::from_metres(m).nm() as f32
                })
                .collect()
        })
    }
}
