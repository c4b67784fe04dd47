//! Rotations read off the order in which ships call.

/// Fewest calls of a rotation.
const FEWEST: usize = 2;
/// Most calls of a rotation: no liner service comes near it.
const MOST: usize = 60;

/// A rotation with how sure it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rotation {
    /// Ports in order.
    pub(super) ports: Vec<String>,
    /// Whether some ship was seen to begin anew; otherwise the last port is taken to lead to the
    /// first.
    pub(super) is_closed: bool,
}

/// The rotation that explains the calls of a service's ships; none if no ship calls at two ports.
///
/// The ship with most calls leads. Where its calls repeat, a round is over. If they do not, the calls
/// of other ships that go through its last two ports carry on, until the first two come again.
pub(super) fn rotation(ships: &[Vec<String>]) -> Option<Rotation> {
    let mut order: Vec<&Vec<String>> = ships.iter().collect();
    // Equals stay in the order of the table.
    order.sort_by_key(|calls| std::cmp::Reverse(calls.len()));
    let longest = *order.first()?;
    for sure in [2, 1] {
        if let Some(round) = order.iter().find_map(|calls| round(calls, sure)) {
            return Some(closed(round));
        }
    }
    let mut ports = longest.clone();
    if ports.len() < FEWEST {
        return None;
    }
    while let Some(next) = order.iter().find_map(|calls| after(calls, &ports)) {
        ports.push(next);
        if let Some(round) = round(&ports, 2) {
            return Some(closed(round));
        }
        if ports.len() >= MOST {
            break;
        }
    }
    Some(Rotation {
        ports,
        is_closed: false,
    })
}

fn closed(round: &[String]) -> Rotation {
    Rotation {
        ports: round.to_vec(),
        is_closed: true,
    }
}

/// The calls up to where they repeat for at least `sure` calls.
fn round(calls: &[String], sure: usize) -> Option<&[String]> {
    let repeats = |&length: &usize| calls[length..].iter().zip(calls).all(|(a, b)| a == b);
    let mut lengths = FEWEST..(calls.len() + 1).saturating_sub(sure);
    lengths.find(repeats).map(|length| &calls[..length])
}

/// The port to which a ship goes on from the last two of some ports.
fn after(calls: &[String], ports: &[String]) -> Option<String> {
    let last = &ports[ports.len().checked_sub(2)?..];
    let mut seen = calls.windows(3).filter(|three| three[..2] == *last);
    seen.next().map(|three| three[2].clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ports(text: &str) -> Vec<String> {
        text.chars().map(|c| c.to_string()).collect()
    }

    fn found(ships: &[&str]) -> (String, bool) {
        let ships: Vec<Vec<String>> = ships.iter().map(|text| ports(text)).collect();
        let found = rotation(&ships).unwrap();
        (found.ports.concat(), found.is_closed)
    }

    #[test]
    fn a_round_is_over_where_calls_repeat() {
        assert_eq!(found(&["ABCABC"]), ("ABC".to_owned(), true));
        // A port may be called at twice in a round.
        assert_eq!(found(&["ABCADABCAD"]), ("ABCAD".to_owned(), true));
        assert_eq!(found(&["ABCA"]), ("ABC".to_owned(), true));
    }

    #[test]
    fn other_ships_carry_on_where_one_ends() {
        assert_eq!(found(&["ABC", "BCD", "CDAB"]), ("CDAB".to_owned(), true));
        assert_eq!(found(&["ABCD", "CDE"]), ("ABCDE".to_owned(), false));
    }

    #[test]
    fn what_never_closes_is_said_to_be_open() {
        assert_eq!(found(&["ABC"]), ("ABC".to_owned(), false));
        assert_eq!(rotation(&[ports("A")]), None);
        assert_eq!(rotation(&[]), None);
    }
}
