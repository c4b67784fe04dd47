//! Tables of ships: vessel classes, fuels, liner services.

use crate::atlas::cell::{Id, UnLocode, words};
use crate::atlas::row::{Ranged, Validity, table};

words! {
    /// What a vessel class carries.
    pub enum VesselKind {
        /// Containers.
        Container = "container",
        /// Dry bulk.
        Bulk = "bulk",
        /// Liquids.
        Tanker = "tanker",
        /// Vehicles.
        Roro = "roro",
        /// General cargo.
        Multipurpose = "multipurpose",
    }
}

table! {
    /// Vessel classes with dimensions, speeds, fuel and charter rates.
    "vessels" => pub struct VesselRow {
        /// identifier of the class
        id: Id,
        /// name
        name: String,
        /// what it carries
        kind: VesselKind,
        /// nominal container capacity
        capacity_teu: Option<f64>,
        /// deadweight
        dwt_t: Option<f64>,
        /// length over all
        loa_m: f64,
        /// beam
        beam_m: f64,
        /// design draught
        draught_m: f64,
        /// scantling draught: the deepest at which the ship may sail
        scantling_draught_m: f64,
        /// height above water
        air_draught_m: Option<f64>,
        /// lowest service speed
        min_speed_kn: f64,
        /// speed to which fuel_design_t_per_day belongs
        design_speed_kn: f64,
        /// highest service speed
        max_speed_kn: f64,
        /// fuel at design speed
        fuel_design_t_per_day: f64,
        /// fuel at berth and at anchor
        fuel_port_t_per_day: f64,
        /// time-charter rate
        charter_usd_per_day: Ranged,
        /// fuel in fuels
        fuel: Id,
    }
    key(row) { row.id.to_string() }
}

table! {
    /// Fuels with energy content, emission factors and prices.
    "fuels" => pub struct FuelRow {
        /// identifier of the fuel
        id: Id,
        /// name
        name: String,
        /// lower heating value
        lhv_mj_per_kg: f64,
        /// tank-to-wake greenhouse gases
        ttw_co2e_t_per_t: f64,
        /// well-to-wake greenhouse gases
        wtw_co2e_t_per_t: f64,
        /// price
        price_usd_per_t: Ranged,
    }
    key(row) { row.id.to_string() }
}

table! {
    /// Liner services: rotation in service-calls, headway, ships, speed, freight.
    "services" => pub struct ServiceRow {
        /// identifier of the service
        id: Id,
        /// name as published
        name: String,
        /// who runs it
        carrier: String,
        /// kind of service, by which baselines choose
        kind: Id,
        /// hours between sailings
        headway_h: Ranged,
        /// number of ships
        ships: Option<u32>,
        /// vessel class
        vessel: Id,
        /// speed between ports
        service_speed_kn: Ranged,
        /// when the service runs
        validity: Validity,
        /// published freight rate; empty = derived from the ship's cost
        freight_usd_per_teu: Option<Ranged>,
    }
    key(row) { row.id.to_string() }
}

table! {
    /// Calls of liner services in order; the last call connects back to the first.
    "service-calls" => pub struct ServiceCallRow {
        /// service
        service: Id,
        /// order of the call
        seq: u32,
        /// port called at
        port: UnLocode,
        /// stay in port
        stay_h: Ranged,
    }
    key(row) { format!("{}:{}", row.service, row.seq) }
}
