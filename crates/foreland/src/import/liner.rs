//! Layouts of the LINERLIB benchmark suite.

use super::layout::Cell::{Amount, Degrees, Place, Text, Truth, Whole};
use super::layout::{Layout, Vintage, counted, may, must};

const SUITE: &str = "LINERLIB benchmark suite (Brouer et al.)";
const LICENCE: &str = "user-supplied; see the terms of the benchmark suite";

/// Weekly demand between ports.
pub(super) const DEMAND: &[Layout] = &[Layout {
    variant: "demand",
    delimiter: b'\t',
    columns: &[
        must("Origin", Text, ""),
        must("Destination", Text, ""),
        must("FFEPerWeek", Amount, "FFE/week"),
        must("Revenue_1", Amount, "USD/FFE"),
        must("TransitTime", Amount, "days"),
    ],
    vintage: Vintage::None,
    source: SUITE,
    licence: LICENCE,
}];

/// Ports; those that no instance uses have no position and no prices.
pub(super) const PORTS: &[Layout] = &[Layout {
    variant: "ports",
    delimiter: b'\t',
    columns: &[
        must("UNLocode", Place, ""),
        must("name", Text, ""),
        may("Country", Text, ""),
        may("Cabotage_Region", Text, ""),
        may("D_Region", Text, ""),
        counted("Longitude", Degrees(180.0), "degrees east"),
        counted("Latitude", Degrees(90.0), "degrees north"),
        counted("Draft", Amount, "m"),
        counted("CostPerFULL", Amount, "USD/FFE"),
        counted("CostPerFULLTrnsf", Amount, "USD/FFE"),
        counted("PortCallCostFixed", Amount, "USD/call"),
        counted("PortCallCostPerFFE", Amount, "USD/FFE"),
    ],
    vintage: Vintage::None,
    source: SUITE,
    licence: LICENCE,
}];

/// Classes of ships, and how many there are of each in an instance.
pub(super) const FLEET: &[Layout] = &[
    Layout {
        variant: "classes",
        delimiter: b'\t',
        columns: &[
            must("Vessel class", Text, ""),
            must("Capacity FFE", Amount, "FFE"),
            must("TC rate daily (fixed Cost)", Amount, "USD/day"),
            must("draft", Amount, "m"),
            must("minSpeed", Amount, "kn"),
            must("maxSpeed", Amount, "kn"),
            must("designSpeed", Amount, "kn"),
            must("Bunker ton per day at designSpeed", Amount, "t/day"),
            must("Idle Consumption ton/day", Amount, "t/day"),
            must("panamaFee", Amount, "USD"),
            must("suezFee", Amount, "USD"),
        ],
        vintage: Vintage::None,
        source: SUITE,
        licence: LICENCE,
    },
    Layout {
        variant: "quantities",
        delimiter: b'\t',
        columns: &[
            must("Vessel class", Text, ""),
            must("Quantity", Whole(0, 1_000_000), "ships"),
        ],
        vintage: Vintage::None,
        source: SUITE,
        licence: LICENCE,
    },
];

/// Distances by way: a pair can stand there with and without each canal.
pub(super) const DISTANCES: &[Layout] = &[Layout {
    variant: "distances",
    delimiter: b'\t',
    columns: &[
        must("fromUNLOCODe", Place, ""),
        must("ToUNLOCODE", Place, ""),
        must("Distance", Amount, "nm"),
        // Blank where the way sets no limit.
        may("Draft", Amount, "m"),
        must("IsPanama", Truth, ""),
        must("IsSuez", Truth, ""),
    ],
    vintage: Vintage::None,
    source: SUITE,
    licence: LICENCE,
}];

/// The calls of the services of a published solution, in order. The log itself is no table:
/// [`solution`](super::solution) takes it apart.
pub(super) const SERVICES: &[Layout] = &[Layout {
    variant: "services",
    delimiter: b'\t',
    columns: &[
        must("service", Whole(0, 1_000_000), ""),
        must("capacity", Amount, "FFE"),
        must("ships", Whole(0, 1_000_000), "ships"),
        must("speed", Amount, "kn"),
        must("port", Place, ""),
    ],
    vintage: Vintage::None,
    source: SUITE,
    licence: LICENCE,
}];
