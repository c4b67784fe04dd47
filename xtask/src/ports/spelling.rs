//! Which of several spellings of a port's name to use.

use super::ledger::Ledger;
use super::locode::Locode;
use super::name::{
    Cleaned, clean, fold, fold_loosely, fold_transliterated, has_diacritics, is_airport,
};
use super::source::Entry;

/// The name of a port and its other names.
#[derive(Clone, Debug, PartialEq)]
pub struct Names {
    /// The name to show, with its diacritics.
    pub name: String,
    /// Other names, none of which is a mere respelling of another.
    pub alt_names: Vec<String>,
}

/// What UN/LOCODE says of a code and a name, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It has the code for another place.
    Stranger,
    /// The package does not have the code.
    Unknown,
    /// It has the code for a place of that name.
    Confirmed,
}

/// Takes the first entry's name, cleaned; spells it as UN/LOCODE does where both are the same name;
/// gathers the others. Notes every change.
pub fn choose_names(
    unlocode: &str,
    entries: &[Entry],
    locode: &Locode,
    ledger: &mut Ledger,
) -> (Names, Standing) {
    let cleaned: Vec<_> = entries.iter().map(|entry| clean(&entry.name)).collect();
    let official: Vec<_> = locode
        .names(unlocode)
        .iter()
        .map(|name| clean(name))
        .collect();
    let Some(first) = cleaned.first() else {
        return (Names::new(unlocode), Standing::Unknown);
    };
    for repair in &first.repairs {
        ledger.note(unlocode, "name", &entries[0].name, &first.name, *repair);
    }
    let spellings: Vec<&str> = official
        .iter()
        .flat_map(|name| std::iter::once(&name.name).chain(&name.others))
        .chain(cleaned.iter().skip(1).map(|name| &name.name))
        .flat_map(|name| name.split('/'))
        .map(str::trim)
        .collect();
    let name = best_spelling(&first.name, &spellings);
    if name != first.name {
        ledger.note(
            unlocode,
            "name",
            &first.name,
            &name,
            "spelling of UN/LOCODE or the other table",
        );
    }
    let aliases = entries.iter().flat_map(|entry| &entry.aliases);
    let mut names = Names::new(&name);
    cleaned
        .iter()
        .flat_map(Cleaned::forms)
        .chain(aliases)
        .for_each(|other| names.add(other));
    let known = |other: &str| names.all().any(|name| alike(name, other));
    let confirmed = official
        .iter()
        .any(|name| name.forms().any(|form| known(form)));
    match official.first() {
        Some(stranger) if !confirmed => {
            let reason = format!("UN/LOCODE of 2015 gives this code to {}", stranger.name);
            ledger.note(unlocode, "doubt", &names.name, "", reason);
            (names, Standing::Stranger)
        }
        None => (names, Standing::Unknown),
        Some(_) => {
            official
                .iter()
                .flat_map(Cleaned::forms)
                .for_each(|other| names.add(other));
            (names, Standing::Confirmed)
        }
    }
}

impl Names {
    /// A name without others.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            alt_names: Vec::new(),
        }
    }

    /// The name and the other names.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.alt_names.iter().map(String::as_str))
    }

    /// Adds another name unless it is a respelling of one that is there, or an airport.
    pub fn add(&mut self, other: &str) {
        let plain = fold(other);
        if !plain.is_empty() && !is_airport(other) && !self.all().any(|name| fold(name) == plain) {
            self.alt_names
                .push(other.replace(';', ",").trim().to_owned());
        }
    }
}

/// True if two names are likely those of one place: alike but for fillers and spelling, or one within the other.
pub fn alike(a: &str, b: &str) -> bool {
    let [a, b] = [fold_loosely(a), fold_loosely(b)];
    if a.is_empty() || b.is_empty() {
        return a == b;
    }
    let [short, long] = if a.len() < b.len() {
        [&a, &b]
    } else {
        [&b, &a]
    };
    short == long || (short.len() >= 4 && long.contains(short.as_str())) || differ_little(&a, &b)
}

/// At most one letter in five differs (edit distance), as between transliterations.
fn differ_little(a: &str, b: &str) -> bool {
    let [a, b]: [Vec<char>; 2] = [a, b].map(|name| name.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()] * 5 <= a.len().max(b.len())
}

/// The same name with diacritics if some source has it so, else in the source's mixed case.
fn best_spelling(name: &str, spellings: &[&str]) -> String {
    let same = |other: &&&str| fold(other) == fold(name);
    let transliterated = |other: &&&str| fold_transliterated(other) == fold_transliterated(name);
    let accented = |other: &&&str| has_diacritics(other);
    let best = spellings
        .iter()
        .find(|other| same(other) && accented(other))
        .or_else(|| {
            spellings
                .iter()
                .find(|other| transliterated(other) && accented(other))
        })
        .or_else(|| spellings.iter().find(same));
    match best {
        Some(best) if !has_diacritics(name) => (*best).to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::ledger::Repair;
    use crate::ports::source::Table;

    fn entry(table: Table, name: &str) -> Entry {
        Entry {
            table,
            unlocode: "XXABC".into(),
            name: name.into(),
            country: String::new(),
            position: None,
            aliases: Vec::new(),
            countries_served: None,
        }
    }

    fn chosen(entries: &[Entry], official: &str) -> (Names, Vec<Repair>) {
        let text = format!("{{{official:?}:\"ABC\"}}").into_bytes();
        let files = [("XX/01.json".to_owned(), text)].into();
        let mut ledger = Ledger::default();
        let locode = Locode::read(&files).unwrap();
        let (names, _) = choose_names("XXABC", entries, &locode, &mut ledger);
        (names, ledger.rows())
    }

    #[test]
    fn the_official_spelling_brings_the_diacritics() {
        let (names, repairs) = chosen(&[entry(Table::Searoute, "Paranagua")], "Paranaguá");
        assert_eq!(
            names,
            Names {
                name: "Paranaguá".into(),
                alt_names: vec![]
            }
        );
        assert_eq!(repairs[0].before, "Paranagua");
        let (names, _) = chosen(&[entry(Table::Searoute, "Floroe")], "Florø");
        assert_eq!(names.name, "Florø");
        assert_eq!(names.alt_names, ["Floroe"]);
    }

    #[test]
    fn the_other_table_gives_the_other_names() {
        let entries = [
            entry(Table::Searoute, "Abo"),
            entry(Table::SeaPorts, "Turku"),
            entry(Table::SeaPorts, "TURKU"),
        ];
        let (names, _) = chosen(&entries, "Turku (Åbo)");
        assert_eq!(
            names,
            Names {
                name: "Åbo".into(),
                alt_names: vec!["Turku".into()]
            }
        );
    }

    #[test]
    fn a_code_of_another_place_is_doubted_and_its_name_not_taken() {
        let (names, repairs) = chosen(&[entry(Table::Searoute, "Delphi")], "Doniphan");
        assert_eq!(
            names,
            Names {
                name: "Delphi".into(),
                alt_names: vec![]
            }
        );
        assert_eq!(repairs[0].what, "doubt");
        let (names, repairs) = chosen(&[entry(Table::Searoute, "Nanjing")], "Nanjing Lukou Apt");
        assert_eq!((names.alt_names, repairs), (vec![], vec![]));
    }

    #[test]
    fn transliterations_are_alike_and_other_places_are_not() {
        assert!(alike("Samchok", "Samcheok"));
        assert!(alike(
            "Petropavlovsk-Kamchatsky",
            "Petropavlovsk-Kamchatskiy"
        ));
        assert!(alike("Klang", "Port Klang"));
        assert!(!alike("Iquique", "Arica"));
        assert!(!alike("Porto", "Ponta"));
    }
}
