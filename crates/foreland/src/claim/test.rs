//! Whether a figure agrees with what was said.

use crate::findings::Threshold;
use crate::study::{HoldsSpec, Located, StudyFault, StudyText};

/// What a figure has to be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Test {
    pub(crate) said: f64,
    pub(crate) at_least: Option<f64>,
    pub(crate) at_most: Option<f64>,
    /// "Up to X": judged on the upper end of the plausible figures, not on shares of runs.
    pub(crate) up_to: bool,
    unit: String,
    text: String,
}

impl Test {
    pub(crate) fn resolve(
        spec: &Located<HoldsSpec>,
        measure_unit: &str,
        about_tolerance: f64,
        text: &StudyText,
    ) -> Result<Test, Vec<StudyFault>> {
        let mut faults = Vec::new();
        if spec.unit.get() != measure_unit {
            faults.push(text.fault(
                spec.unit.span(),
                format!(
                    "the measure is in {measure_unit}, not in {}",
                    spec.unit.get()
                ),
                Some(format!("give the value in {measure_unit}")),
            ));
        }
        let values = [spec.about, spec.up_to, spec.at_least, spec.at_most];
        if values.iter().flatten().any(|value| !value.is_finite()) {
            faults.push(text.fault(spec.span(), "the value is not a number", None));
        }
        let unit = measure_unit;
        let test = match (spec.about, spec.up_to, spec.at_least, spec.at_most) {
            (Some(x), None, None, None) => {
                let reach = x.abs() * about_tolerance;
                Some(Test {
                    said: x,
                    at_least: Some(x - reach),
                    at_most: Some(x + reach),
                    up_to: false,
                    unit: unit.to_owned(),
                    text: format!(
                        "about {} {unit}: from {} to {} {unit} (within {:.0} %)",
                        tidy(x),
                        tidy(x - reach),
                        tidy(x + reach),
                        about_tolerance * 100.0
                    ),
                })
            }
            (None, Some(x), None, None) => Some(Test {
                said: x,
                at_least: Some(x),
                at_most: None,
                up_to: true,
                unit: unit.to_owned(),
                text: format!(
                    "up to {} {unit}: the upper end of the plausible figures (P95) reaches it",
                    tidy(x)
                ),
            }),
            (None, None, Some(x), None) => Some(Self::bounds(
                x,
                Some(x),
                None,
                unit,
                format!("at least {} {unit}", tidy(x)),
            )),
            (None, None, None, Some(x)) => Some(Self::bounds(
                x,
                None,
                Some(x),
                unit,
                format!("at most {} {unit}", tidy(x)),
            )),
            (None, None, Some(low), Some(high)) if low <= high => Some(Self::bounds(
                low,
                Some(low),
                Some(high),
                unit,
                format!("from {} to {} {unit}", tidy(low), tidy(high)),
            )),
            _ => None,
        };
        match test {
            Some(test) if faults.is_empty() => Ok(test),
            Some(_) => Err(faults),
            None => {
                faults.push(
                    text.fault(
                        spec.span(),
                        "this does not say what the figure has to be",
                        Some(
                            "give `about`, or `up_to`, or one or both of `at_least` ≤ `at_most`"
                                .to_owned(),
                        ),
                    ),
                );
                Err(faults)
            }
        }
    }

    fn bounds(
        said: f64,
        at_least: Option<f64>,
        at_most: Option<f64>,
        unit: &str,
        text: String,
    ) -> Test {
        Test {
            said,
            at_least,
            at_most,
            up_to: false,
            unit: unit.to_owned(),
            text,
        }
    }

    /// Whether a figure agrees.
    pub(crate) fn holds(&self, figure: f64) -> bool {
        let (least, most) = self.bounds_met();
        least.is_none_or(|least| figure >= least) && most.is_none_or(|most| figure <= most)
    }

    /// The bounds that a figure has to meet: sums of floating-point days may miss those that are
    /// stated by their last digits.
    pub(crate) fn bounds_met(&self) -> (Option<f64>, Option<f64>) {
        let slack = 1e-9 * self.said.abs().max(1.0);
        (
            self.at_least.map(|least| least - slack),
            self.at_most.map(|most| most + slack),
        )
    }

    pub(crate) fn threshold(&self) -> Threshold {
        Threshold {
            text: self.text.clone(),
            said: self.said,
            at_least: self.at_least,
            at_most: self.at_most,
            unit: self.unit.clone(),
        }
    }
}

/// A number with as many digits as a reader needs.
pub(crate) fn tidy(value: f64) -> String {
    let magnitude = value.abs();
    let digits = if magnitude >= 100.0 || value == value.round() {
        0
    } else if magnitude >= 10.0 {
        1
    } else {
        2
    };
    // Adding zero turns −0 into 0.
    let rounded: f64 = format!("{value:.digits$}").parse().unwrap_or(value) + 0.0;
    let text = format!("{rounded:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{Test, tidy};

    fn about(said: f64) -> Test {
        Test::bounds(
            said,
            Some(0.85 * said),
            Some(1.15 * said),
            "d",
            String::new(),
        )
    }

    #[test]
    fn about_twelve_is_two_sided() {
        let test = about(12.0);
        assert!(test.holds(10.2) && test.holds(13.8));
        assert!(!test.holds(10.1) && !test.holds(13.9));
    }

    #[test]
    fn numbers_are_tidy() {
        assert_eq!(tidy(12.0), "12");
        assert_eq!(tidy(12.34), "12.3");
        assert_eq!(tidy(0.5), "0.5");
        assert_eq!(tidy(1234.5), "1234");
        assert_eq!(tidy(-3.0), "-3");
        assert_eq!(tidy(-0.001), "0");
        assert_eq!(tidy(-0.0), "0");
    }
}
