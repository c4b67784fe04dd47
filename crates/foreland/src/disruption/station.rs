//! Stations of a simulation, resolved.

use super::place::place_of;
use super::resolver::Resolver;
use crate::study::{Located, ServedFirst, StationKind, StationSpec, StudyFault, Value};

/// Time between two releases of slots if the study states none, h.
const DEFAULT_TICK_H: f64 = 1.0;

/// A station.
#[derive(Clone, Debug)]
pub(super) struct Station {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) kind: StationKind,
    pub(super) target: Option<String>,
    /// Where it is, if that is known.
    pub(super) lon_lat_deg: Option<[f64; 2]>,
    pub(super) capacity: Capacity,
    pub(super) open_hours: Option<[f64; 2]>,
    pub(super) by_class: bool,
    pub(super) not_yet_open: bool,
    /// Units that move as one through it; the same for all flows that pass.
    pub(super) lot: f64,
    pub(super) span: std::ops::Range<usize>,
}

/// What can be taken of a station.
#[derive(Clone, Debug)]
pub(super) enum Capacity {
    Servers(Value),
    Slots {
        per_day: Value,
        every_h: f64,
        booked_share: Option<Value>,
    },
}

impl Station {
    pub(super) fn is_slots(&self) -> bool {
        matches!(self.capacity, Capacity::Slots { .. })
    }
}

impl Resolver<'_> {
    pub(super) fn station(&mut self, spec: &StationSpec) -> Option<Station> {
        let id = spec.id.get().clone();
        if let Some(hours) = &spec.open_hours {
            self.check_hours(hours);
        }
        let capacity = match (&spec.servers, &spec.slots) {
            (Some(servers), None) => {
                let label = format!("servers of {}", spec.title);
                let servers =
                    self.value(servers, &format!("station/{id}/servers"), label, "1", 1e6)?;
                Capacity::Servers(servers)
            }
            (None, Some(slots)) => {
                let every_h = slots.every_h.as_ref().map_or(DEFAULT_TICK_H, |h| **h);
                if let Some(every) = &slots.every_h
                    && !(every_h > 0.0 && every_h <= 168.0)
                {
                    self.fault(
                        every,
                        format!("slots cannot be given out every {every_h} h"),
                        "give a time above 0 and up to 168 h",
                    );
                }
                let label = format!("slots a day of {}", spec.title);
                let per_day = self.value(
                    &slots.per_day,
                    &format!("station/{id}/slots"),
                    label,
                    "1/day",
                    1e6,
                )?;
                let booked_share = match &slots.booked_share {
                    None => None,
                    Some(share) => Some(self.value(
                        share,
                        &format!("station/{id}/booked_share"),
                        format!("share of slots of {} that are booked", spec.title),
                        "1",
                        1.0,
                    )?),
                };
                Capacity::Slots {
                    per_day,
                    every_h,
                    booked_share,
                }
            }
            _ => {
                self.fault(
                    &spec.id,
                    format!("station `{id}` needs either `servers` or `slots`"),
                    "give servers = 4, or slots = { per_day = 36 }",
                );
                return None;
            }
        };
        let target = spec.target.as_ref().map(|target| target.get().clone());
        let stated = spec
            .lon_lat_deg
            .as_ref()
            .map(|place| self.checked_place(place));
        Some(Station {
            lon_lat_deg: stated.or_else(|| place_of(self.atlas, target.as_deref()?)),
            id,
            title: spec.title.clone(),
            kind: spec.kind,
            target,
            capacity,
            open_hours: spec.open_hours.as_ref().map(|hours| **hours),
            by_class: spec.served_first == ServedFirst::Class,
            not_yet_open: spec.not_yet_open,
            lot: 1.0,
            span: spec.id.span(),
        })
    }

    fn checked_place(&mut self, place: &Located<[f64; 2]>) -> [f64; 2] {
        let [lon, lat] = **place;
        if !(lon.abs() <= 180.0 && lat.abs() <= 90.0) {
            self.fault(
                place,
                format!("[{lon}, {lat}] is no longitude and latitude"),
                "give [longitude, latitude] in degrees, west and south below zero",
            );
        }
        [lon, lat]
    }

    fn check_hours(&mut self, hours: &Located<[f64; 2]>) {
        let [from, until] = **hours;
        let fine = |hour: f64| (0.0..=24.0).contains(&hour);
        if !(fine(from) && fine(until) && from != until) {
            let fault: StudyFault = self.text.fault(
                hours.span(),
                format!("[{from}, {until}] are no hours of the day"),
                Some("give two different hours from 0 to 24".to_owned()),
            );
            self.faults.push(fault);
        }
    }
}
