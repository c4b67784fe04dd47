//! Damaged data is refused, and none makes the crate panic.

use proptest::prelude::*;
use sealane::{End, LoadError, Ocean, Options};

use crate::places::cases;

static EMBEDDED: &[u8] = include_bytes!("../../data/ocean.sealane");
const HEADER: usize = 8;

#[test]
fn whole_bytes_are_accepted() {
    let ocean = Ocean::from_bytes(EMBEDDED).expect("whole");
    assert!(ocean.ports().len() >= 3_500);
}

#[test]
fn bytes_cut_short_are_refused() {
    let lengths = (0..24)
        .chain((1..24).map(|i| EMBEDDED.len() * i / 24))
        .chain(EMBEDDED.len() - 8..EMBEDDED.len());
    for length in lengths {
        let error = Ocean::from_bytes(&EMBEDDED[..length])
            .err()
            .unwrap_or_else(|| panic!("{length} bytes were accepted"));
        match (length < HEADER, &error) {
            (true, LoadError::Header) | (false, LoadError::Damaged(_)) => {}
            _ => panic!("{length} bytes: {error}"),
        }
        assert!(
            error.to_string().contains("cargo xtask sealanes"),
            "{error}"
        );
    }
}

#[test]
fn another_version_is_refused() {
    for i in 0..HEADER {
        let mut bytes = EMBEDDED.to_vec();
        bytes[i] ^= 0x20;
        assert!(
            matches!(Ocean::from_bytes(&bytes), Err(LoadError::Header)),
            "byte {i}"
        );
    }
}

#[test]
fn bytes_appended_are_refused() {
    let mut bytes = EMBEDDED.to_vec();
    bytes.extend_from_slice(b"more");
    assert!(Ocean::from_bytes(&bytes).is_err());
}

/// The packed columns with some bytes changed, packed again: every checksum holds.
fn repacked(change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    static PLAIN: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    let unpack = || zstd::decode_all(&EMBEDDED[HEADER..]).expect("whole");
    let mut plain = PLAIN.get_or_init(unpack).clone();
    change(&mut plain);
    let mut bytes = EMBEDDED[..HEADER].to_vec();
    bytes.extend(zstd::encode_all(plain.as_slice(), -5).expect("packs"));
    bytes
}

#[test]
fn repacking_alone_does_no_damage() {
    assert!(Ocean::from_bytes(&repacked(|_| {})).is_ok());
}

/// Whatever was loaded must answer, rightly or wrongly.
fn ask(ocean: &Ocean) {
    let ports: Vec<_> = ocean.port_numbers().step_by(700).collect();
    for &a in &ports {
        for &b in &ports {
            let _ = ocean.distance(a, b);
            if let Ok(route) = ocean.route(End::Port(a), End::Port(b), &Options::default()) {
                let _ = route.parts(Default::default());
            }
        }
    }
    let suez = ocean.passage("suez").unwrap_or_default();
    let _ = ocean.matrix(
        &ports,
        &ports,
        &Options {
            avoid: suez,
            ..Options::default()
        },
    );
    let _ = ocean.coastline();
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn a_changed_byte_is_found(at in HEADER..EMBEDDED.len(), change in 1..=255u8) {
        let mut bytes = EMBEDDED.to_vec();
        bytes[at] ^= change;
        prop_assert!(Ocean::from_bytes(&bytes).is_err(), "byte {} changed by {}", at, change);
    }

    #[test]
    fn arbitrary_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..4_000), headed in any::<bool>()) {
        let mut all = if headed { EMBEDDED[..HEADER].to_vec() } else { Vec::new() };
        all.extend(bytes);
        prop_assert!(Ocean::from_bytes(&all).is_err());
    }

    #[test]
    fn arbitrary_bytes_well_packed_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..4_000)) {
        prop_assert!(Ocean::from_bytes(&repacked(|plain| *plain = bytes)).is_err());
    }

    #[test]
    fn columns_with_damage_that_no_checksum_sees_do_not_panic(
        changes in prop::collection::vec((0.0..1.0f64, any::<u8>()), 1..6),
    ) {
        let bytes = repacked(|plain| for (share, value) in changes {
            let at = (share * plain.len() as f64) as usize;
            plain[at] = value;
        });
        if let Ok(ocean) = Ocean::from_bytes(&bytes) {
            ask(&ocean);
        }
    }
}
