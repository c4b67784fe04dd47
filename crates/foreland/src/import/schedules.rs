//! Carriers' schedules as DCSA has them sent: JSON, taken apart into calls of ships.
//!
//! The outer list is cut into its elements as the bytes come in, so that memory holds one service
//! or one route at a time. Each call becomes a row of [`VESSEL`] or [`COMMERCIAL`], checked like
//! the rows of any table.

use std::collections::VecDeque;

use csv::{ByteRecord, Position};
use serde::Deserialize;

use super::layout::Cell::{Instant, Place, Text, Whole};
use super::layout::{Column, Kind, Layout, Vintage, counted, may, must};

const DCSA: &str = "a carrier, in the format of DCSA (Digital Container Shipping Association)";
const CARRIER_LICENCE: &str = "user-supplied; the carrier's terms of use";

/// A call of a ship, or one end of a leg: then only one of its two times is known.
const CALL: [Column; 11] = [
    must("service", Text, ""),
    may("service_name", Text, ""),
    may("universal_service", Text, ""),
    may("operator", Text, ""),
    counted("vessel_imo", Whole(1_000_000, 9_999_999), ""),
    may("vessel", Text, ""),
    may("voyage", Text, ""),
    must("port", Place, ""),
    may("terminal", Text, ""),
    may("arrival", Instant, "UTC"),
    may("departure", Instant, "UTC"),
];

/// Operational Vessel Schedules 3 and the vessel schedules of Commercial Schedules 1.
pub(super) const VESSEL: &[Layout] = &[Layout {
    variant: "vessel-schedules",
    delimiter: b',',
    columns: &CALL,
    vintage: Vintage::None,
    source: DCSA,
    licence: CARRIER_LICENCE,
}];

/// Point-to-point routes of Commercial Schedules 1: both ends of each leg by ship.
pub(super) const COMMERCIAL: &[Layout] = &[Layout {
    variant: "point-to-point",
    delimiter: b',',
    columns: &CALL,
    vintage: Vintage::None,
    source: DCSA,
    licence: CARRIER_LICENCE,
}];

/// What is wrong with an element: the fault, and the field that it names.
pub(super) struct Fault {
    pub(super) field: &'static str,
    pub(super) message: String,
}

/// The calls of one element of the outer list, as records with its line.
///
/// # Errors
///
/// The field that is missing, or what is wrong with the JSON.
pub(super) fn calls(kind: Kind, element: &[u8], line: u64) -> Result<VecDeque<ByteRecord>, Fault> {
    let element: Element = serde_json::from_slice(element).map_err(|error| Fault {
        field: "",
        message: format!("not JSON of this kind: {error}"),
    })?;
    let (field, calls) = if kind == Kind::DcsaCommercialSchedules {
        ("legs", element.legs.as_deref().map(of_legs))
    } else {
        let schedules = element.vessel_schedules.as_deref();
        (
            "vesselSchedules",
            schedules.map(|all| of_service(&element.service, all)),
        )
    };
    let calls = calls.ok_or_else(|| Fault {
        field,
        message: format!("field {field} is missing"),
    })?;
    let record = |call: Call| {
        let mut record = ByteRecord::from(call.cells());
        let mut position = Position::new();
        position.set_line(line);
        record.set_position(Some(position));
        record
    };
    Ok(calls.into_iter().map(record).collect())
}

/// A row, in the order of [`CALL`].
#[derive(Default)]
struct Call<'a> {
    service: Service<'a>,
    ship: Ship<'a>,
    voyage: &'a str,
    place: At<'a>,
    arrival: &'a str,
    departure: &'a str,
}

impl Call<'_> {
    fn cells(&self) -> Vec<String> {
        let cells = [
            self.service.code,
            self.service.name,
            self.service.universal,
            self.ship.operator,
            self.ship.imo,
            self.ship.name,
            self.voyage,
            self.place.port,
            self.place.terminal,
            self.arrival,
            self.departure,
        ];
        cells.map(str::to_owned).to_vec()
    }
}

#[derive(Clone, Copy, Default)]
struct Service<'a> {
    code: &'a str,
    name: &'a str,
    universal: &'a str,
}

#[derive(Clone, Copy, Default)]
struct Ship<'a> {
    operator: &'a str,
    imo: &'a str,
    name: &'a str,
}

#[derive(Clone, Copy, Default)]
struct At<'a> {
    port: &'a str,
    terminal: &'a str,
}

fn of_service<'a>(service: &'a ServiceFields, schedules: &'a [VesselSchedule]) -> Vec<Call<'a>> {
    let mut calls = Vec::new();
    for schedule in schedules {
        let partner = schedule.service_partners.first();
        let service = service.or(partner);
        let ship = schedule.ship();
        for call in &schedule.transport_calls {
            let is_omitted = call.status_code.as_deref() == Some("OMIT");
            // What the carrier planned first counts for less than what it says now.
            let time = |event: &str| {
                ["ACT", "EST", "PLN"].iter().find_map(|classifier| {
                    let of_class = |t: &&Timestamp| {
                        t.event_type_code == event && t.event_classifier_code == *classifier
                    };
                    call.timestamps.iter().rev().find(of_class)
                })
            };
            let text = |event: &str| time(event).map_or("", |t| t.event_date_time.as_str());
            calls.push(Call {
                service,
                ship,
                voyage: word(&call.carrier_export_voyage_number),
                // A call that is left out is no call; without a port its row is counted as such.
                place: if is_omitted {
                    At::default()
                } else {
                    call.location.at()
                },
                arrival: text("ARRI"),
                departure: text("DEPA"),
            });
        }
    }
    calls
}

fn of_legs(legs: &[Leg]) -> Vec<Call<'_>> {
    let mut calls = Vec::new();
    for leg in legs
        .iter()
        .filter(|leg| leg.transport.mode_of_transport == "VESSEL")
    {
        let transport = &leg.transport;
        let partner = transport.service_partners.first();
        let own = ServiceFields::NONE.or(partner);
        let universal = word(&transport.universal_service_reference);
        let mut ship = transport
            .vessel
            .as_ref()
            .map_or_else(Ship::default, Vessel::ship);
        if ship.operator.is_empty() {
            ship.operator = partner.map_or("", |p| word(&p.carrier_code));
        }
        let voyage = partner.map_or("", |p| word(&p.carrier_export_voyage_number));
        for (end, departs) in [(&leg.departure, true), (&leg.arrival, false)] {
            let time = end.date_time.as_str();
            calls.push(Call {
                service: Service { universal, ..own },
                ship,
                voyage,
                place: end.location.at(),
                arrival: if departs { "" } else { time },
                departure: if departs { time } else { "" },
            });
        }
    }
    calls
}

fn word(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or("")
}

/// An element of either list; which it is shows in the field that it has.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Element {
    #[serde(flatten)]
    service: ServiceFields,
    vessel_schedules: Option<Vec<VesselSchedule>>,
    legs: Option<Vec<Leg>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ServiceFields {
    carrier_service_code: Option<String>,
    carrier_service_name: Option<String>,
    universal_service_reference: Option<String>,
}

impl ServiceFields {
    const NONE: &'static ServiceFields = &ServiceFields {
        carrier_service_code: None,
        carrier_service_name: None,
        universal_service_reference: None,
    };

    /// The service as the schedule names it, else as its partner does.
    fn or<'a>(&'a self, partner: Option<&'a Partner>) -> Service<'a> {
        let code = self.carrier_service_code.as_deref();
        let name = self.carrier_service_name.as_deref();
        Service {
            code: code
                .or_else(|| partner?.carrier_service_code.as_deref())
                .unwrap_or(""),
            name: name
                .or_else(|| partner?.carrier_service_name.as_deref())
                .unwrap_or(""),
            universal: word(&self.universal_service_reference),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct VesselSchedule {
    #[serde(rename = "vesselOperatorSMDGLinerCode")]
    operator: Option<String>,
    #[serde(rename = "vesselIMONumber")]
    imo: Option<String>,
    vessel_name: Option<String>,
    vessel: Option<Vessel>,
    #[serde(default)]
    service_partners: Vec<Partner>,
    transport_calls: Vec<TransportCall>,
}

impl VesselSchedule {
    fn ship(&self) -> Ship<'_> {
        let inner = self
            .vessel
            .as_ref()
            .map_or_else(Ship::default, Vessel::ship);
        Ship {
            operator: self.operator.as_deref().unwrap_or(inner.operator),
            imo: self.imo.as_deref().unwrap_or(inner.imo),
            name: self.vessel_name.as_deref().unwrap_or(inner.name),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Vessel {
    #[serde(rename = "vesselIMONumber")]
    imo: Option<String>,
    name: Option<String>,
    operator_carrier_code: Option<String>,
}

impl Vessel {
    fn ship(&self) -> Ship<'_> {
        Ship {
            operator: word(&self.operator_carrier_code),
            imo: word(&self.imo),
            name: word(&self.name),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Partner {
    carrier_code: Option<String>,
    carrier_service_code: Option<String>,
    carrier_service_name: Option<String>,
    carrier_export_voyage_number: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TransportCall {
    carrier_export_voyage_number: Option<String>,
    location: Location,
    status_code: Option<String>,
    #[serde(default)]
    timestamps: Vec<Timestamp>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Timestamp {
    event_type_code: String,
    event_classifier_code: String,
    event_date_time: String,
}

#[derive(Deserialize)]
struct Location {
    #[serde(rename = "UNLocationCode")]
    unlocode: Option<String>,
    #[serde(rename = "facilityCode", alias = "facilitySMDGCode")]
    terminal: Option<String>,
    facility: Option<Facility>,
}

impl Location {
    fn at(&self) -> At<'_> {
        let inner = self.facility.as_ref().and_then(|f| f.code.as_deref());
        At {
            port: word(&self.unlocode),
            terminal: self.terminal.as_deref().or(inner).unwrap_or(""),
        }
    }
}

#[derive(Deserialize)]
struct Facility {
    #[serde(rename = "facilityCode")]
    code: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Leg {
    transport: Transport,
    departure: LegEnd,
    arrival: LegEnd,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Transport {
    mode_of_transport: String,
    universal_service_reference: Option<String>,
    #[serde(default)]
    service_partners: Vec<Partner>,
    vessel: Option<Vessel>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LegEnd {
    location: Location,
    date_time: String,
}
