use std::collections::BTreeMap;

use super::quantity::{amount, position};
use super::{build, iso};

#[test]
fn quantities_have_their_magnitude() {
    assert_eq!(amount("$3.719 trillion (2022 est.)"), Some(3.719e12));
    assert_eq!(
        amount("13.239 million metric tons (2023 est.)"),
        Some(13.239e6)
    );
    assert_eq!(amount("8 metric tons (2023 est.)"), Some(8.0));
    assert_eq!(amount("32,768,614 (2025 est.)"), Some(32_768_614.0));
    assert_eq!(amount("no permanent inhabitants"), None);
    assert_eq!(position("10 30 S, 76 00 W"), Some([-76.0, -10.5]));
    assert_eq!(position("nowhere"), None);
}

fn profile(code: &str, name: &str, borders: &str) -> Vec<u8> {
    format!(
        r#"{{"Communications":{{"Internet country code":{{"text":".{code}"}}}},
        "Government":{{"Country name":{{"conventional short form":{{"text":"{name}"}}}}}},
        "Geography":{{"Geographic coordinates":{{"text":"1 00 N, 2 00 E"}},"Coastline":{{"text":"0 km (landlocked)"}},
        "Land boundaries":{{"border countries":{{"text":"{borders}"}}}}}},
        "Economy":{{"Exports":{{"Exports 2023":{{"text":"$2 million"}},"Exports 2021":{{"text":"$1 million"}}}},
        "Imports":{{"Imports 2022":{{"text":"$3 million"}}}}}}}}"#
    )
    .into_bytes()
}

fn codes(codes: &[(&str, &str)]) -> BTreeMap<String, iso::Entry> {
    let entry = |(alpha2, alpha3): &(&str, &str)| iso::Entry {
        name: (*alpha2).to_owned(),
        alpha2: (*alpha2).to_owned(),
        alpha3: (*alpha3).to_owned(),
        numeric: "001".to_owned(),
    };
    codes.iter().map(|c| (c.0.to_owned(), entry(c))).collect()
}

#[test]
fn borders_hold_on_both_sides_and_namibia_survives() {
    let profiles = BTreeMap::from([
        ("africa/wa.json".to_owned(), profile("na", "Namibia", "")),
        (
            "africa/ao.json".to_owned(),
            profile("ao", "Angola", "Namibia (south) 1,427 km"),
        ),
        (
            "europe/uk.json".to_owned(),
            profile("uk", "United Kingdom", ""),
        ),
    ]);
    let countries = build(
        &profiles,
        &codes(&[("NA", "NAM"), ("AO", "AGO"), ("GB", "GBR")]),
    )
    .unwrap();
    let named: Vec<&str> = countries.iter().map(|c| c.iso.alpha2.as_str()).collect();
    assert_eq!(named, ["AO", "GB", "NA"]);
    assert_eq!(countries[2].neighbours, ["AO"]);
    assert_eq!(countries[0].profile.exports_usd, Some((1e6, 2021)));
}

#[test]
fn an_unknown_neighbour_is_an_error() {
    let profiles = BTreeMap::from([(
        "africa/ao.json".to_owned(),
        profile("ao", "Angola", "Atlantis 3 km"),
    )]);
    let error = build(&profiles, &codes(&[("AO", "AGO")]))
        .unwrap_err()
        .to_string();
    assert!(error.contains("Atlantis"), "{error}");
}
