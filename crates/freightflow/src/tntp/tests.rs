//! Network files, good and bad.

use super::*;

const GOOD: &str = "<NUMBER OF ZONES> 2\n<NUMBER OF NODES> 3\n<FIRST THRU NODE> 3\n\
    <NUMBER OF LINKS> 2\n<ORIGINAL HEADER>~ anything ;\n<END OF METADATA>\n\n\
    ~\tinit_node\tterm_node\tcapacity\tlength\tfree_flow_time\tb\tpower\tspeed\ttoll\tlink_type\t;\n\
    \t1\t3\t100\t2\t6\t0.15\t4\t0\t5\t1\t;\n\t3\t2\t0\t2\t6\t0\t4\t0\t0\t1;\n";

fn fails(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    TntpNetwork::from_text("n", &GOOD.replacen(from, to, 1))
        .unwrap_err()
        .to_string()
}

#[test]
fn a_network_is_read_with_its_costs() {
    let file = TntpNetwork::from_text("n", GOOD).unwrap();
    let network = file.network().unwrap();
    assert_eq!((network.nodes(), network.links()), (3, 2));
    assert!(network.is_closed_to_through(crate::NodeId::new(1)));
    assert!(!network.is_closed_to_through(crate::NodeId::new(2)));
    let costs = file
        .costs(CostFactors {
            toll: 0.1,
            distance: 0.5,
        })
        .unwrap();
    assert!((costs[0].at(100.0).cost - (6.0 * 1.15 + 0.5 + 1.0)).abs() < 1e-12);
    assert_eq!(costs[1].at(100.0).cost, 7.0);
}

#[test]
fn factors_may_stand_in_the_file() {
    let text = format!("<TOLL FACTOR> 0.02\n<DISTANCE FACTOR> 0.04\n{GOOD}");
    let file = TntpNetwork::from_text("n", &text).unwrap();
    assert_eq!(
        (file.toll_factor, file.distance_factor),
        (Some(0.02), Some(0.04))
    );
}

#[test]
fn errors_say_where_and_what_would_be_right() {
    assert_eq!(
        fails("<NUMBER OF LINKS> 2", "<NUMBER OF LINKS> 3"),
        "n: links: the file announces 3, but 2 follow"
    );
    assert_eq!(
        fails("\t1\t3\t100", "\t1\t4\t100"),
        "n:9:4: term_node is `4`; expected a whole number from 1 to 3"
    );
    assert_eq!(
        fails("\t1\t3\t100", "\t1\t3\tmany"),
        "n:9:6: capacity is `many`; expected a finite number, 0 or more"
    );
    assert_eq!(
        fails("\t1\t3\t100", "\t1\t3\t0"),
        "n:9:6: capacity is `0`; expected more than 0 where b, power and time are"
    );
    assert_eq!(
        fails("\tcapacity\tlength", "\tlength\tcapacity"),
        "n:8:23: column 3 is `length`; expected `capacity`"
    );
    assert!(fails("\t1\t3\t100", "\t3\t3\t100").contains("a node other than init_node"));
    assert!(fails("\t6\t0.15\t4\t0\t5\t1", "\t6\t0.15\t4\t0\t5").contains("ten fields"));
    assert!(fails("<NUMBER OF NODES> 3", "<NUMBER OF NODES> 99999999999").contains("10000000"));
    assert!(fails("<NUMBER OF NODES> 3\n", "").contains("NUMBER OF NODES is missing"));
    assert!(fails("<END OF METADATA>", "").contains("`<TAG> value`"));
    assert!(
        fails("<FIRST THRU NODE> 3", "<NUMBER OF ZONES> 2").contains("given before, in line 1")
    );
}

#[test]
fn empty_and_truncated_files_are_refused() {
    for length in 0..GOOD.len() - 1 {
        // Cut before the last link is complete, the file cannot be read.
        let cut = TntpNetwork::from_text("n", &GOOD[..length]);
        assert!(cut.is_err() || length >= GOOD.len() - 2, "{length}");
    }
    let missing = TntpNetwork::read(std::path::Path::new("no/such/file")).unwrap_err();
    assert!(
        missing
            .to_string()
            .starts_with("no/such/file: cannot be read")
    );
}
