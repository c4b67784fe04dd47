use serde_json::Value;

use super::{outcome, printed, without_numbers};

fn json(arguments: &[&str]) -> Value {
    let text = printed(&[&["route"], arguments, &["--json"]].concat());
    serde_json::from_str(&text).expect("JSON")
}

fn nm(value: &Value) -> f64 {
    value["routes"][0]["distance_nm"]
        .as_f64()
        .expect("a distance")
}

fn passages(route: &Value) -> Vec<&str> {
    let crossings = route["passages"].as_array().expect("a list");
    let through = crossings
        .iter()
        .filter(|crossing| crossing["is_channel"] == false);
    through
        .filter_map(|crossing| crossing["id"].as_str())
        .collect()
}

#[test]
fn the_table_for_people() {
    let text = printed(&[
        "route",
        "Callao",
        "Shanghai",
        "--vessel",
        "neopanamax",
        "--avoid",
        "suez",
    ]);
    insta::assert_snapshot!(without_numbers(&text));
}

#[test]
fn codes_names_and_coordinates_name_the_same_place() {
    let by_code = json(&["PECLL", "CNSHA"]);
    // The great circle is 9,260 nm long; no route is shorter, and the Pacific is open.
    assert!((9260.0..9600.0).contains(&nm(&by_code)), "{}", nm(&by_code));
    for from in ["callao", "Callao", "pe cll", "CALLAO"] {
        assert_eq!(nm(&json(&[from, "Shanghai"])), nm(&by_code), "{from}");
    }
    let at_sea = json(&["lon=-77.3,lat=-12.1", "Shanghai"]);
    assert!((nm(&at_sea) - nm(&by_code)).abs() < 20.0, "{}", nm(&at_sea));
}

#[test]
fn a_route_back_is_as_long() {
    let (out, back) = (
        json(&["Santos", "Rotterdam"]),
        json(&["Rotterdam", "Santos"]),
    );
    assert!((nm(&out) - nm(&back)).abs() < 0.1);
}

#[test]
fn an_avoided_passage_is_not_taken() {
    let by_suez = json(&["Rotterdam", "Singapore"]);
    assert!(passages(&by_suez["routes"][0]).contains(&"suez"));
    let round = json(&["Rotterdam", "Singapore", "--avoid", "suez"]);
    let taken = passages(&round["routes"][0]);
    assert!(
        !taken.contains(&"suez") && taken.contains(&"good-hope"),
        "{taken:?}"
    );
    assert!(nm(&round) > nm(&by_suez) + 1000.0);
}

#[test]
fn a_group_of_passages_closes_as_one() {
    let route = json(&["New York", "Callao", "--avoid", "panama"]);
    let taken = passages(&route["routes"][0]);
    assert!(
        taken.iter().all(|id| !id.starts_with("panama")),
        "{taken:?}"
    );
}

#[test]
fn a_way_through_a_passage_or_a_place_is_kept() {
    let round = json(&["Rotterdam", "Singapore", "--via", "good-hope"]);
    assert!(passages(&round["routes"][0]).contains(&"good-hope"));
    let direct = nm(&json(&["Callao", "Shanghai"]));
    let by_honolulu = nm(&json(&["Callao", "Shanghai", "--via", "Honolulu"]));
    assert!(by_honolulu > direct, "{by_honolulu} {direct}");
}

#[test]
fn the_northern_sea_route_is_closed_until_it_is_opened() {
    let usual = json(&["Rotterdam", "Yokohama"]);
    let north = json(&["Rotterdam", "Yokohama", "--open", "northern-sea-route"]);
    assert!(!passages(&usual["routes"][0]).contains(&"northern-sea-route"));
    assert!(passages(&north["routes"][0]).contains(&"northern-sea-route"));
    assert!(nm(&north) < nm(&usual));
}

#[test]
fn a_ship_too_large_for_a_canal_goes_round() {
    let small = json(&["New York", "Yokohama", "--beam", "30", "--draught", "11"]);
    assert!(
        passages(&small["routes"][0])
            .iter()
            .any(|id| id.starts_with("panama"))
    );
    let large = json(&["New York", "Yokohama", "--beam", "60"]);
    assert!(
        !passages(&large["routes"][0])
            .iter()
            .any(|id| id.starts_with("panama"))
    );
    assert!(nm(&large) > nm(&small));
}

#[test]
fn alternatives_differ_in_their_passages() {
    let answer = json(&["Rotterdam", "Singapore", "--alternatives", "3"]);
    let routes = answer["routes"].as_array().expect("routes");
    assert_eq!(routes.len(), 3);
    for (i, route) in routes.iter().enumerate() {
        for other in &routes[..i] {
            assert_ne!(passages(route), passages(other));
            assert!(other["distance_nm"].as_f64() <= route["distance_nm"].as_f64());
        }
    }
}

#[test]
fn time_follows_from_speed_and_departure() {
    let answer = json(&[
        "Callao",
        "Shanghai",
        "--speed",
        "20",
        "--depart",
        "2024-11-15",
    ]);
    let route = &answer["routes"][0];
    let days = nm(&answer) / 20.0 / 24.0;
    let total = route["total_d"].as_f64().expect("days");
    assert!((total - days).abs() < 0.01, "{total} {days}");
    assert!(
        route["arrival"]
            .as_str()
            .expect("a time")
            .starts_with("2024-12-0")
    );
    let slow = json(&["Callao", "Shanghai", "--speed", "20,channel=5"]);
    assert!(slow["routes"][0]["total_d"].as_f64() > route["total_d"].as_f64());
}

#[test]
fn without_a_way_the_code_is_three_and_says_why() {
    // Chicago is reached by the Seaway only.
    let outcome = outcome(&["route", "Hamburg", "USCHI", "--beam", "40"]);
    assert_eq!(outcome.code, 3, "{}", outcome.stderr);
    assert_eq!(outcome.stdout, "");
    assert!(
        outcome.stderr.starts_with("error: no route: "),
        "{}",
        outcome.stderr
    );
    assert!(
        outcome.stderr.contains("the vessel has 40 m"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn programs_read_that_there_is_no_way() {
    let outcome = outcome(&["route", "Hamburg", "USCHI", "--beam", "40", "--json"]);
    assert_eq!(outcome.code, 3);
    let value: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    assert_eq!(value["status"], "no_route");
    assert!(
        value["why"]
            .as_str()
            .is_some_and(|why| why.contains("beam"))
    );
}

#[test]
fn an_end_away_from_all_water_is_told() {
    let inland = outcome(&["route", "lon=171.27,lat=-44.25", "NLRTM"]);
    assert_eq!(inland.code, 0);
    assert!(
        inland.stdout.contains("runs straight over land"),
        "{}",
        inland.stdout
    );
    let afloat = outcome(&["route", "NLAMS", "NLRTM"]);
    assert!(!afloat.stdout.contains("over land"), "{}", afloat.stdout);
}

#[test]
fn a_class_enters_shallow_channels_and_a_given_draught_does_not() {
    let by_class = outcome(&["route", "Callao", "Shanghai", "--vessel", "neopanamax"]);
    assert_eq!(by_class.code, 0);
    assert!(
        by_class.stdout.contains("light or with the tide"),
        "{}",
        by_class.stdout
    );
    let by_draught = outcome(&["route", "Callao", "Shanghai", "--draught", "14.5"]);
    assert_eq!(by_draught.code, 3, "{}", by_draught.stdout);
}
