use super::refused;

fn of_route(arguments: &[&str]) -> String {
    refused(&[&["route"], arguments].concat(), 2)
}

#[test]
fn unknown_places_come_with_suggestions() {
    insta::assert_snapshot!(of_route(&["Calao", "Shanghai"]), @r"
    error: argument FROM: no port is called `Calao`
      help: did you mean Callao, PE (PECLL), Calaca, PH (PHCAA), Calais, FR (FRCQF), Calvi, FR (FRCLY)?
    ");
    let told = of_route(&["Callao", "Xyzzyville"]);
    assert!(
        told.contains("argument TO") && told.contains("give a UN/LOCODE"),
        "{told}"
    );
    let told = of_route(&["PECLX", "Shanghai"]);
    assert!(told.contains("PECLL"), "{told}");
}

#[test]
fn a_name_of_several_ports_is_refused_with_all_of_them() {
    let told = of_route(&["Manzanillo", "Shanghai"]);
    for code in ["MXZLO", "PAMIT", "CUMZO", "DOMAN"] {
        assert!(told.contains(code), "{told}");
    }
}

#[test]
fn coordinates_that_are_none_say_what_is_wrong() {
    for (place, expected) in [
        (
            "lon=-11.6,lat=-127.3",
            "if they are swapped, write lon=-127.3,lat=-11.6",
        ),
        ("lon=NaN,lat=-11.6", "finite"),
        ("lon=-inf,lat=-11.6", "finite"),
        ("lon=77W,lat=-11.6", "`77W` is not a number of degrees"),
        ("lon=-77.3", "lat is missing"),
        (
            "77.3,11.6",
            "a bare pair does not say which number is the longitude",
        ),
        ("lon=-277.3,lat=-11.6", "out of range"),
        ("lon=1,lat=2,lat=3", "given twice"),
        ("", "no place is given"),
    ] {
        let told = of_route(&[place, "Shanghai"]);
        assert!(told.contains(expected), "{place}: {told}");
        assert!(told.contains("help: "), "{place}: {told}");
    }
}

#[test]
fn a_point_far_inland_is_refused() {
    let told = of_route(&["lon=-60,lat=-10", "Shanghai"]);
    assert!(told.contains("lies on land"), "{told}");
    assert!(told.contains("give a place at sea"), "{told}");
}

#[test]
fn a_text_of_any_length_is_survived() {
    let long = "a".repeat(100_000);
    let told = of_route(&[&long, "Shanghai"]);
    assert!(told.contains("100000 characters"), "{told}");
    assert!(told.len() < 1000);
}

#[test]
fn dimensions_in_other_units_are_refused() {
    for (argument, value) in [
        ("--draught", "145"),
        ("--draught", "0"),
        ("--draught=-3", ""),
        ("--loa", "1200"),
        ("--beam", "NaN"),
        ("--beam", "inf"),
        ("--air-draught", "1e9"),
    ] {
        let mut arguments = vec!["Callao", "Shanghai", argument];
        arguments.extend(Some(value).filter(|value| !value.is_empty()));
        let told = of_route(&arguments);
        assert!(told.contains("give metres"), "{argument} {value}: {told}");
    }
}

#[test]
fn unknown_identifiers_come_with_suggestions() {
    let told = of_route(&["Callao", "Shanghai", "--vessel", "neopanamx"]);
    assert!(told.contains("did you mean `neopanamax`?"), "{told}");
    let told = of_route(&["Callao", "Shanghai", "--avoid", "suezz"]);
    assert!(
        told.contains("argument --avoid") && told.contains("did you mean `suez`?"),
        "{told}"
    );
    let told = of_route(&["Callao", "Shanghai", "--open", "northen-sea-route"]);
    assert!(
        told.contains("did you mean `northern-sea-route`?"),
        "{told}"
    );
    let told = of_route(&["Callao", "Shanghai", "--via", "atlantis-gate"]);
    assert!(told.contains("neither a passage nor a place"), "{told}");
}

#[test]
fn contradictions_are_refused() {
    let told = of_route(&["Rotterdam", "Singapore", "--via", "suez", "--avoid", "suez"]);
    assert!(
        told.contains("`suez` is both to be taken and closed"),
        "{told}"
    );
}

#[test]
fn speeds_and_times_that_are_none_are_refused() {
    for (arguments, expected) in [
        (&["--speed", "fast"][..], "give a number of knots"),
        (&["--speed", "900"], "speeds are in knots"),
        (&["--speed", "16,chanel=8"], "did you mean `channel`?"),
        (
            &["--speed", "16", "--depart", "15/11/2024"],
            "write 2024-11-15",
        ),
    ] {
        let told = of_route(&[&["Callao", "Shanghai"], arguments].concat());
        assert!(told.contains(expected), "{told}");
    }
}

#[test]
fn an_atlas_that_is_not_there_is_named() {
    let told = refused(
        &["--atlas", "no-such-folder", "route", "Callao", "Shanghai"],
        2,
    );
    assert!(told.contains("no-such-folder"), "{told}");
    assert!(told.contains("help: "), "{told}");
}
