//! A server in this process, and a client that sends what it is told to.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::{OnceLock, mpsc};
use std::time::Duration;

use foreland::Atlas;
use foreland::route::Charts;
use foreland_server::Config;
use serde_json::Value;

/// A study of one journey in one world: a run of it takes a moment.
pub const SMALL: &str = r#"
title = "From Lima to Shanghai"
question = "How long does it take?"
as_of = "2024-11-15"

[run]
replications = 20

[[baseline]]
id = "today"
title = "the services of November 2024"
description = "All services take goods at all ports."
date = "2024-11-13"

[[flow]]
id = "lima-shanghai"
origin = "lima"
destination = "shanghai"
commodity = "total"
"#;

pub struct Server {
    pub at: SocketAddr,
    _store: tempfile::TempDir,
}

pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// The code of a problem document; anything else fails.
    pub fn code(&self) -> String {
        assert_eq!(
            self.field("content-type").as_deref(),
            Some("application/problem+json")
        );
        let problem = self.json();
        assert_eq!(problem["status"], self.status, "{problem}");
        for member in ["type", "title", "detail"] {
            assert!(problem[member].is_string(), "{problem}");
        }
        problem["code"].as_str().expect("a code").to_owned()
    }

    pub fn field(&self, name: &str) -> Option<String> {
        self.head.lines().find_map(|line| {
            let (field, value) = line.split_once(':')?;
            field
                .eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
    }
}

fn charts() -> Charts {
    static CHARTS: OnceLock<Charts> = OnceLock::new();
    let load = || {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../atlas");
        let atlas = Atlas::load(&root).expect("the atlas");
        Charts::new(sealane::Ocean::embedded().expect("the ocean"), Some(atlas))
    };
    CHARTS.get_or_init(load).clone()
}

/// A server with a small study and an empty store.
pub fn start(adjust: impl FnOnce(&mut Config)) -> Server {
    let store = tempfile::tempdir().expect("a folder");
    let study = store.path().join("studies/small");
    std::fs::create_dir_all(&study).expect("a folder");
    std::fs::write(study.join("study.toml"), SMALL).expect("a study");
    let mut config = Config::local(
        ([127, 0, 0, 1], 0).into(),
        store.path().join("studies"),
        store.path().join("store"),
    );
    adjust(&mut config);
    let (started, address) = mpsc::channel();
    std::thread::spawn(move || {
        foreland_server::serve(config, charts(), |at| started.send(at).expect("a test"))
            .expect("a server");
    });
    let at = address.recv_timeout(Duration::from_secs(60));
    Server {
        at: at.expect("the server starts"),
        _store: store,
    }
}

/// The server that tests share which change nothing.
pub fn shared() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| start(|_| {}))
}

impl Server {
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.at).expect("the server listens");
        let patience = Some(Duration::from_secs(120));
        stream.set_read_timeout(patience).expect("a socket");
        stream
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], b"")
    }

    pub fn get_as(&self, path: &str, accept: &str) -> Answer {
        self.ask("GET", path, &[("Accept", accept)], b"")
    }

    pub fn post(&self, path: &str, body: &str) -> Answer {
        let kind = ("Content-Type", "application/json");
        self.ask("POST", path, &[kind], body.as_bytes())
    }

    pub fn ask(&self, method: &str, path: &str, fields: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut head =
            format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        for (name, value) in fields {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        self.raw(&[head.as_bytes(), body].concat())
    }

    /// What comes back for some bytes.
    pub fn raw(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // The server may have answered and closed before it has read everything.
        let _ = stream.write_all(bytes);
        let mut got = Vec::new();
        let _ = stream.read_to_end(&mut got);
        parse(&got)
    }
}

fn parse(got: &[u8]) -> Answer {
    let end = got.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("no answer: {}", String::from_utf8_lossy(got)));
    let head = String::from_utf8_lossy(&got[..end]).into_owned();
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let mut body = got[end + 4..].to_vec();
    if head.to_lowercase().contains("transfer-encoding: chunked") {
        body = unchunked(&body);
    }
    Answer {
        status: status.expect("a status"),
        head,
        body,
    }
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = std::str::from_utf8(&rest[..end]).expect("a size");
        let size = usize::from_str_radix(size, 16).expect("a size");
        if size == 0 {
            break;
        }
        whole.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 4 + size..];
    }
    whole
}
