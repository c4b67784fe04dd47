//! Numbers as people read them: few digits, aligned, with their unit.

use crate::quantity::Spread;

/// No-break space between a number and its unit.
const NBSP: char = '\u{a0}';
/// Minus sign, as wide as a plus.
const MINUS: char = '\u{2212}';

/// A number with a fixed count of decimals, thousands parted by commas.
pub fn fixed(value: f64, decimals: usize) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut out = String::new();
    // A value that rounds to nothing has no sign.
    if value < 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        out.push(MINUS);
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Decimals that suit a unit and some values that are shown together: days to a tenth, money,
/// mass and distance to the whole unit where they are not small, everything else to about three
/// significant digits of the largest; none if all are whole.
pub fn decimals_for(unit: &str, values: &[f64]) -> usize {
    // Below this a value is what rounding has left of zero.
    const NOTHING: f64 = 1e-9;
    if values.iter().all(|value| value.fract().abs() < NOTHING) {
        return 0;
    }
    let largest = values.iter().fold(0.0_f64, |max, v| max.max(v.abs()));
    let significant = match largest {
        v if v >= 99.95 => 0,
        v if v >= 9.995 => 1,
        v if v >= 0.9995 => 2,
        v if v >= 0.09995 => 3,
        v if v >= 0.009995 => 4,
        _ => 6,
    };
    let coarse = ["USD", "kg", "nm", "km"]
        .iter()
        .any(|start| unit.starts_with(start));
    match unit {
        "d" => significant.min(1),
        _ if coarse && largest >= 9.995 => 0,
        _ if coarse => significant.min(2),
        _ => significant,
    }
}

/// A number alone, about three significant digits; whole numbers without decimals.
pub fn plain(value: f64) -> String {
    if value.fract() == 0.0 {
        return fixed(value, 0);
    }
    let text = fixed(value, decimals_for("", &[value]));
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// A number and its unit.
pub fn with_unit(value: f64, unit: &str) -> String {
    join_unit(plain(value), unit)
}

/// Puts a unit after a number: `12 d`, `30 %`; shares and counts (`1`) have none.
pub fn join_unit(number: String, unit: &str) -> String {
    if unit.is_empty() || unit == "1" {
        number
    } else {
        format!("{number}{NBSP}{}", unit.replace("CO2", "CO₂"))
    }
}

/// `10.1 to 12.3 d`, or one number if both are shown alike.
pub fn range(low: f64, high: f64, unit: &str) -> String {
    if low == high {
        return with_unit(low, unit);
    }
    let decimals = decimals_for(unit, &[low, high]);
    let (low, high) = (fixed(low, decimals), fixed(high, decimals));
    if low == high {
        join_unit(low, unit)
    } else {
        join_unit(format!("{low} to {high}"), unit)
    }
}

/// Decimals that suit a spread.
pub fn decimals_of(spread: &Spread) -> usize {
    decimals_for(
        &spread.unit,
        &[spread.central, spread.p5, spread.p50, spread.p95],
    )
}

/// The central value of a spread with its unit, rounded in keeping with the range.
pub fn central(spread: &Spread) -> String {
    let decimals = decimals_of(spread);
    join_unit(fixed(spread.central, decimals), &spread.unit)
}

/// The 5–95 % range of a spread with its unit; `None` if it has none.
pub fn spread_range(spread: &Spread) -> Option<String> {
    (spread.p5 != spread.p95).then(|| {
        let decimals = decimals_of(spread);
        let (low, high) = (fixed(spread.p5, decimals), fixed(spread.p95, decimals));
        join_unit(format!("{low} to {high}"), &spread.unit)
    })
}

/// A share as a percentage: `0 %` and `100 %` only where nothing is missing.
pub fn share(share: f64) -> String {
    let percent = share * 100.0;
    let text = if share <= 0.0 {
        "0".to_owned()
    } else if share >= 1.0 {
        "100".to_owned()
    } else if percent < 1.0 {
        "under 1".to_owned()
    } else if percent > 99.0 {
        "over 99".to_owned()
    } else {
        format!("{percent:.0}")
    };
    join_unit(text, "%")
}

#[cfg(test)]
mod tests {
    use super::{central, fixed, plain, range, share, spread_range};
    use crate::quantity::Spread;

    #[test]
    fn thousands_are_parted_and_minus_is_a_minus() {
        assert_eq!(fixed(-1234567.891, 1), "−1,234,567.9");
        assert_eq!(fixed(999.0, 0), "999");
        assert_eq!(fixed(-0.04, 1), "0.0");
    }

    #[test]
    fn three_digits_are_enough() {
        assert_eq!(plain(12.0), "12");
        assert_eq!(plain(11.97), "12");
        assert_eq!(plain(11.94), "11.9");
        assert_eq!(plain(1234.5), "1,234");
        assert_eq!(plain(0.25), "0.25");
        assert_eq!(plain(0.0123), "0.0123");
    }

    #[test]
    fn ranges_share_their_decimals() {
        assert_eq!(range(5.0, 12.25, "d"), "5.0 to 12.2\u{a0}d");
        assert_eq!(range(5.0, 12.0, "d"), "5 to 12\u{a0}d");
        assert_eq!(range(3.0, 3.0, "d"), "3\u{a0}d");
        let spread = Spread {
            unit: "d".into(),
            central: -10.04,
            p5: -14.3,
            p50: -10.0,
            p95: -2.0,
        };
        assert_eq!(central(&spread), "−10.0\u{a0}d");
        assert_eq!(
            spread_range(&spread).as_deref(),
            Some("−14.3 to −2.0\u{a0}d")
        );
        assert_eq!(spread_range(&Spread::exact("d", 3.0)), None);
    }

    #[test]
    fn decimals_suit_the_unit() {
        assert_eq!(range(-3.71, 0.9, "d"), "−3.7 to 0.9\u{a0}d");
        assert_eq!(range(-80.5, 40.0, "USD/TEU"), "−80 to 40\u{a0}USD/TEU");
        assert_eq!(range(1.0, 2.0, "terminals"), "1 to 2\u{a0}terminals");
        assert_eq!(range(14.5, 16.25, "m"), "14.5 to 16.2\u{a0}m");
        assert_eq!(range(0.0, 1e-14, "d"), "0\u{a0}d");
        assert_eq!(range(0.0, 0.04, "USD/t"), "0.00 to 0.04\u{a0}USD/t");
        assert_eq!(range(1.0, 3.0, "kg CO2e/t"), "1 to 3\u{a0}kg CO₂e/t");
    }

    #[test]
    fn a_share_is_all_or_nothing_only_if_it_is() {
        assert_eq!(share(0.0), "0\u{a0}%");
        assert_eq!(share(0.004), "under 1\u{a0}%");
        assert_eq!(share(0.5), "50\u{a0}%");
        assert_eq!(share(0.997), "over 99\u{a0}%");
        assert_eq!(share(1.0), "100\u{a0}%");
    }
}
