//! Services by imported schedules, in the small world: what is derived, assumed and left out.

use std::path::Path;

use foreland::findings::{FlowFindings, LoadBy};
use foreland::import::{ImportRequest, Kind, import};
use foreland::{Atlas, ErrorClass, RunRequest};
use tempfile::TempDir;

use crate::small::{FlatSea, edited, study};

const STUDY: &str = r#"
title = "Imported services"
question = "Who ships what which way?"
as_of = "2024-06-02"

[run]
seed = 1

[[baseline]]
id = "day"
title = "the day before"
description = "All services."
date = "2024-05-31"

[flows]
date = "2024-05-31"
countries = ["AA"]
replications = 4

[services]
tables = ["dcsa-vessel-schedules/line"]
"#;

/// A call: port, day of arrival, day of departure.
pub type Stop = (&'static str, u32, u32);

/// A carrier's schedules; days count from 1 January 2024.
fn schedules(services: &[(&str, &[&[Stop]])]) -> String {
    let date = |day: u32| {
        let start = jiff::civil::date(2024, 1, 1);
        start + jiff::Span::new().days(i64::from(day))
    };
    let time = |kind: &str, day: u32| {
        format!(
            r#"{{"eventTypeCode":"{kind}","eventClassifierCode":"PLN","eventDateTime":"{}T00:00:00Z"}}"#,
            date(day)
        )
    };
    let stop = |(port, arrival, departure): &Stop| {
        format!(
            r#"{{"location":{{"UNLocationCode":"{port}"}},"timestamps":[{},{}]}}"#,
            time("ARRI", *arrival),
            time("DEPA", *departure)
        )
    };
    let mut number = 9_000_000;
    let mut ship = |stops: &&[Stop]| {
        number += 1;
        let calls: Vec<String> = stops.iter().map(stop).collect();
        format!(
            r#"{{"vesselOperatorSMDGLinerCode":"LIN","vesselIMONumber":"{number}","transportCalls":[{}]}}"#,
            calls.join(",")
        )
    };
    let mut service = |(code, ships): &(&str, &[&[Stop]])| {
        let ships: Vec<String> = ships.iter().map(&mut ship).collect();
        format!(
            r#"{{"carrierServiceName":"Service {code}","carrierServiceCode":"{code}","vesselSchedules":[{}]}}"#,
            ships.join(",")
        )
    };
    let services: Vec<String> = services.iter().map(&mut service).collect();
    format!("[{}]", services.join(","))
}

/// A service by the hub on the way home, a copy of one of the atlas, one with an unknown port, and a
/// single call.
fn line() -> String {
    schedules(&[
        (
            "EXP",
            &[
                &[
                    ("AAOLD", 0, 1),
                    ("CCFAR", 11, 13),
                    ("BBHUB", 22, 23),
                    ("AAOLD", 27, 28),
                    ("CCFAR", 38, 39),
                ],
                &[("AAOLD", 5, 7), ("CCFAR", 17, 19), ("BBHUB", 28, 29)],
                &[("AAOLD", 14, 15), ("XXNOT", 16, 17), ("CCFAR", 26, 27)],
            ],
        ),
        (
            "DIR",
            &[&[
                ("CCFAR", 0, 1),
                ("AAOLD", 11, 12),
                ("CCFAR", 22, 23),
                ("AAOLD", 33, 34),
            ]],
        ),
        (
            "GAP",
            &[&[
                ("AAOLD", 0, 1),
                ("XXNOT", 2, 3),
                ("BBHUB", 4, 5),
                ("CCFAR", 14, 15),
                ("BBHUB", 20, 21),
                ("AAOLD", 25, 26),
                ("XXNOT", 27, 28),
            ]],
        ),
        ("ONE", &[&[("AAOLD", 0, 1)]]),
    ])
}

fn imported(dir: &TempDir, kind: Kind, name: &str, text: &str) -> Atlas {
    let file = dir.path().join(name);
    std::fs::write(&file, text).unwrap();
    let atlas = dir.path().join("atlas");
    if !atlas.is_dir() {
        std::fs::create_dir(&atlas).unwrap();
        for entry in std::fs::read_dir(crate::small::atlas_dir()).unwrap() {
            let path = entry.unwrap().path();
            std::fs::copy(&path, atlas.join(path.file_name().unwrap())).unwrap();
        }
    }
    let request = ImportRequest {
        kind,
        file: &file,
        store: &dir.path().join("store"),
        hs: None,
        cancel: None,
    };
    import(&request, &|_, _| ()).unwrap();
    Atlas::load(&atlas).unwrap()
}

/// The study with more in its section.
pub fn exported(more: &str) -> String {
    format!("{STUDY}{more}")
}

/// An atlas with a store that holds some services.
pub fn imported_line(dir: &TempDir, services: &[(&str, &[&[Stop]])]) -> Atlas {
    imported(
        dir,
        Kind::DcsaVesselSchedules,
        "line.json",
        &schedules(services),
    )
}

pub fn solved(atlas: &Atlas, text: &str) -> Result<FlowFindings, foreland::Error> {
    let study = study(text);
    let request = RunRequest {
        atlas,
        study: &study,
        sea: &FlatSea::new(),
        seed: None,
        replications: None,
        command: Vec::new(),
        cancel: None,
    };
    Ok(foreland::flows::flows(&request, &|_| {})?.unwrap())
}

pub fn texts<'f>(flows: &'f FlowFindings, code: &str) -> Vec<&'f str> {
    let of_code = flows.warnings.iter().filter(|w| w.code == code);
    of_code.map(|w| w.text.as_str()).collect()
}

#[test]
fn imported_services_carry_goods_and_say_how_they_came_about() {
    let dir = tempfile::tempdir().unwrap();
    let atlas = imported(&dir, Kind::DcsaVesselSchedules, "line.json", &line());
    let flows = solved(&atlas, STUDY).unwrap();
    let carried = flows
        .loads
        .iter()
        .find(|load| load.by == LoadBy::Service && load.id == "line-exp" && load.teu.central > 0.0);
    assert!(carried.is_some(), "{:?}", flows.loads);
    // Three services can be read, of which one runs in the atlas already.
    let [summary] = texts(&flows, "imported_services")[..] else {
        panic!("{:?}", flows.warnings)
    };
    assert!(
        summary.contains("3 services read = 2 used + 1 left out"),
        "{summary}"
    );
    let [copy] = texts(&flows, "duplicate_service")[..] else {
        panic!("{:?}", flows.warnings)
    };
    assert!(
        copy.contains("Old Direct") && copy.contains("AAOLD"),
        "{copy}"
    );
    let left_out = texts(&flows, "left_out_of_import").join("\n");
    assert!(
        left_out.contains("service ONE: no ship calls at two ports"),
        "{left_out}"
    );
    assert!(
        left_out.contains("service EXP: 1 call of single sailings at XXNOT"),
        "{left_out}"
    );
    let [dropped] = texts(&flows, "dropped_call")[..] else {
        panic!("{:?}", flows.warnings)
    };
    assert!(
        dropped.contains("1 call left out") && dropped.contains("XXNOT"),
        "{dropped}"
    );
    let made = texts(&flows, "imported_service");
    assert_eq!(made.len(), 2, "{made:?}");
    // Departures from the old port on days 0, 5, 14 and 27: gaps of 5, 9 and 13 days.
    assert!(
        made[0].contains("headway 216 h (120 to 312 h)"),
        "{}",
        made[0]
    );
    assert!(
        made[0].contains("assumed: ships of class thousand (as Old Loop"),
        "{}",
        made[0]
    );
}

#[test]
fn headway_and_stays_become_ranges_of_the_atlas() {
    let dir = tempfile::tempdir().unwrap();
    let atlas = imported(&dir, Kind::DcsaVesselSchedules, "line.json", &line());
    let text = format!("{STUDY}only_imported = true\nvessel = \"thousand\"\n");
    let with = atlas.with_services(&study(&text)).unwrap();
    let ids: Vec<&str> = with
        .services
        .rows
        .iter()
        .map(|row| row.id.as_str())
        .collect();
    // The atlas's own are gone, so that the copy is none any more.
    assert_eq!(ids, ["line-dir", "line-exp", "line-gap"]);
    let calls: Vec<(&str, f64)> = with
        .service_calls
        .rows
        .iter()
        .filter(|call| call.service.as_str() == "line-exp")
        .map(|call| (call.port.as_str(), call.stay_h.mid))
        .collect();
    assert_eq!(calls, [("AAOLD", 24.0), ("CCFAR", 48.0), ("BBHUB", 24.0)]);
    let headway = with.params.ix("services/line-exp/headway_h").unwrap();
    assert_eq!(with.params.get(headway).range.high, 312.0);
    assert!(
        with.check().problems.is_empty(),
        "{:?}",
        with.check().problems
    );
    // Asked again, it stays as it is.
    assert_eq!(
        with.with_services(&study(&text)).unwrap().services,
        with.services
    );
}

#[test]
fn routes_from_door_to_door_and_published_solutions_serve_too() {
    let dir = tempfile::tempdir().unwrap();
    let leg = |from: &str, leaves: &str, to: &str, comes: &str| {
        format!(
            r#"{{"transport":{{"modeOfTransport":"VESSEL","vessel":{{"name":"First"}},"servicePartners":[{{"carrierServiceCode":"P2P"}}]}},
            "departure":{{"location":{{"UNLocationCode":"{from}"}},"dateTime":"{leaves}T00:00:00Z"}},
            "arrival":{{"location":{{"UNLocationCode":"{to}"}},"dateTime":"{comes}T00:00:00Z"}}}}"#
        )
    };
    let routes = format!(
        r#"[{{"legs":[{}]}},{{"legs":[{}]}}]"#,
        leg("CCFAR", "2024-01-01", "BBHUB", "2024-01-11"),
        leg("BBHUB", "2024-01-12", "AAOLD", "2024-01-15"),
    );
    imported(&dir, Kind::DcsaCommercialSchedules, "routes.json", &routes);
    let log = "service 0 service id 0\ncapacity 450\n # vessels 2\n Butterfly rotation \n\
        8\tAANEW\tNew\n1\tCCFAR\tFar\n2\tBBHUB\tHub\n\n speed 11.5\nvoyage distance nautical miles 4030\n\
        Ice cost 9\nPort call cost 100.5\n Total bunker cost at 600 USD for one round trip 1.5e+03\n \
        Total TC cost 70000\n Canal Cost 7\n ------Flow Solution----- \n";
    let atlas = imported(&dir, Kind::LinerlibServices, "best.log", log);
    let text = STUDY.replace(
        r#""dcsa-vessel-schedules/line""#,
        r#""dcsa-commercial-schedules/routes", "linerlib-services/best""#,
    );
    let with = atlas.with_services(&study(&text)).unwrap();
    let [.., route, logged] = &with.services.rows[..] else {
        panic!("two services more")
    };
    assert_eq!(
        (route.id.as_str(), route.headway_h.mid),
        ("routes-p2p", 168.0)
    );
    // 900 TEU are nearest to the class of 1,000; 11.5 kn as the log says; two ships, weekly.
    assert_eq!(
        (logged.id.as_str(), logged.vessel.as_str()),
        ("best-0", "thousand")
    );
    assert_eq!((logged.ships, logged.headway_h.mid), (Some(2), 168.0));
    assert_eq!(logged.service_speed_kn.mid, 11.5);
    let said: String = with.imported.iter().map(|w| w.text.as_str()).collect();
    assert!(
        said.contains("nowhere between the ports that the routes name"),
        "{said}"
    );
    assert!(
        said.contains("weekly sailings (84 to 336 h): one sailing only is known"),
        "{said}"
    );
}

#[test]
fn what_is_wrong_with_the_section_is_said_at_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let atlas = imported(&dir, Kind::DcsaVesselSchedules, "line.json", &line());
    let refused = |from: &str, to: &str| {
        let error = solved(&atlas, &STUDY.replace(from, to)).unwrap_err();
        assert_eq!(error.class(), ErrorClass::Input, "{error}");
        format!("{:?}", miette::Report::new(error))
    };
    let name = "dcsa-vessel-schedules/line";
    assert!(refused(name, "dcsa-vessel-schedules/other").contains("does not have"));
    assert!(refused(name, "baci/line").contains("does not serve here"));
    assert!(refused(name, "line").contains("KIND/NAME"));
    assert!(refused(&format!("[\"{name}\"]"), "[]").contains("names no table"));
    assert!(refused(&format!("\"{name}\""), &format!("\"{name}\", \"{name}\"")).contains("twice"));
    let class = refused("[services]", "[services]\nvessel = \"thousnd\"");
    assert!(class.contains("did you mean thousand"), "{class}");
    let bulk = refused("[services]", "[services]\nvessel = \"grain\"");
    assert!(bulk.contains("no container class"), "{bulk}");
}

/// The hub takes 5 m, the ship draws 8: at 0.75 of it no goods, at 0.875 it comes part laden.
#[test]
fn a_port_too_shallow_for_the_ship_is_passed_by() {
    let with_depth = |metres: &str| {
        let dir = edited("terminals", |text| {
            text.replace("366,51,15,", &format!("366,51,{metres},"))
        });
        let atlas = Atlas::load(dir.path()).unwrap();
        let text = STUDY.split("[services]").next().unwrap().to_owned();
        solved(&atlas, &text).unwrap()
    };
    let at_hub = |flows: &FlowFindings| {
        let hub = |load: &&foreland::findings::Load| load.by == LoadBy::Port && load.id == "BBHUB";
        flows
            .loads
            .iter()
            .find(hub)
            .map_or(0.0, |load| load.teu.central)
    };
    let deep = with_depth("15");
    assert!(texts(&deep, "shallow_port").is_empty() && texts(&deep, "part_laden").is_empty());
    assert!(at_hub(&deep) > 0.0, "boxes change ships at the hub");
    let short = with_depth("7");
    assert_eq!(texts(&short, "part_laden").len(), 3, "{:?}", short.warnings);
    assert!((at_hub(&short) / at_hub(&deep) - 1.0).abs() < 1e-9);
    let shallow = with_depth("5");
    assert_eq!(at_hub(&shallow), 0.0);
    let [first, ..] = texts(&shallow, "shallow_port")[..] else {
        panic!("{:?}", shallow.warnings)
    };
    assert!(
        first.contains("at 1 of its calls") && first.contains("BBHUB) 5 m"),
        "{first}"
    );
}

#[test]
fn a_run_names_the_tables_it_read_and_a_replay_refuses_others() {
    let dir = tempfile::tempdir().unwrap();
    let atlas = imported(&dir, Kind::DcsaVesselSchedules, "line.json", &line());
    let path = dir.path().join("study.toml");
    std::fs::write(&path, STUDY).unwrap();
    let study = foreland::Study::load(&path).unwrap();
    let request = RunRequest {
        atlas: &atlas,
        study: &study,
        sea: &FlatSea::new(),
        seed: None,
        replications: Some(2),
        command: Vec::new(),
        cancel: None,
    };
    let findings = foreland::run(&request, &|_| {}).unwrap();
    let table = |input: &&foreland::findings::InputFile| input.role == "store";
    let input = findings.provenance.inputs.iter().find(table).unwrap();
    assert_eq!(input.name, "dcsa-vessel-schedules/line.parquet");
    assert!(input.rows > Some(10) && input.bytes > 0 && input.blake3.len() == 64);
    findings.write(&dir.path().join("out")).unwrap();
    let replayed = || {
        let replay = foreland::Replay {
            manifest: &dir.path().join("out/manifest.json"),
            atlas: dir.path().join("atlas"),
            study: path.clone(),
            sea: &FlatSea::new(),
        };
        foreland::replay(&replay, &|_| {})
    };
    assert_eq!(replayed().unwrap().flows, findings.flows);
    imported(
        &dir,
        Kind::DcsaVesselSchedules,
        "line.json",
        &line().replace("EXP", "NEW"),
    );
    let changed = replayed().unwrap_err().to_string();
    assert!(
        changed.contains("dcsa-vessel-schedules/line.parquet"),
        "{changed}"
    );
    std::fs::remove_dir_all(dir.path().join("store")).unwrap();
    assert_eq!(replayed().unwrap_err().class(), ErrorClass::Input);
    assert!(Path::new(&path).is_file());
}
