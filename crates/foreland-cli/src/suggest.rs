//! What was meant by a misspelt identifier.

/// How alike two words must be to be suggested, from 0 to 1.
const ALIKE: f64 = 0.75;
/// Longest word that is compared; anything longer is no identifier.
const LONGEST: usize = 64;

/// The closest of some words as a question, or all of them if none is near.
pub(crate) fn remedy<'a>(wanted: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match closest(wanted, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("name one of {}", known.collect::<Vec<_>>().join(", ")),
    }
}

/// Whether two words are so alike that one may be a slip for the other.
pub(crate) fn is_near(word: &str, other: &str) -> bool {
    word.chars().count() <= LONGEST && strsim::damerau_levenshtein(word, other) <= 2
}

fn closest<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if wanted.chars().count() > LONGEST {
        return None;
    }
    let wanted = wanted.to_lowercase();
    known
        .map(|word| (strsim::jaro_winkler(&wanted, word), word))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::remedy;

    const WORDS: [&str; 3] = ["suez", "panama", "northern-sea-route"];

    #[test]
    fn a_near_word_is_suggested_and_a_far_one_lists_all() {
        assert_eq!(remedy("Suezz", WORDS.into_iter()), "did you mean `suez`?");
        assert_eq!(
            remedy("xyz", WORDS.into_iter()),
            "name one of suez, panama, northern-sea-route"
        );
        assert!(remedy(&"s".repeat(10_000), WORDS.into_iter()).starts_with("name one of"));
    }
}
