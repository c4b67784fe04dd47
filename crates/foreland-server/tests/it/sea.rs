//! Ports, places, passages, ships, land, routes, matrices.

use crate::server::{shared, start};

#[test]
fn a_server_says_what_it_knows_and_describes_its_addresses() {
    let health = shared().get("/v1/health").json();
    assert_eq!(health["status"], "ok");
    assert!(health["ports"].as_u64() > Some(3500), "{health}");
    let api = shared().get("/v1/openapi.json").json();
    assert!(
        api["openapi"]
            .as_str()
            .is_some_and(|v| v.starts_with("3.1"))
    );
    for path in [
        "/v1/route",
        "/v1/matrix",
        "/v1/studies/{id}/runs",
        "/v1/jobs/{job}/events",
    ] {
        assert!(api["paths"][path].is_object(), "{path}");
        assert!(shared().get("/v1/docs").text().contains(path), "{path}");
    }
}

#[test]
fn ports_come_in_every_format_and_only_once() {
    let json = shared().get("/v1/ports").json();
    let rows = json.as_array().expect("ports").len();
    let callao = json
        .as_array()
        .expect("ports")
        .iter()
        .find(|p| p["locode"] == "PECLL");
    assert_eq!(callao.expect("Callao")["country"], "PE");
    let csv = shared().get("/v1/ports?format=csv").text();
    assert_eq!(csv.lines().count(), rows + 1);
    let geo = shared().get_as("/v1/ports", "application/geo+json").json();
    assert_eq!(geo["features"].as_array().expect("features").len(), rows);
    assert_eq!(&shared().get("/v1/ports?format=parquet").body[..4], b"PAR1");
    let arrow = shared().get_as("/v1/ports", "application/vnd.apache.arrow.stream");
    let reader = arrow_ipc::reader::StreamReader::try_new(arrow.body.as_slice(), None);
    let counts = reader
        .expect("a stream")
        .map(|batch| batch.expect("a batch").num_rows());
    assert_eq!(counts.sum::<usize>(), rows);
    let etag = shared()
        .get("/v1/ports")
        .field("etag")
        .expect("a validator");
    let again = shared().ask("GET", "/v1/ports", &[("If-None-Match", &etag)], b"");
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(
        shared().get_as("/v1/ports", "image/png").code(),
        "not_acceptable"
    );
}

#[test]
fn the_beginning_of_a_name_suggests_ports() {
    let found = shared().get("/v1/places?q=calla&limit=3").json();
    assert_eq!(found[0]["locode"], "PECLL");
    assert_eq!(
        shared().get("/v1/places?q=a&limit=1000").code(),
        "bad_request"
    );
    assert_eq!(shared().get("/v1/places").code(), "bad_request");
}

#[test]
fn a_route_has_its_length_time_lines_and_what_bars_the_ship() {
    let answer = shared().get("/v1/route?from=New%20York&to=PECLL&vessel=neopanamax&beam_m=60");
    let answer = answer.json();
    let route = &answer["routes"][0];
    assert!(route["distance_nm"].as_f64() > Some(8000.0), "{answer}");
    assert!(route["time_h"].as_f64() > Some(300.0));
    assert_eq!(route["barred"][0]["limit"], "beam");
    assert_eq!(route["geometry"]["type"], "MultiLineString");
    assert_eq!(answer["defaults"][0]["unit"], "kn");
    let pacific = shared()
        .get("/v1/route?from=PECLL&to=CNSHA&speed_kn=16&depart=2024-11-15")
        .json();
    let unwrapped = &pacific["routes"][0]["unwrapped"]["coordinates"];
    let last = unwrapped
        .as_array()
        .and_then(|line| line.last())
        .expect("a line");
    assert!(last[0].as_f64() < Some(-180.0), "{last}");
    assert!(
        pacific["routes"][0]["arrival"]
            .as_str()
            .is_some_and(|at| at.starts_with("2024-12"))
    );
}

#[test]
fn a_route_and_its_alternatives_have_cost_and_emissions_with_their_ranges() {
    let answer = shared().get("/v1/route?from=NLRTM&to=SGSIN&vessel=neopanamax&alternatives=3");
    let answer = answer.json();
    assert_eq!(answer["cost_class"], "neopanamax");
    let routes = answer["routes"].as_array().expect("routes");
    assert!(routes.len() > 1, "{answer}");
    let number = |value: &serde_json::Value| value.as_f64().expect("a number");
    for route in routes {
        let cost = &route["cost_usd"];
        assert!(number(&cost["p5"]) < number(&cost["p50"]), "{route}");
        assert!(number(&cost["central"]) < number(&cost["p95"]), "{route}");
        let parts = ["charter_usd", "fuel_usd", "tolls_usd"];
        let sum: f64 = parts.iter().map(|part| number(&route[*part])).sum();
        assert!((sum - number(&cost["central"])).abs() < 2.0, "{route}");
        let wtw = number(&route["emissions"]["wtw_t_co2e"]["central"]);
        assert!(wtw > number(&route["emissions"]["ttw_t_co2e"]["central"]));
        assert_eq!(route["per_unit"]["unit"], "TEU");
    }
    // Through Suez with its toll, round the Cape without one.
    assert!(number(&routes[0]["tolls_usd"]) > 100_000.0, "{answer}");
    let cape = shared().get("/v1/route?from=NLRTM&to=SGSIN&vessel=neopanamax&avoid=suez");
    let cape = &cape.json()["routes"][0];
    assert_eq!(number(&cape["tolls_usd"]), 0.0, "{cape}");
    assert!(number(&cape["fuel_usd"]) > number(&routes[0]["fuel_usd"]));
    let assumptions = answer["assumptions"].as_array().expect("assumptions");
    assert!(
        assumptions
            .iter()
            .any(|a| a["id"] == "parameters/weather_margin")
    );
    // Without a class the answer says whose costs these are.
    let unnamed = shared().get("/v1/route?from=NLRTM&to=SGSIN").json();
    assert_eq!(unnamed["defaults"][0]["value"], unnamed["cost_class"]);
    assert!(number(&unnamed["routes"][0]["cost_usd"]["central"]) > 0.0);
}

#[test]
fn a_route_comes_in_every_format() {
    for (format, holds) in [
        ("gpx", "<rtept"),
        ("rtz", "<waypoint"),
        ("geojson", "\"rank\""),
        ("csv", "distance_nm"),
    ] {
        let answer = shared().get(&format!("/v1/route?from=PECLL&to=CNSHA&format={format}"));
        assert!(answer.text().contains(holds), "{format}");
    }
    assert_eq!(
        shared()
            .get("/v1/route?from=PECLL&to=CNSHA&format=xls")
            .code(),
        "not_acceptable"
    );
}

#[test]
fn what_is_wrong_with_a_question_has_a_code_and_a_remedy() {
    for (query, status, code) in [
        ("from=PECLL", 400, "bad_request"),
        ("from=PECLL&to=CNSHA&speed=16", 400, "bad_request"),
        ("from=Calao&to=CNSHA", 404, "unknown_place"),
        ("from=San%20Juan&to=CNSHA", 400, "ambiguous_place"),
        ("from=PECLL&to=CNSHA&vessel=nope", 400, "bad_request"),
        ("from=PECLL&to=CNSHA&avoid=suezz", 400, "bad_request"),
        ("from=PECLL&to=CNSHA&draught_m=NaN", 400, "bad_request"),
        ("from=PECLL&to=CNSHA&alternatives=999", 400, "bad_request"),
        ("from=DEHAM&to=USCHI&beam_m=40", 404, "no_route"),
        ("from=lon=20,lat=50&to=CNSHA", 400, "bad_request"),
    ] {
        let answer = shared().get(&format!("/v1/route?{query}"));
        assert_eq!(
            (answer.code().as_str(), answer.status),
            (code, status),
            "{query}"
        );
        assert!(answer.json()["remedy"].is_string(), "{query}");
    }
    let remedy = shared().get("/v1/route?from=Calao&to=CNSHA").json()["remedy"].to_string();
    assert!(remedy.contains("PECLL"), "{remedy}");
}

#[test]
fn a_matrix_is_the_same_as_routes_in_every_format() {
    let question = r#"{"places": ["PECLL", "CNSHA", "Rotterdam"]}"#;
    let json = shared().post("/v1/matrix", question).json();
    assert_eq!(json["to"][2], "NLRTM");
    assert_eq!(json["distance_nm"][0][0], 0.0);
    let route = shared().get("/v1/route?from=PECLL&to=CNSHA").json();
    let nm = |value: &serde_json::Value| value.as_f64().expect("nm");
    let off = nm(&json["distance_nm"][0][1]) - nm(&route["routes"][0]["distance_nm"]);
    assert!(off.abs() < 1.0, "{off}");
    let csv =
        r#"{"from": ["PECLL"], "to": ["CNSHA", "NLRTM"], "avoid": ["panama"], "format": "csv"}"#;
    assert_eq!(shared().post("/v1/matrix", csv).text().lines().count(), 3);
    for (body, status, code) in [
        ("{}", 400, "bad_request"),
        ("{\"places\": 7}", 422, "bad_request"),
        ("{\"places\": [\"PECLL\"", 400, "bad_request"),
        ("{\"places\": [\"Nowhere\"]}", 404, "unknown_place"),
    ] {
        let answer = shared().post("/v1/matrix", body);
        assert_eq!(
            (answer.code().as_str(), answer.status),
            (code, status),
            "{body}"
        );
    }
    let many = format!("{{\"places\": [{}\"PECLL\"]}}", "\"PECLL\",".repeat(3000));
    assert_eq!(shared().post("/v1/matrix", &many).code(), "too_big");
}

#[test]
fn land_is_sent_gzipped_or_plain_with_a_validator() {
    let plain = shared().get("/v1/land?detail=110m").json();
    assert_eq!(plain["features"][0]["geometry"]["type"], "MultiPolygon");
    let gzipped = shared().ask(
        "GET",
        "/v1/land?detail=50m",
        &[("Accept-Encoding", "gzip")],
        b"",
    );
    assert_eq!(gzipped.field("content-encoding").as_deref(), Some("gzip"));
    assert_eq!(&gzipped.body[..2], b"\x1f\x8b");
    assert_eq!(shared().get("/v1/land?detail=1m").code(), "bad_request");
}

#[test]
fn errors_of_the_framework_are_problem_documents() {
    assert_eq!(shared().get("/v1/nothing").code(), "not_found");
    assert_eq!(shared().get("/v1/studies/nothing").code(), "not_found");
    assert_eq!(shared().get("/v1/jobs/..%2F..%2Fetc").code(), "not_found");
    let wrong_method = shared().ask("PUT", "/v1/ports", &[], b"");
    assert_eq!(
        (wrong_method.status, wrong_method.code().as_str()),
        (405, "bad_request")
    );
    assert!(
        wrong_method
            .field("allow")
            .is_some_and(|allow| allow.contains("GET"))
    );
    let untyped = shared().ask("POST", "/v1/matrix", &[], b"{}");
    assert_eq!(
        (untyped.status, untyped.code().as_str()),
        (415, "unsupported_media_type")
    );
}

#[test]
fn a_token_is_asked_for_where_one_is_set() {
    let server = start(|config| config.token = Some("secret".to_owned()));
    assert_eq!(server.get("/v1/health").status, 200);
    let refused = server.get("/v1/ports");
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (401, "unauthorized")
    );
    for (token, status) in [
        ("Bearer secret", 200),
        ("Bearer secre", 401),
        ("secret", 401),
    ] {
        let answer = server.ask("GET", "/v1/vessels", &[("Authorization", token)], b"");
        assert_eq!(answer.status, status, "{token}");
    }
}

#[test]
fn other_machines_are_not_served_without_a_token() {
    let charts = foreland::route::Charts::new(sealane::Ocean::embedded().expect("the ocean"), None);
    let bind = ([0, 0, 0, 0], 0).into();
    let config = foreland_server::Config::local(bind, "studies".into(), "store".into());
    let error = foreland_server::serve(config, charts, |_| {}).expect_err("no token");
    assert!(error.remedy().contains("token"), "{error}");
}
