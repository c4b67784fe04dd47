//! Runs of a study as jobs.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::server::{Answer, Server, start};

const RUNS: &str = "/v1/studies/small/runs";

fn job(answer: &Answer) -> String {
    assert_eq!(answer.status, 202, "{}", answer.text());
    let location = answer.field("location").expect("a location");
    assert!(location.starts_with("/v1/jobs/"));
    location
}

/// A job when it is over.
fn ended(server: &Server, job: &str) -> Value {
    let began = Instant::now();
    loop {
        let info = server.get(job).json();
        if !["accepted", "running"].contains(&info["status"].as_str().expect("a status")) {
            return info;
        }
        assert!(began.elapsed() < Duration::from_secs(300), "{info}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_run_is_followed_to_its_results() {
    let server = start(|_| {});
    let job = job(&server.post(RUNS, r#"{"seed": 7, "replications": 10}"#));
    let events = server.get(&format!("{job}/events")).text();
    assert!(events.contains("event: status"), "{events}");
    assert!(events.contains("\"status\":\"successful\""), "{events}");
    let info = ended(&server, &job);
    assert_eq!(
        (&info["type"], &info["processID"]),
        (&"process".into(), &"small".into())
    );
    assert_eq!(info["progress"], 100, "{info}");
    let results = server.get(&format!("{job}/results"));
    let findings: foreland::Findings = serde_json::from_slice(&results.body).expect("findings");
    assert_eq!((findings.run.seed, findings.run.replications), (7, 10));
    let etag = results.field("etag").expect("a validator");
    let again = server.ask(
        "GET",
        &format!("{job}/results"),
        &[("If-None-Match", &etag)],
        b"",
    );
    assert_eq!(again.status, 304);
    let csv = server
        .get_as(&format!("{job}/results/chains"), "text/csv")
        .text();
    let rows = server.get(&format!("{job}/results/chains")).json();
    assert_eq!(
        rows.as_array().expect("rows").len() + 1,
        csv.lines().count()
    );
    let geo = server.get(&format!("{job}/results/routes")).json();
    assert_eq!(geo["type"], "FeatureCollection");
    let report = server.get(&format!("{job}/results/report"));
    assert!(
        report
            .field("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"))
    );
    assert_eq!(
        server.get(&format!("{job}/results/nothing")).code(),
        "not_found"
    );
}

#[test]
fn a_set_value_reaches_the_model_and_a_wrong_one_is_refused() {
    let server = start(|_| {});
    let study = server.get("/v1/studies/small").json();
    let parameters = study["parameters"].as_array().expect("parameters");
    let margin = parameters
        .iter()
        .find(|p| p["id"] == "parameters/weather_margin")
        .expect("it");
    let body = format!(
        "{{\"set\": {{\"parameters/weather_margin\": {}}}}}",
        margin["high"]
    );
    let slow = job(&server.post(RUNS, &body));
    let usual = job(&server.post(RUNS, "{}"));
    let days = |job: &str| {
        assert_eq!(ended(&server, job)["status"], "successful");
        let findings = server.get(&format!("{job}/results")).json();
        findings["journeys"][0]["chains"][0]["time_d"]["central"]
            .as_f64()
            .expect("days")
    };
    assert!(days(&slow) > days(&usual));
    let refused = server.post(RUNS, r#"{"set": {"parameters/weather_margi": 1}}"#);
    assert_eq!(refused.code(), "bad_request");
    assert!(
        refused
            .text()
            .contains("did you mean parameters/weather_margin")
    );
    assert_eq!(
        server.post(RUNS, r#"{"replications": 0}"#).code(),
        "bad_request"
    );
    assert_eq!(server.post(RUNS, r#"{"repliations": 5}"#).status, 422);
}

#[test]
fn the_same_key_is_the_same_job() {
    let server = start(|_| {});
    let ask = |body: &str| {
        let fields = [
            ("Content-Type", "application/json"),
            ("Idempotency-Key", "one"),
        ];
        server.ask("POST", RUNS, &fields, body.as_bytes())
    };
    let first = job(&ask("{}"));
    assert_eq!(job(&ask("{}")), first);
    assert_eq!(ask(r#"{"seed": 1}"#).status, 422);
    server.ask("DELETE", &first, &[], b"");
    assert_ne!(job(&ask("{}")), first, "a dismissed job is asked for anew");
}

#[test]
fn jobs_are_dismissed_before_and_after_they_start() {
    let server = start(|_| {});
    let long = job(&server.post(RUNS, r#"{"replications": 10000}"#));
    let waiting = job(&server.post(RUNS, "{}"));
    let dismissed = server.ask("DELETE", &waiting, &[], b"").json();
    assert_eq!(dismissed["status"], "dismissed");
    assert_eq!(
        server.ask("DELETE", &long, &[], b"").json()["status"],
        "dismissed"
    );
    assert_eq!(server.get(&format!("{long}/results")).code(), "cancelled");
    let next = job(&server.post(RUNS, "{}"));
    assert_eq!(ended(&server, &next)["status"], "successful");
    assert_eq!(server.get(&waiting).json()["status"], "dismissed");
    server.ask("DELETE", &next, &[], b"");
    assert_eq!(server.get(&format!("{next}/results")).code(), "cancelled");
    assert_eq!(
        server.get("/v1/jobs").json()["jobs"]
            .as_array()
            .expect("jobs")
            .len(),
        3
    );
}

#[test]
fn a_full_queue_says_when_to_come_again() {
    let server = start(|config| config.limits.jobs_waiting = 2);
    let answers: Vec<Answer> = (0..6)
        .map(|seed| {
            server.post(
                RUNS,
                &format!("{{\"seed\": {seed}, \"replications\": 2000}}"),
            )
        })
        .collect();
    let refused = answers
        .iter()
        .find(|answer| answer.status == 503)
        .expect("too many");
    assert_eq!(refused.code(), "overloaded");
    assert!(refused.field("retry-after").is_some());
    assert_eq!(server.get("/v1/health").status, 200);
}
