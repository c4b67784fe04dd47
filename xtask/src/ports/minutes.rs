//! Degrees and minutes that a table took for decimal degrees.
//!
//! UN/LOCODE writes 38°11'N as `3811`. In searoute some 750 such positions stand as 38.11 in place of
//! 38.1833: of its positions with two decimals, nine in ten have no digit pair above 59, and where the
//! other tables have the port too, they confirm the minutes. The error reaches 44 km.

use super::coast::distance_km;

/// The position with the decimals read as minutes, if they can be minutes at all: two decimals at
/// most on both axes, neither above 59, and not both zero.
pub fn read_as_minutes([lon, lat]: [f64; 2]) -> Option<[f64; 2]> {
    let [lon_minutes, lat_minutes] = [minutes(lon)?, minutes(lat)?];
    (lon_minutes + lat_minutes > 0.0).then(|| {
        let whole = |degrees: f64, minutes: f64| {
            degrees.signum() * (degrees.abs().floor() + minutes / 60.0)
        };
        [whole(lon, lon_minutes), whole(lat, lat_minutes)]
    })
}

/// The decimals in hundredths, if there are at most two and they make 59 at most.
fn minutes(degrees: f64) -> Option<f64> {
    let hundredths = degrees.abs() * 100.0;
    let two_decimals = (hundredths - hundredths.round()).abs() < 1e-6;
    let minutes = hundredths.round() % 100.0;
    (two_decimals && minutes < 60.0).then_some(minutes)
}

/// True if both decimals are multiples of five hundredths, which positions rounded to 0.05° are and
/// minutes seldom are (once in 25).
fn is_round([lon, lat]: [f64; 2]) -> bool {
    [lon, lat]
        .iter()
        .all(|degrees| (degrees.abs() * 100.0).round() % 5.0 == 0.0)
}

/// Decides whether `found` stands for minutes, and gives the position if so.
///
/// Other tables' positions decide if any lies within 100 km; else the coast does for round decimals,
/// and all others are taken for minutes.
pub fn repair(
    found: [f64; 2],
    others: &[[f64; 2]],
    coast_km: impl Fn([f64; 2]) -> f64,
) -> Option<[f64; 2]> {
    let minutes = read_as_minutes(found)?;
    let nearest = |position| {
        let distances = others.iter().map(|other| distance_km(position, *other));
        distances.fold(f64::INFINITY, f64::min)
    };
    let [as_found, as_minutes] = [nearest(found), nearest(minutes)];
    let is_minutes = if as_found.min(as_minutes) <= 100.0 {
        as_minutes < as_found
    } else {
        !is_round(found) || coast_km(minutes) + 1.0 < coast_km(found)
    };
    is_minutes.then_some(minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(a: [f64; 2], b: [f64; 2]) -> bool {
        distance_km(a, b) < 0.001
    }

    #[test]
    fn decimals_are_read_as_minutes_with_their_sign() {
        let read = read_as_minutes([-89.19, 13.29]).unwrap();
        assert!(
            close(read, [-89.0 - 19.0 / 60.0, 13.0 + 29.0 / 60.0]),
            "{read:?}"
        );
    }

    #[test]
    fn what_cannot_be_minutes_is_left() {
        assert_eq!(read_as_minutes([-48.65, -26.9]), None);
        assert_eq!(read_as_minutes([19.448813, 41.31]), None);
        assert_eq!(read_as_minutes([20.0, 45.0]), None);
    }

    #[test]
    fn the_other_table_decides() {
        // La Libertad in El Salvador lies at 13°29'N 89°19'W.
        let repaired = repair([-89.19, 13.29], &[[-89.322, 13.488]], |_| 0.0);
        assert!(close(repaired.unwrap(), [-89.316_667, 13.483_333]));
        let macau = repair([113.55, 22.2], &[[113.55, 22.19]], |_| 0.0);
        assert_eq!(macau, None);
    }

    #[test]
    fn without_another_table_round_decimals_need_the_coast() {
        let coast = |position: [f64; 2]| distance_km(position, [10.25, 40.5]);
        assert_eq!(repair([10.25, 40.5], &[], coast), None);
        let at_minutes = |position: [f64; 2]| distance_km(position, [10.416_667, 40.833_333]);
        assert!(repair([10.25, 40.5], &[], at_minutes).is_some());
        assert!(repair([10.27, 40.5], &[], coast).is_some());
    }

    proptest! {
        #[test]
        fn minutes_move_a_position_by_less_than_a_degree(lon in -179.0..179.0_f64, lat in -89.0..89.0_f64) {
            let round = |v: f64| (v * 100.0).round() / 100.0;
            let found = [round(lon), round(lat)];
            if let Some(read) = read_as_minutes(found) {
                prop_assert!((read[0] - found[0]).abs() < 0.4 && (read[1] - found[1]).abs() < 0.4);
                prop_assert_eq!(read[0].signum(), found[0].signum());
            }
        }
    }
}
