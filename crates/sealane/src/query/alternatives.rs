//! Routes that differ in the passages they take.

use std::collections::BTreeSet;

use super::{End, Options};
use crate::ocean::Ocean;
use crate::passage::{Kind, PassageSet};
use crate::route::{Route, RouteError};

impl Ocean {
    /// The shortest route and others that differ from it in the passages they
    /// take, shortest first, at most `most`.
    ///
    /// # Errors
    /// As for [`Ocean::route`], if there is no route at all.
    pub fn alternatives(
        &self,
        from: End,
        to: End,
        options: &Options,
        most: usize,
    ) -> Result<Vec<Route>, RouteError> {
        let mut waiting = vec![(self.route(from, to, options)?, options.avoid)];
        let (mut tried, mut taken) = (BTreeSet::from([options.avoid]), BTreeSet::new());
        let mut routes: Vec<Route> = Vec::new();
        while routes.len() < most && !waiting.is_empty() {
            let next = (0..waiting.len())
                .min_by(|&i, &j| {
                    waiting[i]
                        .0
                        .distance
                        .nm()
                        .total_cmp(&waiting[j].0.distance.nm())
                })
                .unwrap_or(0);
            let (route, avoid) = waiting.swap_remove(next);
            let passages = self.taken(&route);
            for number in passages
                .iter()
                .filter(|&n| self.passages[n].kind != Kind::Channel)
            {
                let avoid = avoid.with(PassageSet::one(number));
                if tried.insert(avoid)
                    && let Ok(other) = self.route(
                        from,
                        to,
                        &Options {
                            avoid,
                            ..options.clone()
                        },
                    )
                {
                    waiting.push((other, avoid));
                }
            }
            if taken.insert(passages) {
                routes.push(route);
            }
        }
        Ok(routes)
    }
}
