//! The parameters of the model, by name.

/// Declares a set of parameters that `parameters.csv` must hold: a list of their names and units,
/// and a struct that says where each stands.
macro_rules! parameters {
    (
        $(#[$list_doc:meta])* $list_vis:vis const $list:ident;
        $(#[$struct_doc:meta])* $struct_vis:vis struct $struct:ident;
        $($(#[$doc:meta])* $name:ident : $unit:literal,)+
    ) => {
        $(#[$list_doc])*
        $list_vis const $list: &[(&str, &str)] = &[$((stringify!($name), $unit),)+];

        $(#[$struct_doc])*
        #[derive(Clone, Debug, PartialEq)]
        $struct_vis struct $struct {
            $($(#[$doc])* $struct_vis $name: $crate::param::ParamIx,)+
        }

        impl $struct {
            /// Finds every parameter, collecting those that are missing.
            pub(crate) fn of(
                params: &$crate::param::Params,
                problems: &mut Vec<$crate::error::Problem>,
            ) -> Option<Self> {
                let mut find = |name: &str, unit: &str| {
                    let found = params.ix(&format!("parameters/{name}"));
                    if found.is_none() {
                        problems.push($crate::error::Problem::in_file(
                            "parameters.csv",
                            format!("the parameter `{name}` is missing"),
                            format!("add it in {unit}, with a range and its basis"),
                        ));
                    }
                    found
                };
                $(let $name = find(stringify!($name), $unit);)+
                Some(Self { $($name: $name?,)+ })
            }
        }
    };
}
pub(crate) use parameters;

parameters! {
    /// Parameters that `parameters.csv` must hold, with their units.
    pub const REQUIRED_PARAMETERS;
    /// Where each parameter of the model stands.
    pub struct ModelParameters;
    /// Mean wait for the first sailing as a share of the headway.
    headway_wait_share: "1",
    /// Mean wait for the next sailing at a transshipment port as a share of its headway.
    transshipment_connection_share: "1",
    /// Distance sailed over the shortest sea route, minus 1.
    distance_margin: "1",
    /// Speed through water over speed over ground, minus 1: current, trim, fouling.
    speed_margin: "1",
    /// Extra time at sea for weather.
    weather_margin: "1",
    /// Slots used over slots offered.
    load_factor: "1",
    /// Empty boxes among those carried.
    empty_share: "1",
    /// Canal net tonnage over deadweight.
    net_t_per_dwt: "1",
    /// Exponent of speed in the fuel law.
    fuel_speed_exponent: "1",
    /// Fuel that a reefer's power takes.
    reefer_fuel_kg_per_teu_h: "kg/(TEU h)",
    /// Slot price over the cost of ship, fuel and tolls.
    carrier_overhead_factor: "1",
    /// Cargo over deadweight of a bulk ship.
    bulk_load_factor: "1",
    /// Sea days paid for, laden and in ballast, over laden sea days.
    bulk_ballast_factor: "1",
    /// Stay of a bulk ship at one port.
    bulk_port_stay_h: "h",
    /// Draught on arrival over scantling draught.
    arrival_draught_share: "1",
    /// Least draught of a part-laden liner over its design draught.
    least_call_draught_share: "1",
    /// How trade falls with distance: per cent less for each per cent more.
    gravity_distance_elasticity: "1",
    /// How much more neighbours trade, as a logarithm.
    gravity_border_effect: "1",
    /// How sharply goods take the cheaper of two ways by sea.
    way_choice_exponent: "1",
    /// How sharply goods take the port with the cheaper way by sea.
    port_choice_exponent: "1",
    /// Share of runs from which a part of a claim counts as supported.
    verdict_supported_share: "1",
    /// Share of runs up to which a part of a claim counts as not supported.
    verdict_rejected_share: "1",
    /// How far from X "about X" reaches, as a share of X.
    about_tolerance: "1",
    /// Age from which a published figure tests a claim no more.
    figure_max_age_years: "year",
}
