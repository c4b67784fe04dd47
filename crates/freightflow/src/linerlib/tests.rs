//! Files, good and bad.

use std::path::Path;

use super::demand;
use super::*;
use crate::text::TextFile;

const LOG: &str = "Seed = 1\n\
    *****Best found solution****\n\
    service 0 service id 0\ncapacity 450\n # vessels 2\n Butterfly rotation \n\
    8\tRULED\tSt Petersburg\n1\tDEBRV\tBremerhaven\n\n speed 11.5\n\
    voyage distance nautical miles 4030\n voyage duration in weeks 2\nSuez canal traversed 2\n\
    Port call cost 100.5\n Bunker idle burn in Ton 14.4\n Bunker fuel burn in Ton 228.935\n\
    Total bunker cost at 600 USD for one round trip 1.5e+03\n Total TC cost 70000\n\
    Canal Cost 7\n ------Flow Solution----- \nID:2 DEBRV->PLGDY Transported 98, trans in %: 100\n\
    Objective value: 5.59038e+06  Objective value without penalty: 5.84438e+06\n";

fn log_fails(from: &str, to: &str) -> String {
    assert!(LOG.contains(from), "{from}");
    SolutionLog::from_text("l", &LOG.replacen(from, to, 1))
        .unwrap_err()
        .to_string()
}

#[test]
fn a_log_gives_services_costs_and_objective() {
    let log = SolutionLog::from_text("l", LOG).unwrap();
    assert_eq!(log.objective_usd, Some(5_590_380.0));
    let [service] = &log.services[..] else {
        panic!("one service")
    };
    assert_eq!(service.calls, ["RULED", "DEBRV"]);
    assert_eq!(
        (service.capacity_ffe, service.ships, service.line),
        (450.0, 2, 3)
    );
    assert_eq!(service.cost_usd(), 100.5 + 1500.0 + 70000.0 + 7.0);
    assert_eq!((service.speed_kn, service.distance_nm), (11.5, 4030.0));
    assert!(log.unknown_lines.is_empty());
    let odd = LOG.replacen("Canal Cost 7", "Canal Cost 7\n Ice cost 9", 1);
    assert_eq!(
        SolutionLog::from_text("l", &odd).unwrap().unknown_lines,
        [20]
    );
}

#[test]
fn log_errors_say_where() {
    assert_eq!(
        log_fails("capacity 450", "capacity many"),
        "l:4:10: capacity is `many`; expected a finite number, 0 or more"
    );
    assert_eq!(
        log_fails(" Total TC cost 70000\n", ""),
        "l:3: Total TC cost is missing; expected a line `Total TC cost …` in the service"
    );
    assert!(log_fails("8\tRULED\tSt Petersburg\n", "").contains("at least two calls"));
    assert!(
        SolutionLog::from_text("l", "nothing")
            .unwrap_err()
            .to_string()
            .contains("services")
    );
}

#[test]
fn demand_files_are_checked() {
    let parse = |text: &str| demand::parse(&TextFile::from_text(Path::new("d"), text.into()));
    let head = "Origin\tDestination\tFFEPerWeek\tRevenue_1\tTransitTime\n";
    let good = parse(&format!(
        "{head}A\tB\t 266 \t330\t14\r\nB\tA\t1.86\t5\t3\n\n"
    ))
    .unwrap();
    assert_eq!(good.len(), 2);
    assert_eq!(
        (good[0].ffe_per_week, good[1].ffe_per_week, good[1].line),
        (266.0, 1.86, 3)
    );
    let fails = |body: &str| parse(&format!("{head}{body}")).unwrap_err().to_string();
    assert_eq!(
        fails("A\tB\t1\t2\t3\nA\tB\t1\t2\t3"),
        "d:3:1: demand `A B` was given before, in line 2; keep one of the two"
    );
    assert_eq!(
        fails("A\tB\t1\t2"),
        "d:2: cells of the row: the file announces 5, but 4 follow"
    );
    assert_eq!(
        fails("A\tB\tNaN\t2\t3"),
        "d:2:5: FFEPerWeek is `NaN`; expected a finite number, 0 or more"
    );
    let moved = "Origin\tDestination\tRevenue_1\tFFEPerWeek\tTransitTime\n";
    assert_eq!(
        parse(moved).unwrap_err().to_string(),
        "d:1:20: column 3 is `Revenue_1`; expected `FFEPerWeek`"
    );
    assert_eq!(
        parse("").unwrap_err().to_string(),
        format!(
            "d: header is missing; expected {}",
            "Origin, Destination, FFEPerWeek, Revenue_1, TransitTime"
        )
    );
}

#[test]
fn ports_without_costs_are_kept_until_they_are_used() {
    let head = "UNLocode\tname\tCountry\tCabotage_Region\tD_Region\tLongitude\tLatitude\tDraft\t\
        CostPerFULL\tCostPerFULLTrnsf\tPortCallCostFixed\tPortCallCostPerFFE\n";
    let row = |code: &str, cost: &str| format!("{code}\tx\tx\tx\tx\t0\t0\t9\t{cost}\t137\t1\t1\n");
    let text = format!(
        "{head}{}{}{}",
        row("A", "289.00"),
        row("B", "NULL"),
        row("C", "")
    );
    let ports = Ports::from_text("p", &text).unwrap();
    let costs: Vec<_> = ports.all().iter().map(|port| port.move_cost_usd).collect();
    assert_eq!(costs, [Some(289.0), None, None]);
    assert_eq!(ports.position("C"), Some(2));
    let twice = format!("{head}{}{}", row("A", "1"), row("A", "2"));
    assert!(
        Ports::from_text("p", &twice)
            .unwrap_err()
            .to_string()
            .starts_with("p:3:1: port `A`")
    );
}
