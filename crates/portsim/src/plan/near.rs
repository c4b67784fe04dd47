//! The name that was perhaps meant.

/// The name nearest to one that nothing has, if any is near.
pub(super) fn near<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let far = name.chars().count().div_ceil(3);
    let (distance, best) = names
        .map(|known| (distance(name, known), known))
        .min_by_key(|(distance, _)| *distance)?;
    (distance <= far).then(|| best.to_owned())
}

/// Levenshtein's distance: insertions, deletions and replacements from one name to the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_finds_its_neighbour() {
        let names = ["quay", "crane", "gate"];
        assert_eq!(near("cranes", names.into_iter()).as_deref(), Some("crane"));
        assert_eq!(near("anchorage", names.into_iter()), None);
    }
}
