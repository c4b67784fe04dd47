//! Readers on arbitrary text: an answer or an error, never a panic.

use freightflow::linerlib::{Ports, SolutionLog};
use freightflow::tntp::{CostFactors, TntpNetwork, TntpTrips};
use proptest::prelude::*;

/// Text that looks a little like the format.
fn text(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    let word = prop::sample::select(words).prop_map(str::to_owned);
    let piece = prop_oneof![8 => word, 1 => "[ -~\t\u{e9}\u{2603}]{0,6}", 1 => any::<i32>().prop_map(|n| n.to_string())];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

const TNTP: &[&str] = &[
    "<NUMBER OF ZONES> 2\n",
    "<NUMBER OF NODES> 3\n",
    "<FIRST THRU NODE> 3\n",
    "<NUMBER OF LINKS> 1\n",
    "<END OF METADATA>\n",
    "~ init_node term_node",
    "1\t3\t100\t2\t6\t0.15\t4\t0\t5\t1\t;\n",
    "Origin 1\n",
    "Origin",
    "2 : 4.5;",
    "1",
    " ",
    "\t",
    "\n",
    ";",
    ":",
    "<",
    ">",
    "~",
    "-1",
    "1e999",
    "NaN",
    "0",
];

const LOG: &[&str] = &[
    "service 0 service id 0\n",
    "capacity 450\n",
    " # vessels 2\n",
    "8\tRULED\tSt Petersburg\n",
    "1\tDEBRV\tBremerhaven\n",
    " speed 11\n",
    " voyage distance nautical miles 4030\n",
    " Port call cost 1\n",
    " Total bunker cost at 600 USD for one round trip 1\n",
    " Total TC cost 1\n",
    " Canal Cost 7\n",
    "Flow Solution\n",
    "Objective value: 5e+06 x\n",
    "Objective value:",
    "\t",
    "\n",
    "NaN",
    "UNLocode\tname\tCountry\tCabotage_Region\tD_Region\tLongitude\tLatitude\tDraft\tCostPerFULL\tCostPerFULLTrnsf\tPortCallCostFixed\tPortCallCostPerFFE\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tntp_readers_never_panic(text in text(TNTP)) {
        if let Ok(network) = TntpNetwork::from_text("net", &text) {
            // What was read can be used.
            prop_assert!(network.network().is_ok());
            let costs = network.costs(CostFactors { toll: 1.0, distance: 1.0 });
            prop_assert!(costs.is_ok());
        }
        if let Ok(trips) = TntpTrips::from_text("trips", &text) {
            prop_assert!(trips.total() >= 0.0);
        }
    }

    #[test]
    fn linerlib_readers_never_panic(text in text(LOG)) {
        if let Ok(log) = SolutionLog::from_text("log", &text) {
            prop_assert!(log.services.iter().all(|service| service.calls.len() >= 2));
        }
        let _ = Ports::from_text("ports", &text);
    }
}
