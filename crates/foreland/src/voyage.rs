//! How long a route takes at given speeds.
//!
//! Sailing time is length over speed, by condition; passages add the transit beyond sailing their
//! length and the wait before it, both ranged values of the atlas.

use std::collections::BTreeMap;

use crate::atlas::{Atlas, Ranged};

/// Slowest and fastest speed that is taken for one, knots.
const SPEEDS_KN: (f64, f64) = (1.0, 60.0);
/// The condition of sailing in canals and approach channels.
const CHANNEL: &str = "channel";

/// Speeds by condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Speeds {
    open_kn: f64,
    /// By `channel` or passage identifier, knots.
    by_condition: BTreeMap<String, f64>,
}

/// Why a text gives no speeds.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("`{part}` is no speed: {why}")]
pub struct SpeedError {
    /// The part that is wrong.
    pub part: String,
    /// What is wrong with it.
    pub why: String,
}

impl Speeds {
    /// Reads `16` or `16,channel=8,suez=8.5`: knots at sea, in canals and approach channels, in
    /// single passages.
    ///
    /// # Errors
    ///
    /// [`SpeedError`] with the part that is wrong.
    ///
    /// # Examples
    ///
    /// ```
    /// use foreland::voyage::Speeds;
    /// let speeds = Speeds::parse("16,channel=8")?;
    /// assert_eq!(speeds.open_kn(), 16.0);
    /// # Ok::<(), foreland::voyage::SpeedError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Speeds, SpeedError> {
        let mut open_kn = None;
        let mut by_condition = BTreeMap::new();
        for part in text.split(',').map(str::trim) {
            let (condition, number) = match part.split_once('=') {
                Some((condition, number)) => (Some(condition.trim()), number.trim()),
                None => (None, part),
            };
            let kn = knots(number).map_err(|why| SpeedError {
                part: part.to_owned(),
                why,
            })?;
            let earlier = match condition {
                None => open_kn.replace(kn),
                Some(condition) => by_condition.insert(condition.to_owned(), kn),
            };
            if earlier.is_some() {
                return Err(SpeedError {
                    part: part.to_owned(),
                    why: "it is given twice".to_owned(),
                });
            }
        }
        open_kn
            .map(|open_kn| Speeds {
                open_kn,
                by_condition,
            })
            .ok_or_else(|| SpeedError {
                part: text.to_owned(),
                why: "the speed at sea is missing, such as 16 in `16,channel=8`".to_owned(),
            })
    }

    /// Speed at sea, knots.
    pub fn open_kn(&self) -> f64 {
        self.open_kn
    }

    /// The conditions other than the open sea.
    pub fn conditions(&self) -> impl Iterator<Item = &str> {
        self.by_condition.keys().map(String::as_str)
    }

    /// Speed in a passage or channel, knots.
    fn in_passage(&self, id: &str, is_channel: bool) -> Option<f64> {
        let of = |condition: &str| self.by_condition.get(condition).copied();
        of(id).or_else(|| if is_channel { of(CHANNEL) } else { None })
    }
}

fn knots(number: &str) -> Result<f64, String> {
    let (slowest, fastest) = SPEEDS_KN;
    match number.parse::<f64>() {
        Ok(kn) if (slowest..=fastest).contains(&kn) => Ok(kn),
        Ok(_) => Err(format!(
            "speeds are in knots, from {slowest:.0} to {fastest:.0}"
        )),
        Err(_) => Err("give a number of knots, such as 16".to_owned()),
    }
}

/// The time that a route takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Voyage {
    /// Under way, h.
    pub sailing_h: f64,
    /// Transits of passages beyond sailing their length, and waits before them, h.
    pub passages_h: Ranged,
}

impl Voyage {
    /// The time of a route; passages that the atlas does not know add none.
    pub fn of(route: &sealane::Route, speeds: &Speeds, atlas: Option<&Atlas>) -> Voyage {
        let total_nm = route.distance.nm();
        let mut elsewhere_nm = 0.0;
        let mut sailing_h = 0.0;
        for crossing in &route.crossings {
            let canal = is_canal(&crossing.passage, atlas);
            let kn = speeds.in_passage(&crossing.passage, crossing.is_channel || canal);
            if let Some(kn) = kn {
                elsewhere_nm += crossing.length.nm();
                sailing_h += crossing.length.nm() / kn;
            }
        }
        sailing_h += (total_nm - elsewhere_nm).max(0.0) / speeds.open_kn;
        let mut passages_h = Ranged::exact(0.0);
        for row in atlas.iter().flat_map(|atlas| &atlas.passages.rows) {
            let is_on_route = route.passages().any(|id| id == row.id.as_str());
            for hours in [row.transit_h, row.queue_h].into_iter().flatten() {
                if is_on_route {
                    passages_h.low += hours.low;
                    passages_h.mid += hours.mid;
                    passages_h.high += hours.high;
                    passages_h.stated |= hours.stated;
                }
            }
        }
        Voyage {
            sailing_h,
            passages_h,
        }
    }

    /// From end to end with the central values of the atlas, h.
    pub fn total_h(&self) -> f64 {
        self.sailing_h + self.passages_h.mid
    }
}

/// Whether a passage is dug: ships go slowly in it.
fn is_canal(id: &str, atlas: Option<&Atlas>) -> bool {
    let rows = atlas.map(|atlas| atlas.passages.rows.as_slice());
    rows.unwrap_or_default()
        .iter()
        .any(|row| row.id.as_str() == id && row.kind == crate::atlas::PassageKind::Canal)
}

#[cfg(test)]
mod tests {
    use sealane::{Crossing, NauticalMiles, Route};

    use super::{Speeds, Voyage};

    fn nm(nm: f64) -> NauticalMiles {
        NauticalMiles::new(nm).expect("finite")
    }

    fn route() -> Route {
        let crossing = |passage: &str, is_channel, length| Crossing {
            passage: passage.to_owned(),
            is_channel,
            at: nm(10.0),
            length: nm(length),
        };
        Route {
            turns: Vec::new(),
            in_channel: Vec::new(),
            distance: nm(1640.0),
            crossings: vec![crossing("suez", false, 80.0), crossing("elbe", true, 40.0)],
            snap_from: nm(0.0),
            snap_to: nm(0.0),
            beyond_ice_limit: false,
        }
    }

    #[test]
    fn one_speed_is_length_over_speed() {
        let speeds = Speeds::parse("16").expect("a speed");
        assert_eq!(Voyage::of(&route(), &speeds, None).sailing_h, 102.5);
    }

    #[test]
    fn conditions_slow_their_part_of_the_way() {
        let speeds = Speeds::parse("16, channel=8, suez=10").expect("speeds");
        let voyage = Voyage::of(&route(), &speeds, None);
        // 1520 nm at 16 kn, 80 nm at 10 kn, 40 nm at 8 kn.
        assert_eq!(voyage.sailing_h, 95.0 + 8.0 + 5.0);
        assert_eq!(voyage.total_h(), 108.0);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_speeds_or_a_reason(text in "[0-9a-z=,. \\-]{0,40}") {
            if let Ok(speeds) = Speeds::parse(&text) {
                proptest::prop_assert!((1.0..=60.0).contains(&speeds.open_kn()));
            }
        }
    }

    #[test]
    fn what_is_no_speed_is_refused() {
        for (text, why) in [
            ("", "a number of knots"),
            ("fast", "a number of knots"),
            ("NaN", "in knots"),
            ("0", "in knots"),
            ("-5", "in knots"),
            ("300", "in knots"),
            ("16,17", "twice"),
            ("channel=8", "missing"),
            ("16,channel=8,channel=9", "twice"),
        ] {
            let error = Speeds::parse(text).expect_err(text).to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
