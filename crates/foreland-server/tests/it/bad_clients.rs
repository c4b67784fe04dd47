//! Clients that send too much, too slowly, or nonsense. The server goes on serving.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use crate::server::{shared, start};

#[test]
fn a_head_that_never_ends_is_cut_off() {
    let server = start(|config| config.limits.header_time = Duration::from_millis(300));
    let mut slow = server.connect();
    let began = Instant::now();
    let mut cut = false;
    slow.write_all(b"GET /v1/health HTTP/1.1\r\n")
        .expect("a connection");
    slow.set_read_timeout(Some(Duration::from_millis(50)))
        .expect("a socket");
    while !cut && began.elapsed() < Duration::from_secs(20) {
        let _ = slow.write_all(b"X-Slow: 1\r\n");
        let mut byte = [0];
        cut = matches!(slow.read(&mut byte), Ok(0)) || slow.write_all(b"").is_err();
    }
    assert!(cut, "the connection is still open");
    assert_eq!(server.get("/v1/health").status, 200);
}

#[test]
fn a_body_that_never_ends_is_given_up() {
    let server = start(|config| config.limits.request_time = Duration::from_millis(500));
    let head = "POST /v1/matrix HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
                Content-Length: 1000\r\nConnection: close\r\n\r\n{";
    let answer = server.raw(head.as_bytes());
    assert_eq!((answer.status, answer.code().as_str()), (503, "timed_out"));
}

#[test]
fn bodies_are_bounded_declared_or_not_packed_or_not() {
    let kind = ("Content-Type", "application/json");
    let large = vec![b' '; 2 * 1024 * 1024];
    let answer = shared().ask("POST", "/v1/matrix", &[kind], &large);
    assert_eq!((answer.status, answer.code().as_str()), (413, "too_big"));
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer
        .write_all(&vec![b' '; 64 * 1024 * 1024])
        .expect("memory");
    let bomb = packer.finish().expect("memory");
    assert!(bomb.len() < 100_000);
    let packed = ("Content-Encoding", "gzip");
    let answer = shared().ask("POST", "/v1/matrix", &[kind, packed], &bomb);
    assert_eq!((answer.status, answer.code().as_str()), (413, "too_big"));
}

#[test]
fn a_gzipped_question_is_read() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer
        .write_all(br#"{"places": ["PECLL", "CNSHA"]}"#)
        .expect("memory");
    let fields = [
        ("Content-Type", "application/json"),
        ("Content-Encoding", "gzip"),
    ];
    let body = packer.finish().expect("memory");
    assert_eq!(
        shared().ask("POST", "/v1/matrix", &fields, &body).status,
        200
    );
}

#[test]
fn nonsense_is_refused_and_others_are_served() {
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(500));
    let long = format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(200_000));
    for nonsense in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc"[..],
        b"GET\r\n\r\n",
        many.as_bytes(),
        long.as_bytes(),
    ] {
        let mut stream = shared().connect();
        let _ = stream.write_all(nonsense);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut got = Vec::new();
        let _ = stream.read_to_end(&mut got);
        let text = String::from_utf8_lossy(&got);
        assert!(text.is_empty() || text.starts_with("HTTP/1.1 4"), "{text}");
    }
    assert_eq!(shared().get("/v1/health").status, 200);
}

#[test]
fn a_name_that_is_not_this_machine_is_not_answered() {
    let answer =
        shared().raw(b"GET /v1/health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (421, "bad_request")
    );
}
