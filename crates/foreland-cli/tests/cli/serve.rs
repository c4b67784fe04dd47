//! `foreland serve`: a server that is killed goes on where it was.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A server as a process; killed when it goes out of use.
struct Server {
    process: Child,
    at: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn start(store: &Path) -> Server {
    let mut process = Command::new(assert_cmd::cargo::cargo_bin!("foreland"))
        .args(["serve", "--bind", "127.0.0.1:0", "--store"])
        .arg(store)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .env_remove("FORELAND_TOKEN")
        .env_remove("DATABASE_URL")
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let stderr = process.stderr.take().expect("a pipe");
    let mut line = String::new();
    BufReader::new(stderr).read_line(&mut line).expect("a line");
    let at = line
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split('/').next());
    Server {
        at: at
            .unwrap_or_else(|| panic!("no address: {line}"))
            .to_owned(),
        process,
    }
}

fn ask(server: &Server, method: &str, path: &str, body: &str) -> Value {
    let mut stream = TcpStream::connect(&server.at).expect("a server");
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("a connection");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let body = answer.split("\r\n\r\n").nth(1).unwrap_or_default();
    serde_json::from_str(body).unwrap_or_else(|_| panic!("no JSON: {answer}"))
}

fn wait_for(server: &Server, job: &str, status: &str) {
    let began = Instant::now();
    loop {
        let info = ask(server, "GET", &format!("/v1/jobs/{job}"), "");
        if info["status"] == status {
            return;
        }
        assert!(began.elapsed() < Duration::from_secs(600), "{info}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn a_killed_server_starts_again_with_every_job() {
    let store = tempfile::tempdir().expect("a folder");
    let run = |server: &Server, body: &str| {
        let info = ask(server, "POST", "/v1/studies/suez-2021/runs", body);
        info["jobID"].as_str().expect("a job").to_owned()
    };
    let mut server = start(store.path());
    let (first, second) = (run(&server, "{}"), run(&server, r#"{"seed": 2}"#));
    wait_for(&server, &first, "running");
    // SIGKILL: no last words.
    server.process.kill().expect("a process");
    server.process.wait().expect("a process");
    let server = start(store.path());
    let jobs = ask(&server, "GET", "/v1/jobs", "");
    assert_eq!(jobs["jobs"].as_array().expect("jobs").len(), 2, "{jobs}");
    wait_for(&server, &first, "successful");
    let findings = ask(&server, "GET", &format!("/v1/jobs/{first}/results"), "");
    assert_eq!(findings["run"]["study"], "suez-2021");
    ask(&server, "DELETE", &format!("/v1/jobs/{second}"), "");
    drop(server);
    let server = start(store.path());
    wait_for(&server, &first, "successful");
    let again = ask(&server, "GET", &format!("/v1/jobs/{first}/results"), "");
    assert_eq!(again["run"], findings["run"]);
    wait_for(&server, &second, "dismissed");
}

#[test]
fn an_address_that_others_reach_needs_a_token() {
    let told = crate::refused(&["serve", "--bind", "0.0.0.0:0"], 2);
    assert!(told.contains("token"), "{told}");
}
