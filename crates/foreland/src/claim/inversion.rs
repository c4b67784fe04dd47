//! What would have to be true: the value of an assumption at which a part turns.

use super::test::tidy;
use crate::findings::Inversion;
use crate::param::Driver;

/// How far beyond its value a positive assumption is searched.
const BRACKET_FACTOR: f64 = 4.0;
/// Positions tried on each side before the turning point is closed in.
const STEPS: u32 = 24;
/// Halvings of the interval that holds the turning point.
const HALVINGS: u32 = 40;

/// The bracket in which a driver's value is searched.
fn bracket(driver: &Driver) -> (f64, f64) {
    let width = driver.high - driver.low;
    if driver.low > 0.0 {
        (
            (driver.mid / BRACKET_FACTOR).min(driver.low),
            (driver.mid * BRACKET_FACTOR).max(driver.high),
        )
    } else {
        let down = driver.low - BRACKET_FACTOR * width;
        let floor = if driver.low >= 0.0 { 0.0 } else { down };
        (floor.max(down), driver.high + BRACKET_FACTOR * width)
    }
}

/// Solves for the value of a driver at which `holds` turns; `holds` takes the driver's position.
pub(crate) fn solve(
    driver: &Driver,
    baseline: &str,
    holds: &(dyn Fn(f64) -> bool + Sync),
) -> Inversion {
    let (bracket_low, bracket_high) = bracket(driver);
    let now = holds(0.0);
    let ends = [
        driver.position_of(bracket_low),
        driver.position_of(bracket_high),
    ];
    let nearest = ends
        .iter()
        .filter_map(|&end| turning_point(end, now, holds))
        .min_by(|a, b| a.abs().total_cmp(&b.abs()));
    let value = nearest.map(|position| driver.value_at(position));
    let plausible = value.is_some_and(|v| (driver.low..=driver.high).contains(&v));
    Inversion {
        assumption: driver.id.clone(),
        baseline: baseline.to_owned(),
        unit: driver.unit.clone(),
        value,
        bracket_low,
        bracket_high,
        plausible,
        sentence: sentence(driver, now, value, plausible, (bracket_low, bracket_high)),
    }
}

/// The position nearest to 0, on the way to `end`, at which `holds` differs from `now`.
fn turning_point(end: f64, now: bool, holds: &dyn Fn(f64) -> bool) -> Option<f64> {
    let mut before = 0.0;
    for step in 1..=STEPS {
        let here = end * f64::from(step) / f64::from(STEPS);
        if holds(here) != now {
            let (mut same, mut turned) = (before, here);
            for _ in 0..HALVINGS {
                let middle = 0.5 * (same + turned);
                if holds(middle) == now {
                    same = middle;
                } else {
                    turned = middle;
                }
            }
            return Some(turned);
        }
        before = here;
    }
    None
}

fn sentence(
    driver: &Driver,
    now: bool,
    value: Option<f64>,
    plausible: bool,
    bracket: (f64, f64),
) -> String {
    let unit = if driver.unit == "1" {
        String::new()
    } else {
        format!(" {}", driver.unit)
    };
    let number = |value: f64| format!("{}{unit}", tidy(value));
    let state = if now {
        "It stops holding"
    } else {
        "It would hold"
    };
    match value {
        Some(value) => {
            let side = if value >= driver.mid {
                "above"
            } else {
                "below"
            };
            let inside = if plausible { "inside" } else { "outside" };
            format!(
                "{state} with {} {side} {} (now {}), {inside} its plausible range of {} to {}, \
                 all else at atlas values.",
                driver.label,
                number(value),
                number(driver.mid),
                number(driver.low),
                number(driver.high)
            )
        }
        None => format!(
            "No {} from {} to {} turns it, all else at atlas values.",
            driver.label,
            number(bracket.0),
            number(bracket.1)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::solve;
    use crate::atlas::Origin;
    use crate::param::Driver;
    use crate::quantity::Basis;

    fn speed() -> Driver {
        Driver {
            id: "speed".to_owned(),
            label: "speed".to_owned(),
            table: "services".to_owned(),
            unit: "kn".to_owned(),
            low: 13.0,
            mid: 15.5,
            high: 18.5,
            origin: Origin {
                basis: Basis::Assumed,
                source: String::new(),
                as_of: String::new(),
                note: String::new(),
            },
            members: Vec::new(),
        }
    }

    #[test]
    fn finds_the_value_at_which_it_turns() {
        let driver = speed();
        let holds = |position: f64| driver.value_at(position) >= 17.0;
        let found = solve(&driver, "direct", &holds);
        assert!((found.value.unwrap() - 17.0).abs() < 1e-6, "{found:?}");
        assert!(found.plausible);
        assert!(
            found
                .sentence
                .starts_with("It would hold with speed above 17 kn")
        );
    }

    #[test]
    fn says_when_no_value_turns_it() {
        let found = solve(&speed(), "direct", &|_| true);
        assert_eq!(found.value, None);
        assert!(!found.plausible);
        assert!(found.sentence.starts_with("No speed from 3.88 kn to 62 kn"));
    }
}
