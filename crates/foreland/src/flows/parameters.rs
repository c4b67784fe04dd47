//! Parameters that only flows need.

use crate::param::parameters;

parameters! {
    /// Parameters that `parameters.csv` must hold for studies with a section `[flows]`.
    pub const FLOW_PARAMETERS;
    /// Where each parameter of flows stands.
    pub(super) struct FlowParameters;
    /// Weight of the standard deviation of time against time.
    value_of_reliability_ratio: "1",
    /// Standard deviation of a ship's arrival against its schedule.
    ride_delay_sd_h: "h",
    /// Standard deviation over mean of time on land and at borders.
    land_delay_cv: "1",
    /// Standard deviation over mean of queue and transit of passages.
    passage_delay_cv: "1",
    /// Scale of choice, for studies without shares to fit it to.
    route_choice_scale_per_usd: "TEU/USD",
    /// Weight of the logarithm of path size.
    path_size_weight: "1",
    /// Mass of a laden TEU of unknown goods.
    payload_t_per_teu: "t/TEU",
    /// Mean time of a ship at berth.
    terminal_stay_h: "h",
    /// Time over which a terminal may stay overfull.
    terminal_busy_period_h: "h",
    /// Capacity of a berth where a terminal's own is not known.
    teu_per_berth_year: "TEU/year",
    /// Occupancy of berths at a terminal's stated capacity.
    berth_occupancy_at_capacity: "1",
    /// Slots that can be sold over slots of the ship.
    slot_use_max: "1",
    /// Containers in port statistics over laden ones.
    throughput_per_laden_teu: "1",
    /// Operating margin of a terminal on a container.
    terminal_margin_usd_per_teu: "USD/TEU",
    /// Operating margin of a terminal on a tonne of other cargo.
    terminal_margin_usd_per_t: "USD/t",
    /// Years until full traffic.
    ramp_up_years: "year",
    /// Growth of traffic after that.
    traffic_growth: "1/year",
    /// Yearly upkeep over cost.
    upkeep_share: "1/year",
    /// Discount rate.
    discount_rate: "1/year",
    /// Years of an appraisal.
    appraisal_years: "year",
    /// Price of emissions.
    carbon_price_usd_per_t: "USD/t",
    /// Elasticity of a trade with respect to its delivered price.
    elasticity_demand: "1",
    /// Elasticity with which another partner takes a trade's place.
    elasticity_substitution: "1",
}
