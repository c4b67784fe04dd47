//! Finding what was meant by a misspelt name.

/// The names closest to a misspelt one, nearest first; none if nothing is near.
pub(crate) fn closest<'a>(
    wanted: &str,
    names: impl Iterator<Item = &'a str>,
    at_most: usize,
) -> Vec<&'a str> {
    // Long input would make the comparison quadratic in something a caller chose.
    if wanted.chars().count() > 64 {
        return Vec::new();
    }
    let mut near: Vec<(usize, &str)> = names
        .map(|name| (edits(wanted, name), name))
        .filter(|(edits, name)| *edits <= 1 + name.chars().count() / 3)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter()
        .take(at_most)
        .map(|(_, name)| name)
        .collect()
}

/// The closest of some words as a question, or all of them if none is near.
pub(crate) fn remedy<'a>(wanted: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match closest(&wanted.to_lowercase(), known.clone(), 1).first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("name one of {}", known.collect::<Vec<_>>().join(", ")),
    }
}

/// Levenshtein distance.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{closest, edits, remedy};

    #[test]
    fn counts_edits() {
        assert_eq!(edits("chancay", "chancay"), 0);
        assert_eq!(edits("chanchay", "chancay"), 1);
        assert_eq!(edits("", "abc"), 3);
    }

    #[test]
    fn suggests_the_nearest_first() {
        let names = ["callao", "chancay", "calama"];
        assert_eq!(closest("calao", names.into_iter(), 2), ["callao", "calama"]);
        assert!(closest("rotterdam", names.into_iter(), 2).is_empty());
    }

    #[test]
    fn a_near_word_is_suggested_and_a_far_one_lists_all() {
        let words = ["suez", "panama", "northern-sea-route"].into_iter();
        assert_eq!(remedy("Suezz", words.clone()), "did you mean `suez`?");
        assert_eq!(
            remedy("xyz", words.clone()),
            "name one of suez, panama, northern-sea-route"
        );
        assert!(remedy(&"s".repeat(10_000), words).starts_with("name one of"));
    }
}
